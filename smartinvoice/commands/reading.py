"""``smartinvoice read``: what documents say, without a database."""

import json
import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import chain, count
from pathlib import Path
from typing import Any

from extraction.errors import ReadingError
from extraction.sandbox import SandboxedReader
from smartinvoice.commands.files import files_in, shown_name
from smartinvoice.commands.progress import bar, say

READER = os.environ.get("INVOICE_READER", "extraction.engines.local:LocalReader")


def read_paths(paths: tuple[Path, ...], out: Path | None, jobs: int) -> int:
    """Read every document; returns the exit status: 0, or 1 when one could not be read."""
    files = list(files_in(paths))
    if not files:
        say("There are no files in what you named.", style="red")
        return 1
    unread = 0
    names = answer_names(files)
    for path, document in read_all(files, jobs, show=out is not None):
        unread += "error" in document
        if out:
            out.mkdir(parents=True, exist_ok=True)
            answer = json.dumps(document, indent=1, ensure_ascii=False)
            (out / names[path]).write_text(answer + "\n", encoding="utf-8")
        else:
            print(json.dumps(document, ensure_ascii=False), flush=True)  # noqa: T201 - the command's answer
    return 1 if unread else 0


def read_all(files: list[Path], jobs: int, *, show: bool) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Read documents side by side, each thread with a reading process of its own; answers as they come."""
    own = threading.local()
    readers: list[SandboxedReader] = []

    def read(path: Path) -> dict[str, Any]:
        if not hasattr(own, "reader"):
            own.reader = SandboxedReader(READER)
            readers.append(own.reader)
        return read_one(own.reader, path)

    with ThreadPoolExecutor(min(jobs, len(files))) as pool, bar() as progress:
        task = progress.add_task("Reading", total=len(files), visible=show)
        asked: dict[Future[dict[str, Any]], Path] = {pool.submit(read, path): path for path in files}
        try:
            for future in as_completed(asked):
                progress.advance(task)
                yield asked[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)
            for reader in readers:
                reader.close()


def read_one(reader: SandboxedReader, path: Path) -> dict[str, Any]:
    """One document in the public JSON shape; for one that cannot be read, ``error`` says why.

    Of several invoices in it the first, with the others in the same shape as ``other_invoices``.
    """
    name = shown_name(path)
    try:
        with path.open("rb"):
            first, *others = (reading.document() for reading in reader.read_all(path))
        return {"file": name, **first} | ({"other_invoices": others} if others else {})
    except OSError as error:
        message = f"The file cannot be opened ({error.strerror})."
        return {"file": name, "error": {"code": "unopened", "message": message}}
    except ReadingError as error:
        return {"file": name, "error": {"code": error.code, "message": error.message}}


def answer_names(files: list[Path]) -> dict[Path, str]:
    """A file name for each answer: <stem>.json, <name>.json where files share a stem, else with a number."""
    stems = Counter(path.stem.casefold() for path in files)
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in dict.fromkeys(files):
        name = path.stem if stems[path.stem.casefold()] == 1 else path.name
        numbered = (f"{name}-{number}" for number in count(2))
        free = next(one for one in chain([name], numbered) if one.casefold() not in taken)
        taken.add(free.casefold())
        names[path] = f"{free}.json"
    return names
