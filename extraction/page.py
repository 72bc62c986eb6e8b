"""A page as it stands in a file: a gray picture, and the PDF's own words if it has any."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.reading import Word

Gray = NDArray[np.uint8]
"""A picture of height x width gray values; 0 is black."""

MAX_IMAGE_PIXELS = 40_000_000
"""Pages are rendered, or reduced, to at most this: A4 at 600 dpi and a little more."""


def reduced(image: Gray, pixels: int) -> Gray:
    """The picture with at most so many pixels, its proportions kept."""
    scale = math.sqrt(pixels / image.size)
    if scale >= 1:
        return image
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """One page, not yet turned upright."""

    number: int  # from 1
    of: int = 1  # pages of the file, also those that limits leave unread
    image: Gray  # at the scan's own resolution, or at one that suits printed codes
    words: tuple[Word, ...] = ()  # the PDF's own visible text
    pictures: float = 1.0  # the share of the page covered by pictures, 0 to 1: their text is not in ``words``
