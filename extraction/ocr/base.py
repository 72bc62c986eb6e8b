"""What any OCR engine gives: lines of text where they stand on the picture."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extraction.page import Gray

Quad = NDArray[np.float32]
"""Four corners (x, y) in pixels: top left, top right, bottom right, bottom left as the text is read."""


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """A run of characters in one line; a table gives one for each cell, most of the time."""

    text: str
    confidence: float  # 0 to 1
    quad: Quad
    centres: tuple[
        float, ...
    ]  # of each character of ``text``, 0 (left edge) to 1 (right edge) along the line


class OcrEngine(Protocol):
    """Finds and reads the text of an upright page."""

    def lines(self, image: Gray) -> list[TextLine]:
        """The lines from top to bottom."""
        ...
