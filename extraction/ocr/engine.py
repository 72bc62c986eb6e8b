"""The default OCR engine: detect, then recognise."""

import math
import statistics
from pathlib import Path

import cv2

from extraction.ocr.base import Quad, TextLine
from extraction.ocr.detector import Detector
from extraction.ocr.recogniser import Recogniser
from extraction.ocr.second_look import holds_valid, is_doubtful, other_frames
from extraction.page import Gray, reduced

READ_PIXELS = 1654 * 2339  # A4 at 200 dpi: finer scans are reduced to it, they only cost time
TOO_TALL = 1.5  # a region so much higher than wide runs downwards ...
TALL_LINE = 2.0  # ... if it is so much higher than the usual line too: a lone "1" is not meant
MIN_CONFIDENCE = 0.5


class PaddleOcr:
    """PP-OCRv6 small on one thread; about 4 CPU seconds for a dense page, 2 to start."""

    def __init__(self, models_folder: Path | None = None) -> None:
        cv2.setNumThreads(1)
        self._detector = Detector()
        self._recogniser = Recogniser(models_folder)

    def lines(self, image: Gray) -> list[TextLine]:
        """The lines of an upright page from top to bottom; text that runs up or down is left out."""
        small = reduced(image, READ_PIXELS)
        scale = small.shape[1] / image.shape[1]
        lines = self._recogniser.read(small, _level(self._detector.regions(small)))
        return [
            TextLine(line.text, line.confidence, line.quad / scale, line.centres)
            for line in (self._looked_at_twice(small, line) for line in lines)
            if line.confidence >= MIN_CONFIDENCE
        ]

    def _looked_at_twice(self, image: Gray, line: TextLine) -> TextLine:
        """The line, or another reading of it that proves itself."""
        if not is_doubtful(line.text):
            return line
        others = self._recogniser.read(image, list(other_frames(line.quad)))
        return next((other for other in others if holds_valid(other.text)), line)


def _level(quads: list[Quad]) -> list[Quad]:
    """The regions whose text does not run up or down."""
    sizes = [(math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])) for quad in quads]
    usual = statistics.median([height for _, height in sizes] or [0])
    return [
        quad
        for quad, (width, height) in zip(quads, sizes, strict=True)
        if height <= max(TOO_TALL * width, TALL_LINE * usual)
    ]
