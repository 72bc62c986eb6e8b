"""Readers that behave badly, each in its own way, for the tests of the sandbox."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from extraction.errors import ReadingError
from extraction.limits import Limits
from extraction.pages import open_document
from extraction.reading import Reading
from gst.invoice import DocumentKind, Invoice


class Echo:
    """Says in its reading who it is and what it was given."""

    def __init__(self) -> None:
        print("a library that talks on stdout")

    def read(self, path: Path) -> Reading:
        print("and talks again")
        os.system("echo and so does its child")
        return Reading(
            invoice=Invoice(kind=DocumentKind.TAX_INVOICE, number=path.name),
            fields={},
            confidence=0,
            engine=str(os.getpid()),
            seconds=0,
        )


class Trouble(Echo):
    """Does what the file's name says."""

    def read(self, path: Path) -> Reading:
        trouble = getattr(self, path.name, None)
        if trouble:
            trouble()
        return super().read(path)

    def encrypted(self) -> None:
        raise ReadingError("encrypted")

    def hang(self) -> None:
        time.sleep(600)

    def loop(self) -> None:
        while True:
            pass

    def exit(self) -> None:
        sys.exit(0)

    def bug(self) -> None:
        raise RuntimeError("a bug of the reader")

    def segfault(self) -> None:
        ctypes.string_at(0)

    def killed(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory runs out

    def hoard(self) -> None:
        hoard = b"x" * 2**20
        while True:
            hoard += hoard

    def native_hoard(self) -> None:
        raise RuntimeError("std::bad_alloc")

    def secret(self) -> None:
        if "DATABASE_URL" in os.environ:
            raise ReadingError("damaged")

    def bear(self) -> None:
        """Start a child that would outlive it."""
        Path(os.environ["TMPDIR"], "born").write_text(str(subprocess.Popen(["sleep", "600"]).pid))
        self.hang()


class Opener(Echo):
    """Decodes every page of a file, and says how many there were."""

    def read(self, path: Path) -> Reading:
        pages = sum(1 for _ in open_document(path, Limits()))
        return super().read(path).model_copy(update={"confidence": pages})


class Liar:
    """Answers something that is no reading, as an exploited decoder could."""

    def read(self, path: Path) -> Any:
        return self

    def model_dump_json(self) -> str:
        return '{"confidence": "very"}'


class Unborn:
    """Cannot even be made."""

    def __init__(self) -> None:
        sys.exit(3)
