"""Open documents in a child process, because no decoding library guards itself.

A hostile or broken file may loop, eat memory or crash its decoder. It then takes down the child, never
the caller: the caller gets a :class:`ReadingError`, and the next document a fresh child.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar, cast

from extraction.errors import FAULTS, ReadingError
from extraction.limits import MIB, Limits
from extraction.reading import Reading
from extraction.sandbox_worker import Message, receive, send

LOCAL_READER = "extraction.engines.local:LocalReader"
START_SECONDS = 120  # importing libraries, loading models, and pruning them once on a new machine
MAX_ANSWER_BYTES = 64 * MIB
RECYCLE_AFTER = 500  # documents; what libraries leak stays far below the limit of memory
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# The child sees no secrets: of the environment it gets what Python and the cache folder need.
ENVIRONMENT = {
    *(
        "PATH",
        "HOME",
        "USER",
        "LANG",
        "LC_ALL",
        "TZ",
        "TMPDIR",
        "TMP",
        "TEMP",
        "LD_LIBRARY_PATH",
        "VIRTUAL_ENV",
    ),
    *("SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "SMARTINVOICE_MODELS"),
}


Answer = TypeVar("Answer")


class Sandbox:
    """One child process for documents, which is replaced after trouble and after many requests.

    ``opener`` names the class that opens them there, see :mod:`extraction.sandbox_worker`. Of ``limits`` the
    sandbox keeps the time and the memory; bytes, pages and pixels it hands to the opener. Not for several
    threads at once: give each its own, or a lock.
    """

    def __init__(self, opener: str, limits: Limits | None = None, recycle_after: int = RECYCLE_AFTER) -> None:
        self.opener = opener
        self.limits = limits or Limits()
        self.recycle_after = recycle_after
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next read starts another."""
        if self._child:
            self._child.kill()
            self._child = None

    def ask(self, path: Path, understand: Callable[[bytes], Answer], **request: Any) -> Answer:
        """What the child says about one document. ``understand`` raises ValueError for nonsense.

        Raises ReadingError; after timeout, crash or lack of memory a retry may help.
        """
        child = self._ready_child()
        request |= {"path": str(path.absolute()), "cpu_seconds": self.limits.cpu_seconds}
        try:
            return _answer(child.ask(request, self.limits.wall_seconds), understand)
        except BaseException as error:
            if not (isinstance(error, ReadingError) and error.permanent):
                self.close()
            raise

    def _ready_child(self) -> "_Child":
        if self._child and (self._child.asked >= self.recycle_after or not self._child.alive):
            self.close()
        if not self._child:
            child = _Child(self.opener, self.limits)
            try:
                child.expect(START_SECONDS)
            except BaseException:
                child.kill()
                raise
            self._child = child
        return self._child


class SandboxedReader(Sandbox):
    """Reads documents; ``reader`` names a class of :class:`extraction.sandbox_worker.Reader`."""

    def __init__(
        self, reader: str = LOCAL_READER, limits: Limits | None = None, recycle_after: int = RECYCLE_AFTER
    ) -> None:
        super().__init__(reader, limits, recycle_after)

    def read(self, path: Path) -> Reading:
        """Read one document; of several invoices in it, the first. Raises ReadingError."""
        return self.read_all(path)[0]

    def read_all(self, path: Path) -> tuple[Reading, ...]:
        """Read each invoice in one document, in its order. Raises ReadingError."""
        return self.ask(path, readings_in)


def readings_in(body: bytes) -> tuple[Reading, ...]:
    """The readings of an answer, one a line. Raises ValueError."""
    return tuple(map(Reading.model_validate_json, body.split(b"\n")))


class _Child:
    """One running worker process."""

    def __init__(self, opener: str, limits: Limits) -> None:
        environment = {name: value for name, value in os.environ.items() if name.upper() in ENVIRONMENT}
        environment |= ONE_THREAD | {
            "PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path)
        }
        self.asked = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own module, and an opener named by the caller
            [
                *(sys.executable, "-P", "-m", "extraction.sandbox_worker"),
                *(opener, str(os.getpid()), json.dumps(asdict(limits))),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], seconds: float) -> Message:
        """The answer to one request."""
        self.asked += 1
        try:
            send(cast("Any", self._process.stdin), Message(json.dumps(request).encode()))
        except OSError:  # it died between two documents
            raise ReadingError("crashed") from None
        return self.expect(seconds)

    def expect(self, seconds: float) -> Message:
        """The next message, in time. Raises ReadingError when the child dies first or says nonsense."""
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            self._signal_group()

        timer = threading.Timer(seconds, stop)  # pipes have no timeouts on Windows
        timer.start()
        try:
            message = receive(cast("Any", self._process.stdout), MAX_ANSWER_BYTES)
        except (OSError, ValueError):
            raise ReadingError("crashed") from None
        finally:
            timer.cancel()
            timer.join()
        if message is None:
            raise ReadingError("timeout" if overdue.is_set() else _cause_of_death(self._process.wait()))
        return message

    def kill(self) -> None:
        """End the process and whatever it started, and forget it."""
        self._signal_group()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)

    def _signal_group(self) -> None:
        if not self.alive:  # its number may belong to another process by now
            return
        if os.name == "posix":
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()


def _close(pipe: IO[bytes] | None) -> None:
    try:
        cast("IO[bytes]", pipe).close()
    except OSError:  # an unsent rest for a dead reader
        return


def _cause_of_death(returncode: int) -> str:
    """The code of the error for a child that ended by itself."""
    if os.name == "posix":
        if returncode == -signal.SIGXCPU:
            return "timeout"
        if returncode == -signal.SIGKILL:  # not ours: the kernel ran out of memory
            return "out_of_memory"
    return "crashed"


def _answer(message: Message, understand: Callable[[bytes], Answer]) -> Answer:
    """An answer understood. Raises ReadingError for an error, or when a corrupted child says nonsense."""
    if message.is_error:
        code = message.body.decode(errors="replace")
        raise ReadingError(code if code in FAULTS else "crashed")
    try:
        return understand(message.body)
    except ValueError:  # pydantic's errors are such
        raise ReadingError("crashed") from None
