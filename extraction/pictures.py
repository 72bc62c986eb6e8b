"""Picture files as pages: JPEG, PNG, WebP, HEIC, and TIFF with its several pages."""

import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
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
    with opened(path) as file:
        count = page_count(file, limits)
        for index in range(min(count, limits.max_pages_read)):
            seek(file, index, limits)
            yield Page(number=index + 1, of=count, image=gray(file))


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """The file, nothing decoded yet. Whatever Pillow then says about damage is a ReadingError."""
    try:
        with warnings.catch_warnings():  # Pillow's own bound on pixels is made an error here
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file = Image.open(path, formats=FORMATS)
        with file:
            yield file
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ReadingError("too_many_pixels") from None
    except (*DAMAGE, struct.error):
        raise ReadingError("damaged") from None


def page_count(file: Image.Image, limits: Limits) -> int:
    """How many pages the file has. Raises ReadingError."""
    count: int = getattr(file, "n_frames", 1) if file.format in MANY_PAGES else 1
    if count > limits.max_pages:
        raise ReadingError("too_many_pages")
    return count


def seek(file: Image.Image, index: int, limits: Limits) -> None:
    """Turn to a page (from 0), which is not decoded yet. Raises ReadingError."""
    file.seek(index)
    if file.width * file.height > limits.max_pixels:
        raise ReadingError("too_many_pixels")


def gray(picture: Image.Image) -> Gray:
    """A picture as a person sees it: turned as its EXIF data say, on white paper, of bounded size."""
    scale = math.sqrt(MAX_IMAGE_PIXELS / (picture.width * picture.height))
    if scale < 1:  # a JPEG is decoded at a half or a quarter for nothing
        picture.draft("L", (int(picture.width * scale), int(picture.height * scale)))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16"):
        return reduced((np.asarray(picture, np.uint16) >> 8).astype(np.uint8), MAX_IMAGE_PIXELS)
    return reduced(np.asarray(on_white(picture).convert("L")), MAX_IMAGE_PIXELS)


def on_white(picture: Image.Image) -> Image.Image:
    """A picture without transparency, on white paper."""
    if not picture.has_transparency_data:
        return picture
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
