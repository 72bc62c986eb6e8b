"""Pages as pictures, for people and AI models: in colour, of bounded size. Rendered in the sandbox only.

renderer = SandboxedRenderer()
renderer.sizes(path)                # width and height of each page as it stands in the file
renderer.picture(path, 1, turn=90)  # the first page as WebP, turned clockwise
"""

import json
import math
from pathlib import Path
from typing import NamedTuple

from extraction.limits import MIB, Limits
from extraction.sandbox import Sandbox

LONGEST_SIDE = 2400  # pixels: small print stays legible at twice the size of a screen
MOST_PAGES = 100
LIMITS = Limits(wall_seconds=30, cpu_seconds=20, memory_bytes=1536 * MIB)


class Size(NamedTuple):
    """A page's size in whatever unit the file has; only the proportion matters."""

    width: float
    height: float


class SandboxedRenderer(Sandbox):
    """Renders pages in a child process of its own."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        super().__init__("extraction.rendering:Renderer", limits)

    def sizes(self, path: Path) -> tuple[Size, ...]:
        """The sizes of the first pages, at most :data:`MOST_PAGES`. Raises ReadingError."""
        return self.ask(path, _sizes)

    def picture(self, path: Path, page: int, *, turn: int = 0) -> bytes:
        """A page (from 1) as a WebP picture, turned clockwise by a multiple of 90 degrees.

        Raises ReadingError; ``damaged`` where the file has no such page.
        """
        return self.ask(path, _webp, page=page, turn=turn, form="WEBP")

    def jpeg(self, path: Path, page: int, *, turn: int = 0) -> bytes:
        """The same as JPEG, which programs of any kind take. Raises ReadingError."""
        return self.ask(path, _jpeg, page=page, turn=turn, form="JPEG")


def _sizes(answer: bytes) -> tuple[Size, ...]:
    try:
        sizes = tuple(Size(float(width), float(height)) for width, height in json.loads(answer)[:MOST_PAGES])
    except (KeyError, TypeError) as error:
        raise ValueError("not sizes") from error
    if not sizes or not all(side > 0 and math.isfinite(side) for size in sizes for side in size):
        raise ValueError("not sizes")
    return sizes


def _jpeg(answer: bytes) -> bytes:
    if answer[:3] != b"\xff\xd8\xff":
        raise ValueError("not a JPEG picture")
    return answer


def _webp(answer: bytes) -> bytes:
    if answer[:4] != b"RIFF" or answer[8:12] != b"WEBP":
        raise ValueError("not a WebP picture")
    return answer
