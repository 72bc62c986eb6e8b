"""A crop around a code, prepared in the ways that make worn prints readable, the most useful first."""

from collections.abc import Iterator

import cv2
import numpy as np
from zxingcpp import Binarizer

from extraction.page import Gray

SIDE, LARGE, LARGEST = 525, 840, 1050  # pixels: 4 to 9 for a module of the usual symbols
LIGHTING = 65  # pixels over which paper is evenly lit


def prepared(crop: Gray) -> Iterator[tuple[Gray, Binarizer]]:
    """Pictures of the crop, each with the way to judge dark from light that suits it."""
    normal = _resized(crop, SIDE)
    yield _gray(cv2.createCLAHE(3, (8, 8)).apply(normal)), Binarizer.FixedThreshold
    yield _sharper(normal, 2.5), Binarizer.LocalAverage
    yield _gray(cv2.medianBlur(normal, 3)), Binarizer.GlobalHistogram
    yield _sharper(crop, 1.2), Binarizer.GlobalHistogram
    yield _evenly_lit(normal), Binarizer.FixedThreshold
    large = _resized(crop, LARGE)
    yield _sharper(large, 4), Binarizer.LocalAverage
    yield _gray(cv2.medianBlur(large, 3)), Binarizer.LocalAverage
    yield _gray(cv2.GaussianBlur(_resized(crop, LARGEST), (0, 0), 1.6)), Binarizer.GlobalHistogram


def _resized(crop: Gray, side: int) -> Gray:
    return _gray(cv2.resize(crop, (side, side), interpolation=cv2.INTER_CUBIC))


def _sharper(crop: Gray, radius: float) -> Gray:
    return _gray(cv2.addWeighted(crop, 2, cv2.GaussianBlur(crop, (0, 0), radius), -1, 0))


def _evenly_lit(crop: Gray) -> Gray:
    lighting = cv2.blur(crop, (LIGHTING, LIGHTING)).astype(np.int16)
    return (crop.astype(np.int16) - lighting + 128).clip(0, 255).astype(np.uint8)


def _gray(picture: cv2.typing.MatLike) -> Gray:
    return picture.astype(np.uint8, copy=False)
