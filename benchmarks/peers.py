"""The reader beside its peers in one run: ``python -m benchmarks.peers FOLDER [--readings DIR]``.

- *Tesseract*: its words instead of our engine's, through the same layout, finders and proof.
- *invoice2data*: with its own templates and its Tesseract input, as it comes.

A peer whose command is not on the path is named as missing. ``--readings`` takes our own side from what
``benchmarks.accuracy --readings`` wrote, instead of reading once more. ``--keep DIR`` keeps what peers read,
so that a long run that was broken off goes on where it was.
"""

import argparse
import csv
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Any

import cv2

from benchmarks.accuracy import print_fields, print_lines, read_all
from benchmarks.labelled import Labelled, labelled
from extraction import qr
from extraction.engines.local import LocalReader, readings
from extraction.errors import ReadingError
from extraction.limits import Limits
from extraction.orientation import Orientation, turned
from extraction.page import Page
from extraction.page_reader import ReadPage
from extraction.pages import open_document
from extraction.reading import Box, PageText, Source, Word

Reader = Callable[[Path], dict[str, Any]]
SECONDS = 300
LEAST_CERTAINTY = 0.3


def tesseract(path: Path) -> dict[str, Any]:
    """Our reading of what Tesseract sees. Raises ReadingError."""
    started, orientation = monotonic(), Orientation()
    pages = [tesseract_page(page, orientation) for page in open_document(path, Limits())]
    return readings(pages, started)[0].document()


def tesseract_page(page: Page, orientation: Orientation) -> ReadPage:
    """One page turned upright, with Tesseract's words (as single words, so laid out like a PDF's own)."""
    turn = orientation.turns(page.image)[0]
    image = turned(page.image, turn)
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        cv2.imwrite(str(picture), image)
        command = ["tesseract", str(picture), "-", "--psm", "11", "--dpi", "200", "tsv"]
        table = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS).stdout
    height, width = image.shape
    words = tuple(words_of(table, width, height))
    text = PageText(
        number=page.number, width=width, height=height, rotation=turn, source=Source.PDF_TEXT, words=words
    )
    return ReadPage(text=text, codes=tuple(qr.decode(page.image)), centres=((),) * len(words), of=page.of)


def words_of(table: str, width: int, height: int) -> Iterable[Word]:
    """The words of Tesseract's table."""
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        certainty = float(row["conf"]) / 100
        if row["text"] and row["text"].strip() and certainty >= LEAST_CERTAINTY:
            left, top = int(row["left"]) / width, int(row["top"]) / height
            right, bottom = left + int(row["width"]) / width, top + int(row["height"]) / height
            box = Box(left=left, top=top, right=min(1.0, right), bottom=min(1.0, bottom))
            yield Word(text=row["text"].strip(), box=box, confidence=min(1.0, certainty))


def invoice2data(path: Path) -> dict[str, Any]:
    """What invoice2data gives, by our names; empty where none of its templates fits."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found"
        command = ["invoice2data", "--input-reader", "tesseract", "--output-format", "json"]
        subprocess.run(
            [*command, "--output-name", str(out), str(path)],
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
        written = out.with_suffix(".json")
        found = json.loads(written.read_text(encoding="utf-8")) if written.exists() else []
    names = {
        "invoice_number": "invoice_number",
        "date": "invoice_date",
        "amount": "grand_total",
        "issuer": "vendor_name",
    }
    first = found[0] if found else {}
    return {ours: str(first[theirs]) for theirs, ours in names.items() if first.get(theirs)}


PEERS: dict[str, Reader] = {"tesseract": tesseract, "invoice2data": invoice2data}


def read_with(
    peer: Reader, documents: Iterable[Labelled], folder: Path
) -> list[tuple[Labelled, dict[str, Any]]]:
    """Each document with what a peer reads, kept in ``folder``; nothing where it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for document in documents:
        kept = folder / f"{document.id}.json"
        if not kept.exists():
            try:
                kept.write_text(json.dumps(peer(document.path)), encoding="utf-8")
            except (ReadingError, subprocess.SubprocessError) as error:
                print(f"{document.id}: {error}")
                kept.write_text("{}", encoding="utf-8")
        found.append((document, json.loads(kept.read_text(encoding="utf-8"))))
    return found


def own(documents: list[Labelled], folder: Path | None) -> list[tuple[Labelled, dict[str, Any]]]:
    """Our readings, fresh or as written before."""
    if folder is None:
        return read_all(documents, LocalReader())
    return [(d, json.loads((folder / f"{d.id}.json").read_text(encoding="utf-8"))) for d in documents]


def main() -> None:
    """Print the figures of each reader that can be run here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readings", type=Path, help="our own readings, as benchmarks.accuracy wrote them")
    parser.add_argument("--only", choices=PEERS, action="append", help="peers to run, else all")
    parser.add_argument(
        "--keep", type=Path, help="a folder for the peers' readings; read from there if known"
    )
    arguments = parser.parse_args()
    documents = [document for document in labelled(arguments.folder) if document.is_invoice]
    print("== this reader")
    print_both(own(documents, arguments.readings))
    with tempfile.TemporaryDirectory() as scratch:
        for name in arguments.only or PEERS:
            if shutil.which(name) is None:
                print(f"== {name} is missing: its command is not on the path")
                continue
            print(f"== {name}", flush=True)
            print_both(read_with(PEERS[name], documents, (arguments.keep or Path(scratch)) / name))


def print_both(read: list[tuple[Labelled, dict[str, Any]]]) -> None:
    """Header fields and lines."""
    print_fields(read)
    print_lines(read)


if __name__ == "__main__":
    main()
