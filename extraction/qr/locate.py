"""Where dense codes stand on a page: square patches that change from light to dark in both directions."""

from typing import NamedTuple

import cv2
import numpy as np

from extraction.page import Gray, reduced

WORK_PIXELS = 1754 * 1240  # A4 at 150 dpi
WORK_DPI = 150
BLUR = 0.10  # inches over which texture is averaged, twice
OPENING = 0.30  # inches; narrower patches are text and rules
SMALLEST = 0.45  # inches
MOST_OBLONG = 2.2
FILL = 0.75  # of a patch's box that must be texture
DENSEST = 1 / 300  # of the page: its texture sets the threshold
LEAST_TEXTURE = 8.0  # gray values


class Region(NamedTuple):
    """A box in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def dense_regions(image: Gray, most: int = 2) -> list[Region]:
    """Where codes of many modules may stand, the likeliest first."""
    small = reduced(image, WORK_PIXELS)
    scale = image.shape[1] / small.shape[1]
    texture = _texture(small)
    found = []
    _, _, boxes, _ = cv2.connectedComponentsWithStats(_patches(texture))
    for left, top, width, height, area in boxes[1:].tolist():
        oblong = max(width, height) / min(width, height)
        if min(width, height) < SMALLEST * WORK_DPI or oblong > MOST_OBLONG or area < FILL * width * height:
            continue
        weight = float(texture[top : top + height, left : left + width].mean()) * area
        corners = (left, top, left + width, top + height)
        found.append((weight, Region(*(int(corner * scale) for corner in corners))))
    return [region for _, region in sorted(found, reverse=True)[:most]]


def _texture(image: Gray) -> Gray:
    """How much neighbours differ both across and down: rules and strokes do so in one direction only."""
    here = image[:-1, :-1]
    both = cv2.min(cv2.absdiff(image[:-1, 1:], here), cv2.absdiff(image[1:, :-1], here))
    window = int(BLUR * WORK_DPI) | 1
    smooth = cv2.blur(cv2.blur(both, (window, window)), (window, window))
    return smooth.astype(np.uint8, copy=False)


def _patches(texture: Gray) -> Gray:
    threshold = max(LEAST_TEXTURE, float(np.quantile(texture[::2, ::4], 1 - DENSEST)) / 2)
    side = int(OPENING * WORK_DPI) | 1
    patches = cv2.morphologyEx(
        (texture > threshold).astype(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8)
    )
    return patches.astype(np.uint8, copy=False)
