"""The words of a page: the PDF's own where they exist, the engine's where only pixels speak, or both."""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extraction.ocr.base import OcrEngine, TextLine
from extraction.page import Gray
from extraction.reading import Box, Source, Word

ENOUGH_WORDS = 20  # fewer on a page are a stamp or a footer, not its text
FEW_PICTURES = 0.2  # of the page: a logo and a code, but no scan
WELL = 0.8  # certainty from which a word counts as legible
LONG_WORD = 3  # letters; shorter ones may be taller than wide
ENOUGH_PAIRS, MOST = 5, 0.8  # neighbours on a line, and the share of them that tells the direction
COVERED = 0.5  # of a line's box: the PDF's own words say it already


class Text(NamedTuple):
    """Words, where they come from, and for each the centres of its characters across the page.

    The centres (0 to 1 from the left) are empty for the PDF's own words: their boxes are narrow enough.
    """

    source: Source
    words: tuple[Word, ...]
    centres: tuple[tuple[float, ...], ...]


def own_text(own: tuple[Word, ...], pictures: float) -> Text | None:
    """The PDF's own words if they tell all that the page says; ``pictures`` is the share that these cover."""
    if len(own) < ENOUGH_WORDS or pictures > FEW_PICTURES:
        return None
    return Text(Source.PDF_TEXT, own, ((),) * len(own))


def letters(text: Text) -> int:
    """How many characters were read."""
    return sum(len(word.text) for word in text.words)


def legible(text: Text) -> int:
    """How many characters were read well."""
    return sum(len(word.text) for word in text.words if word.confidence >= WELL)


def certainty(text: Text) -> float:
    """The engine's certainty over all characters, 0 to 1."""
    return sum(word.confidence * len(word.text) for word in text.words) / max(1, letters(text))


def stands_upright(words: tuple[Word, ...]) -> bool:
    """Whether a PDF's own words run from left to right as the page is shown, so that no picture need tell."""
    pairs = [
        (one.box, following.box)
        for one, following in pairwise(words)
        if len(one.text) >= LONG_WORD
        and one.box.top < (following.box.top + following.box.bottom) / 2 < one.box.bottom
    ]
    forward = sum(
        one.right <= following.left and one.right - one.left > one.bottom - one.top
        for one, following in pairs
    )
    return len(words) >= ENOUGH_WORDS and len(pairs) >= ENOUGH_PAIRS and forward > MOST * len(pairs)


def read_text(image: Gray, own: tuple[Word, ...], engine: OcrEngine) -> Text:
    """What the engine reads on an upright picture, and the PDF's own words in place of what they cover."""
    height, width = image.shape
    own_boxes = np.array([(w.box.left, w.box.top, w.box.right, w.box.bottom) for w in own]).reshape(-1, 4)
    words = list(own)
    centres: list[tuple[float, ...]] = [()] * len(own)
    for line in engine.lines(image):
        word = _word(line, width, height)
        if _share_covered(word.box, own_boxes) < COVERED:
            words.append(word)
            centres.append(_centres(line, width))
    return Text(Source.OCR, tuple(words), tuple(centres))


def _word(line: TextLine, width: int, height: int) -> Word:
    """A line in fractions of the page; a tilted one is as high as its letters, not as its slope."""
    corners = line.quad
    tall = math.dist(corners[0], corners[3])
    middle = float(corners[:, 1].mean())
    box = Box(
        left=max(0.0, float(corners[:, 0].min()) / width),
        top=max(0.0, (middle - tall / 2) / height),
        right=min(1.0, float(corners[:, 0].max()) / width),
        bottom=min(1.0, (middle + tall / 2) / height),
    )
    return Word(text=line.text, box=box, confidence=round(line.confidence, 4))


def _centres(line: TextLine, width: int) -> tuple[float, ...]:
    left, right = line.quad[[0, 3], 0].mean() / width, line.quad[[1, 2], 0].mean() / width
    return tuple(round(float(left + (right - left) * centre), 5) for centre in line.centres)


def _share_covered(box: Box, boxes: NDArray[np.float64]) -> float:
    across = (np.minimum(boxes[:, 2], box.right) - np.maximum(boxes[:, 0], box.left)).clip(0)
    down = (np.minimum(boxes[:, 3], box.bottom) - np.maximum(boxes[:, 1], box.top)).clip(0)
    area = (box.right - box.left) * (box.bottom - box.top)
    return float((across * down).sum() / max(area, 1e-9))
