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
from extraction.reading import PageText, Source
from extraction.text import Text, certainty, legible, letters, own_text, read_text, stands_upright

FEW_LETTERS = 60  # a page of text has more, unless it lies on its side
POOR = 0.86  # mean certainty; upside down everything is read, but badly


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
        turn, text = self._upright(page)
        height, width = page.image.shape if turn % 180 == 0 else page.image.shape[::-1]
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

    def _upright(self, page: Page) -> tuple[int, Text]:
        """How the page must be turned, and its text; what reads badly is looked at from another side too."""
        likely = [0] if stands_upright(page.words) else self._orientation.turns(page.image)
        turn, text = likely[0], self._text(page, likely[0])
        while (others := better_sides(text, turn, likely)) and text.source is Source.OCR:
            likely = [side for side in likely if side != turn]
            again = self._text(page, others[0])
            if (legible(again), letters(again)) <= (legible(text), letters(text)):
                break
            turn, text = others[0], again
        return turn, text

    def _text(self, page: Page, turn: int) -> Text:
        """The page's text when it is turned so."""
        own = tuple(word.model_copy(update={"box": turned_box(word.box, turn)}) for word in page.words)
        return own_text(own, page.pictures) or read_text(turned(page.image, turn), own, self._engine)


def better_sides(text: Text, turn: int, sides: list[int]) -> list[int]:
    """From which sides, of those not tried, a page may read better; from none if it reads well."""
    if letters(text) < FEW_LETTERS:  # text that runs up or down is not read at all
        return [side for side in sides if (side - turn) % 180 == 90]
    return [side for side in sides if (side - turn) % 360 == 180] if certainty(text) < POOR else []
