"""What reading costs: ``python -m benchmarks.reading_speed FOLDER [--workers 2]``.

Prints CPU seconds a page by stage, how many documents each kind of proof settles, and pages a second of
several workers beside those of the bare OCR engine in the same sandbox, with the peak memory of a worker.
CPU seconds are of one thread; wall time means something on an idle machine only.
"""

import argparse
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from extraction import qr
from extraction.engines.local import LocalReader, understood
from extraction.errors import ReadingError
from extraction.intake import HEAD_BYTES, sniff
from extraction.limits import Limits
from extraction.ocr.engine import PaddleOcr
from extraction.orientation import Orientation
from extraction.page_reader import PageReader
from extraction.pages import open_document
from extraction.reading import PageText, Reading, Source
from extraction.sandbox import ONE_THREAD, SandboxedReader
from gst.invoice import DocumentKind, Invoice

OPENING, ENGINE = "opening", "OCR engine"
PROOFS = {"signed": "signed QR code", "irn": "IRN", "sums": "arithmetic"}
"""What may settle a document, the strongest first."""


def peak_memory() -> str:
    """Megabytes this process held at most."""
    return str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**10)


class Whole:
    """The offline reader; its reading's engine is the memory it took, which no other field is free for."""

    def __init__(self) -> None:
        self._reader = LocalReader()

    def read(self, path: Path) -> Reading:
        """The reading of a file's first invoice, with the pages of all."""
        found = self._reader.read_all(path)
        pages = tuple(page for reading in found for page in reading.pages)
        return found[0].model_copy(update={"engine": peak_memory(), "pages": pages})


class EngineAlone:
    """The OCR engine on every page and nothing else, as a reader for the sandbox."""

    def __init__(self) -> None:
        self._engine = PaddleOcr()

    def read(self, path: Path) -> Reading:
        """A reading that only counts the pages."""
        pages = []
        for page in open_document(path, Limits()):
            self._engine.lines(page.image)
            height, width = page.image.shape
            pages.append(PageText(number=page.number, width=width, height=height, source=Source.OCR))
        invoice = Invoice(kind=DocumentKind.NOT_INVOICE)
        return Reading(
            invoice=invoice, fields={}, confidence=0, pages=tuple(pages), engine=peak_memory(), seconds=0
        )


class Stopwatch:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, its time counted."""

        def counted(*args: object, **kwargs: object) -> object:
            start = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.seconds[stage] += time.process_time() - start

        return counted


def print_stages(files: Sequence[Path]) -> None:
    """CPU seconds a page by stage, and what settled the documents."""
    watch, engine, settled, pages = Stopwatch(), PaddleOcr(), Counter[str](), 0
    reader = PageReader(engine=engine)
    for owner, name, stage in (
        (engine, "lines", ENGINE),
        (qr, "decode", "QR codes"),
        (Orientation, "turns", "orientation"),
    ):
        setattr(owner, name, watch.timed(stage, getattr(owner, name)))
    for file in files:
        opened = open_document(file, reader.limits)
        try:
            document = []
            while page := watch.timed(OPENING, next)(opened, None):
                document.append(reader.read_page(page))
        except ReadingError as error:
            print(f"{file.name}: {error}")
            continue
        found = watch.timed("understanding", understood)(document)
        pages += len(document)
        settled[settled_by(found[0][0].choices)] += 1
    print_table(watch.seconds, pages)
    print("settled by: " + ", ".join(f"{proof} {count}" for proof, count in settled.most_common()))


def settled_by(choices: dict[str, Any]) -> str:
    """The strongest proof of the number or the total."""
    proofs = {choices[name].proof for name in ("invoice_number", "grand_total") if name in choices}
    return next((label for proof, label in PROOFS.items() if proof in proofs), "none of these")


def print_table(seconds: dict[str, float], pages: int) -> None:
    """CPU by stage, and all of it beside what the engine alone needs, which is to open the page as well."""
    print(f"{pages} pages, CPU seconds a page:")
    for stage, spent in sorted(seconds.items(), key=lambda entry: -entry[1]):
        print(f"  {stage:14} {spent / pages:6.3f}")
    whole, alone = sum(seconds.values()), seconds[ENGINE] + seconds[OPENING]
    print(f"  {'all':14} {whole / pages:6.3f}  ({100 * (whole / alone - 1):+.1f} % beside the engine alone)")


def print_throughput(files: Sequence[Path], reader: str, workers: int) -> None:
    """Pages a second of several workers, each with its own sandbox."""
    start = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        shares = list(pool.map(read_share, [(files[n::workers], reader) for n in range(workers)]))
    seconds = time.monotonic() - start
    pages, peak = sum(pages for pages, _ in shares), max(peak for _, peak in shares)
    name = reader.rpartition(":")[2]
    print(f"{name:12} {workers} workers: {pages / seconds:.2f} pages/s, at most {peak} MB a worker")


def read_share(share: tuple[Sequence[Path], str]) -> tuple[int, int]:
    """Read some files in one sandbox; how many pages, and the peak memory (MB) of the child."""
    files, reader = share
    pages = peak = 0
    with SandboxedReader(reader) as sandbox:
        for file in files:
            try:
                reading = sandbox.read(file)
            except ReadingError as error:
                print(f"{file.name}: {error}")
            else:
                pages += len(reading.pages)
                peak = max(peak, int(reading.engine))
    return pages, peak


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--most", type=int, help="files to read; all unless given")
    arguments = parser.parse_args()
    known = (path for path in sorted(arguments.folder.rglob("*")) if path.is_file())
    files = [path for path in known if sniff(path.open("rb").read(HEAD_BYTES))][: arguments.most]
    print_stages(files)
    for reader in (Whole, EngineAlone):
        print_throughput(files, f"benchmarks.reading_speed:{reader.__name__}", arguments.workers)


if __name__ == "__main__":
    if not ONE_THREAD.items() <= os.environ.items():  # libraries look at these when they are imported
        os.execve(
            sys.executable,
            [sys.executable, "-m", "benchmarks.reading_speed", *sys.argv[1:]],
            {**os.environ, **ONE_THREAD},
        )
    main()
