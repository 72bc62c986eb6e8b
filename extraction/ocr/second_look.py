"""A line whose GSTIN fails its check digit is read once more in other frames: a valid one proves itself."""

import re
from collections.abc import Iterator

import numpy as np

from extraction.ocr.base import Quad
from gst import gstin

GSTIN_LIKE = re.compile(r"(?:GSTIN|UIN|GSTNO|GST|^|[^A-Z0-9])([0-9OIZSB]{2}[A-Z0-9]{12,14})(?![A-Z0-9])")
LEAST = 5  # letters, and digits: a GSTIN has six or more of each
FRAMES = (-0.1, 0.12)  # of the line's height, added above and below


def is_doubtful(text: str) -> bool:
    """Whether a line holds what must be a GSTIN, but cannot be this one."""
    found = GSTIN_LIKE.findall(text.upper())
    return any(map(has_mixture, found)) and not holds_valid(text)


def has_mixture(text: str) -> bool:
    """Whether letters and digits are mixed as in a GSTIN."""
    return min(sum(map(str.isdigit, text)), sum(map(str.isalpha, text))) >= LEAST


def holds_valid(text: str) -> bool:
    """Whether a line holds a GSTIN with the right check digit."""
    letters = re.sub(r"[^A-Z0-9]", "", text.upper())
    return any(gstin.is_valid(letters[at : at + 15]) for at in range(len(letters) - 14))


def other_frames(quad: Quad) -> Iterator[Quad]:
    """The same line framed more closely, then more widely."""
    down = quad[3] - quad[0]
    for share in FRAMES:
        edge = share * down
        yield quad + np.stack((-edge, -edge, edge, edge))
