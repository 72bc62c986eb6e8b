"""What the lines say: each is straightened to a strip of 48 pixels height and read character by character."""

import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.ocr import models
from extraction.ocr.base import Quad, TextLine
from extraction.page import Gray

HEIGHT = 48  # of the strips the network reads
STEP = 8  # it looks at one step for each so many pixels of width
WIDEST = 3200  # pixels; longer lines are squeezed

Scores = NDArray[np.float32]
"""Probabilities by step and character of the alphabet."""


class Recogniser:
    """The recognition network of PP-OCRv6, cut to the characters of Indian invoices."""

    def __init__(self, models_folder: Path | None = None) -> None:
        self._session = models.session(models.recogniser(models_folder))
        self._alphabet = models.alphabet(self._session)

    def read(self, image: Gray, quads: list[Quad]) -> list[TextLine]:
        """The regions that say something, in the order of ``quads``."""
        return [line for quad in quads if (line := self._line(strip(image, quad), quad))]

    def _line(self, strip: Gray, quad: Quad) -> TextLine | None:
        # One by one: on one thread a batch is no faster, and pads and holds more.
        tensor = np.repeat((strip.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
        return self._decode(self._session.run(None, {"x": tensor})[0][0], quad, strip.shape[1])

    def _decode(self, scores: Scores, quad: Quad, width: int) -> TextLine | None:
        """Collapse the steps: a character lasts until another, or none, begins (CTC)."""
        best = scores.argmax(axis=1)
        first = np.flatnonzero((best != 0) & (best != np.append(-1, best[:-1])))
        text = "".join(self._alphabet[index] for index in best[first])
        if not text.strip():
            return None
        last = [step + int(np.argmax(np.append(best[step:], -1) != best[step])) - 1 for step in first]
        centres = ((first + np.array(last) + 1) * STEP / 2 / width).clip(0, 1)
        confidence = float(scores[first, best[first]].mean())
        return TextLine(text, confidence, quad, tuple(centres.tolist()))


def strip(image: Gray, quad: Quad) -> Gray:
    """The region, straightened to the height that the network reads."""
    across, down = math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])
    width = min(WIDEST, max(STEP, math.ceil(HEIGHT * across / max(down, 1))))
    corners = np.array([[0, 0], [width, 0], [0, HEIGHT]], np.float32)
    straighten = cv2.getAffineTransform(quad[[0, 1, 3]], corners)
    level = cv2.warpAffine(
        image, straighten, (width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return level.astype(np.uint8, copy=False)
