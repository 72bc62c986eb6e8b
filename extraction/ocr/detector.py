"""Where text stands on a page: a network marks text pixels, geometry turns them into tight rectangles."""

import math

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from extraction.ocr import models
from extraction.ocr.base import Quad
from extraction.page import Gray

PIXELS = 1280 * 905  # the page is reduced to this many: half as many again found no more
STRIDE = 32  # the network's sides are multiples of it
TEXT_AT = 0.3  # a pixel of this probability is text
SURE_AT = 0.5  # a region of this mean probability is kept
GROWTH = 1.6  # the network marks the core of a line: its full height follows from area / perimeter x this
MOST = 1500  # regions; the densest of real pages have 400, noise has any number
THINNEST = 3  # pixels of the reduced page; thinner marks are noise


class Detector:
    """The detection network of PP-OCRv6."""

    def __init__(self) -> None:
        self._session = models.session(models.detector())

    def regions(self, image: Gray) -> list[Quad]:
        """Rectangles around lines of text, in pixels of ``image``, from top to bottom."""
        height, width = image.shape
        scale = min(1.0, math.sqrt(PIXELS / (height * width)))
        size = tuple(max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in (width, height))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        tensor = np.repeat((small.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
        probability = self._session.run(None, {"x": tensor})[0][0, 0]
        stretch = np.array([width / size[0], height / size[1]], np.float32)
        quads = [quad * stretch for quad in _rectangles(probability)]
        return sorted(quads, key=lambda quad: (float(quad[0][1]), float(quad[0][0])))[:MOST]


def _rectangles(probability: NDArray[np.float32]) -> list[Quad]:
    mask = cv2.dilate((probability > TEXT_AT).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for contour in contours:
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < THINNEST or _mean_inside(probability, contour) < SURE_AT:
            continue
        growth = GROWTH * width * height / (width + height)  # twice the distance area x growth / perimeter
        quads.append(_reading_order(cv2.boxPoints((centre, (width + growth, height + growth), angle))))
    return quads


def _mean_inside(probability: NDArray[np.float32], contour: MatLike) -> float:
    left, top, width, height = cv2.boundingRect(contour)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [contour - (left, top)], 1)
    return float(cv2.mean(probability[top : top + height, left : left + width], inside)[0])


def _reading_order(corners: MatLike) -> Quad:
    """Top left, top right, bottom right, bottom left."""
    by_column = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = (pair[np.argsort(pair[:, 1], kind="stable")] for pair in (by_column[:2], by_column[2:]))
    return np.array([left[0], right[0], right[1], left[1]], np.float32)
