"""Files to upright pages with words and codes, whole."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extraction.errors import ReadingError
from extraction.limits import Limits
from extraction.ocr.base import TextLine
from extraction.ocr.engine import PaddleOcr
from extraction.orientation import turned
from extraction.page import Gray, Page
from extraction.page_reader import PageReader, ReadPage
from extraction.reading import Box, Source, Word
from extraction.text import own_text, read_text, stands_upright
from tests.extraction import drawn


@pytest.fixture(scope="module")
def reader(ocr: PaddleOcr) -> PageReader:
    return PageReader(engine=ocr)


class OneLine:
    """An engine that always sees the same line."""

    def __init__(self, quad: list[list[float]], text: str = "5,000.00") -> None:
        centres = tuple((place + 0.5) / len(text) for place in range(len(text)))
        self.line = TextLine(text, 0.9, np.array(quad, np.float32), centres)

    def lines(self, image: Gray) -> list[TextLine]:
        return [self.line]


def word(left: float, top: float, right: float, bottom: float, text: str = "own") -> Word:
    return Word(text=text, box=Box(left=left, top=top, right=right, bottom=bottom), confidence=1)


def only(pages: list[ReadPage]) -> ReadPage:
    (page,) = pages
    return page


def test_digital_pdf_is_read_from_its_own_words(reader: PageReader, tmp_path: Path) -> None:
    lines = (*drawn.LINES, "for Banyan Textiles Private Limited", "Authorised signatory")
    page = only(list(reader.read(drawn.printed_pdf(tmp_path / "invoice", lines))))
    assert page.text.source is Source.PDF_TEXT
    assert [word.text for word in page.text.words] == " ".join(lines).split()
    assert {word.confidence for word in page.text.words} == {1}
    assert set(page.centres) == {()}


@pytest.mark.parametrize("degrees", [0, 270])
def test_scan_is_turned_upright_with_its_words_and_codes(
    reader: PageReader, tmp_path: Path, degrees: int
) -> None:
    paper = drawn.scan()
    payment = drawn.code("upi://pay?pa=banyan@bank", 4)
    paper[1900 : 1900 + payment.shape[0], 1200 : 1200 + payment.shape[1]] = payment
    path = tmp_path / "scan"
    Image.fromarray(np.rot90(paper, degrees // 90)).save(path, "PNG")
    page = only(list(reader.read(path)))
    assert page.text.rotation == degrees
    assert (page.text.width, page.text.height) == (paper.shape[1], paper.shape[0])
    total = next(word for word in page.text.words if "4,10,156.00" in word.text)
    top = (841.9 - (760 - 40 * 10)) / 841.9  # of the page, where the last line is printed
    assert total.box.top < top < total.box.bottom + 0.005
    for seen, centres in zip(page.text.words, page.centres, strict=True):
        assert len(centres) == len(seen.text)
        assert all(seen.box.left <= centre <= seen.box.right for centre in centres)
    (code,) = page.codes
    assert code.text.startswith("upi://")
    assert code.box.left * paper.shape[1] == pytest.approx(1216, abs=8)
    assert code.box.top * paper.shape[0] == pytest.approx(1916, abs=8)


@pytest.mark.parametrize("shape", [(1, 1), (3, 3000), (60, 6000)])
def test_slivers_of_paper_say_nothing(reader: PageReader, shape: tuple[int, int]) -> None:
    page = reader.read_page(Page(number=1, image=np.full(shape, 200, np.uint8)))
    assert not page.text.words
    assert not page.codes


def test_stamp_typed_on_a_scan_replaces_what_was_read_there(reader: PageReader, tmp_path: Path) -> None:
    path = drawn.picture_pdf(tmp_path / "stamped", drawn.scan(), stamp="Received 15-Aug-2025")
    page = only(list(reader.read(path)))
    texts = [word.text for word in page.text.words]
    assert page.text.source is Source.OCR
    assert texts[:2] == ["Received", "15-Aug-2025"]
    assert sum("Aug-2025" in text for text in texts) == 2
    assert any("4,10,156.00" in text for text in texts)


def test_own_words_count_only_where_they_tell_everything() -> None:
    words = tuple(word(0.1, 0.01 * n, 0.2, 0.01 * n + 0.005) for n in range(30))
    assert own_text(words, pictures=0.1)
    assert own_text(words, pictures=0.9) is None
    assert own_text(words[:5], pictures=0) is None


def test_line_of_tilted_paper_is_as_high_as_its_letters() -> None:
    image = np.full((1000, 1000), 255, np.uint8)
    tilted = OneLine([[100, 100], [500, 120], [498, 150], [98, 130]])
    (line,) = read_text(image, (), tilted).words
    assert line.box.bottom - line.box.top == pytest.approx(0.03, abs=0.002)
    assert (line.box.top + line.box.bottom) / 2 == pytest.approx(0.125)


def test_read_line_is_dropped_only_where_own_words_cover_it() -> None:
    image = np.full((1000, 1000), 255, np.uint8)
    engine = OneLine([[100, 100], [500, 100], [500, 150], [100, 150]])
    covered = read_text(image, (word(0.1, 0.1, 0.5, 0.15),), engine)
    beside = read_text(image, (word(0.6, 0.1, 0.9, 0.15),), engine)
    assert [seen.text for seen in covered.words] == ["own"]
    assert [seen.text for seen in beside.words] == ["own", "5,000.00"]
    assert [len(centres) for centres in beside.centres] == [0, 8]


def test_limits_hold_for_the_whole_way(ocr: PaddleOcr, tmp_path: Path) -> None:
    path = drawn.printed_pdf(tmp_path / "long", pages=3)
    with pytest.raises(ReadingError, match="too_many_pages"):
        list(PageReader(Limits(max_pages=2), ocr).read(path))


class FeltTip:
    """Reads well only what a picture turned by ``upright`` shows; sideways nothing, upside down badly."""

    def __init__(self, upright: int, paper: Gray) -> None:
        self.seen = {side: turned(paper, side).tobytes() for side in (0, 90, 180, 270)}
        self.upright = upright

    def lines(self, image: Gray) -> list[TextLine]:
        side = next(side for side, pixels in self.seen.items() if pixels == image.tobytes())
        off = (side - self.upright) % 360
        quad = np.array([[10, 10], [90, 10], [90, 20], [10, 20]], np.float32)
        certainty = {0: 0.99, 180: 0.66}.get(off)
        return [TextLine("x" * 80, certainty, quad, (0.5,) * 80)] if certainty else []


@pytest.mark.parametrize("upright", [0, 90, 180, 270])
def test_a_page_that_reads_badly_is_looked_at_from_another_side(upright: int) -> None:
    paper = np.arange(100 * 120, dtype=np.uint32).reshape(100, 120).astype(np.uint8)
    page = PageReader(engine=FeltTip(upright, paper)).read_page(Page(number=1, image=paper))
    assert page.text.rotation == upright
    assert page.text.words[0].confidence == 0.99


def test_a_pdfs_own_words_tell_its_direction() -> None:
    lines = [(0.1 * n, 0.1 * n) for n in range(1, 7)]
    level = tuple(word(x, y, x + 0.08, y + 0.01) for y, _ in lines for x, _ in lines)
    backwards = tuple(reversed(level))
    upwards = tuple(word(w.box.top, w.box.left, w.box.bottom, w.box.right) for w in level)
    assert stands_upright(level)
    assert not stands_upright(backwards)
    assert not stands_upright(upwards)
