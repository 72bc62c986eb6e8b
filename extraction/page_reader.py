"""From bytes to upright pages with their words and codes: the lower half of the offline reader.

    reader = PageReader()                      # once per process: loads the networks
    for page in reader.read(path):             # lazily, page by page; raises ReadingError
        page.text                              # PageText: words with boxes on the upright page
        page.codes                             # QrCode: text and box on the upright page, all kinds of QR
        page.centres[i][j]                     # across the page, of character j of page.text.words[i]
        page.of                                # pages of the file; beyond max_pages_read they stay unread

OCR gives one ``Word`` for a whole line or table cell; ``centres`` lets it be cut where a gap is wide. For
the PDF's own words, which are single words, ``centres[i]`` is empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extraction import qr
from extraction.limits import Limits
from extraction.ocr.base import OcrEngine
from extraction.ocr.engine import PaddleOcr
from extraction.orientation import Orientation, turned, turned_box
from extraction.page import Page
from extraction.pages import open_document
from extraction.qr import QrCode
from extraction.reading import PageText
from extraction.text import own_text, read_text, stands_upright


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One upright page; all boxes are fractions of it."""

    text: PageText
    codes: tuple[QrCode, ...]
    centres: tuple[tuple[float, ...], ...]
    of: int = 1  # pages of the file, also those that limits leave unread


class PageReader:
    """Reads the pages of documents with one OCR engine; about 3 CPU seconds for a scanned page."""

    def __init__(self, limits: Limits | None = None, engine: OcrEngine | None = None) -> None:
        self.limits = limits or Limits()
        self._engine = engine or PaddleOcr()
        self._orientation = Orientation()

    def read(self, path: Path) -> Iterator[ReadPage]:
        """The pages as they are read. Raises ReadingError, at the latest with the page at fault."""
        return map(self.read_page, open_document(path, self.limits))

    def read_page(self, page: Page) -> ReadPage:
        """One page made upright, its codes decoded, its words read."""
        codes = qr.decode(page.image)
        turn = 0 if stands_upright(page.words) else self._orientation.turn(page.image)
        image = turned(page.image, turn)
        own = tuple(word.model_copy(update={"box": turned_box(word.box, turn)}) for word in page.words)
        text = own_text(own, page.pictures) or read_text(image, own, self._engine)
        height, width = image.shape
        return ReadPage(
            text=PageText(
                number=page.number,
                width=width,
                height=height,
                rotation=turn,
                source=text.source,
                words=text.words,
            ),
            codes=tuple(replace(code, box=turned_box(code.box, turn)) for code in codes),
            centres=text.centres,
            of=page.of,
        )
