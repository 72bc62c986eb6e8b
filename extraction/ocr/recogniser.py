"""What the lines say: each is straightened to a strip of 48 pixels height and read character by character."""

import math
from collections.abc import Iterator
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
BATCH = 6
BATCH_WIDTH = 4800  # of all strips of a batch together; wider ones cost memory and save no time

Scores = NDArray[np.float32]
"""Probabilities by step and character of the alphabet."""


class Recogniser:
    """The recognition network of PP-OCRv6, cut to the characters of Indian invoices."""

    def __init__(self, models_folder: Path | None = None) -> None:
        self._session = models.session(models.recogniser(models_folder))
        self._alphabet = models.alphabet(self._session)

    def read(self, image: Gray, quads: list[Quad]) -> list[TextLine]:
        """The regions that say something, in the order of ``quads``."""
        strips = [strip(image, quad) for quad in quads]
        lines: list[TextLine | None] = [None] * len(quads)
        for batch in _batches(strips):
            for index, scores in zip(batch, self._scores([strips[i] for i in batch]), strict=True):
                lines[index] = self._decode(scores, quads[index], strips[index].shape[1])
        return [line for line in lines if line]

    def _scores(self, strips: list[Gray]) -> Iterator[Scores]:
        width = max(strip.shape[1] for strip in strips)
        tensor = np.zeros((len(strips), 3, HEIGHT, width), np.float32)  # padded with middle gray
        for row, strip in zip(tensor, strips, strict=True):
            row[:, :, : strip.shape[1]] = strip.astype(np.float32) / 127.5 - 1
        yield from self._session.run(None, {"x": tensor})[0]

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


def _batches(strips: list[Gray]) -> Iterator[list[int]]:
    """Strips of about the same width together, for padding is work too."""
    batch: list[int] = []
    for index in sorted(range(len(strips)), key=lambda i: strips[i].shape[1]):
        if batch and (len(batch) == BATCH or (len(batch) + 1) * strips[index].shape[1] > BATCH_WIDTH):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
