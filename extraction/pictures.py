"""Picture files as pages: JPEG, PNG, WebP, HEIC, and TIFF with its several pages."""

import math
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from extraction.errors import ReadingError
from extraction.limits import Limits
from extraction.page import MAX_IMAGE_PIXELS, Gray, Page, reduced

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "HEIF")
MANY_PAGES = ("TIFF",)  # in other formats further frames are views or moments of the same page
# What Pillow and its plugins are known to raise for damaged files.
DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, EOFError, ArithmeticError)

register_heif_opener(thumbnails=False)


def picture_pages(path: Path, limits: Limits) -> Iterator[Page]:
    """The pages of a picture file. Raises ReadingError."""
    try:
        with _opened(path) as file:
            yield from _pages(file, limits)
    except (*DAMAGE, struct.error):
        raise ReadingError("damaged") from None


def _opened(path: Path) -> Image.Image:
    """The file, nothing decoded yet. Pillow's own bound on pixels is made an error here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(path, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ReadingError("too_many_pixels") from None


def _pages(file: Image.Image, limits: Limits) -> Iterator[Page]:
    count = getattr(file, "n_frames", 1) if file.format in MANY_PAGES else 1
    if count > limits.max_pages:
        raise ReadingError("too_many_pages")
    for index in range(min(count, limits.max_pages_read)):
        file.seek(index)
        if file.width * file.height > limits.max_pixels:
            raise ReadingError("too_many_pixels")
        yield Page(number=index + 1, of=count, image=gray(file))


def gray(picture: Image.Image) -> Gray:
    """A picture as a person sees it: turned as its EXIF data say, on white paper, of bounded size."""
    scale = math.sqrt(MAX_IMAGE_PIXELS / (picture.width * picture.height))
    if scale < 1:  # a JPEG is decoded at a half or a quarter for nothing
        picture.draft("L", (int(picture.width * scale), int(picture.height * scale)))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16"):
        return reduced((np.asarray(picture, np.uint16) >> 8).astype(np.uint8), MAX_IMAGE_PIXELS)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return reduced(np.asarray(picture.convert("L")), MAX_IMAGE_PIXELS)
