"""A PDF page's own words: what is drawn as text, without the invisible guesses of scanner software."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extraction.reading import Box, Word

COVER = 0.8  # a picture of this share of the page hides the text drawn before it
UNSEEN_MODES = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
DEVICE = 1_000_000  # units across the page, precise enough for PDFium's whole numbers

Place = Callable[[float, float], tuple[float, float]]


class Character(NamedTuple):
    """A character as printed, its box in fractions of the page; spaces part words."""

    text: str
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


def visible_words(page: pdfium.PdfPage) -> tuple[Word, ...]:
    """The words a person sees, in the order of the file."""
    runs = groupby(_characters(page), key=lambda character: character.text != " ")
    return tuple(_word(list(characters)) for is_word, characters in runs if is_word)


def _word(characters: list[Character]) -> Word:
    _, left, top, right, bottom = zip(*characters, strict=True)
    text = "".join(character.text for character in characters)
    return Word(
        text=text, box=Box(left=min(left), top=min(top), right=max(right), bottom=max(bottom)), confidence=1
    )


def _characters(page: pdfium.PdfPage) -> Iterator[Character]:
    text = page.get_textpage()
    place, hidden = _placing(page), _covered_texts(page)
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        symbol = chr(raw.FPDFText_GetUnicode(text, index))
        owner = raw.FPDFText_GetTextObject(text, index)
        if not symbol.strip() or not symbol.isprintable() or not owner:
            yield Character(" ")
            continue
        unseen = raw.FPDFTextObj_GetTextRenderMode(owner) in UNSEEN_MODES
        if unseen or ctypes.addressof(owner.contents) in hidden:
            continue
        # The loose box spans the font's height and the pen's advance: a dash is as tall as a letter, and
        # typewriter print has no gaps around its points.
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        (left, top), (right, bottom) = place(box.left, box.top), place(box.right, box.bottom)
        yield Character(symbol, min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _placing(page: pdfium.PdfPage) -> Place:
    """From PDF coordinates to fractions of the page as it is shown, turned and cropped."""

    def device(x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, DEVICE, DEVICE, 0, x, y, ctypes.byref(right), ctypes.byref(down))
        return right.value / DEVICE, down.value / DEVICE

    step = 1000.0
    (x, y), (xx, yx), (xy, yy) = device(0, 0), device(step, 0), device(0, step)

    def place(across: float, up: float) -> tuple[float, float]:
        u, v = across / step, up / step
        return x + (xx - x) * u + (xy - x) * v, y + (yx - y) * u + (yy - y) * v

    return place


def _covered_texts(page: pdfium.PdfPage) -> set[int]:
    """Addresses of the text objects that a picture of the whole page is painted over."""
    width, height = page.get_size()
    seen, covered = set[int](), set[int]()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE]):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            seen.add(ctypes.addressof(item.raw.contents))
            continue
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) >= COVER * width * height:
            covered |= seen
    return covered
