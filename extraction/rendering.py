"""The child's side of :mod:`extraction.rendition`: opens hostile files, so never import it elsewhere."""

import io
import json
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from extraction import pdf, pictures
from extraction.errors import ReadingError
from extraction.intake import FileType, check_file
from extraction.limits import Limits
from extraction.rendition import LIMITS, LONGEST_SIDE, MOST_PAGES

SAVED: dict[str, dict[str, int]] = {"WEBP": {"quality": 75, "method": 2}, "JPEG": {"quality": 85}}
"""How pages are kept: as WebP 150 to 250 kB each, in a tenth of a second."""
BOUND = (LONGEST_SIDE, LONGEST_SIDE)
TURNED_BY_EXIF = frozenset({5, 6, 7, 8})  # orientations in which width and height change places


class Renderer:
    """Answers requests for the sizes of pages, and for one page as a picture."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits

    def answer(self, path: Path, request: dict[str, Any]) -> bytes:
        """The sizes as JSON, or a picture where a page is asked for. Raises ReadingError."""
        is_pdf = check_file(path, self.limits) is FileType.PDF
        if "page" not in request:
            return json.dumps((pdf_sizes if is_pdf else picture_sizes)(path, self.limits)).encode()
        page = (pdf_page if is_pdf else picture_page)(path, request["page"] - 1, self.limits)
        file, form = io.BytesIO(), request["form"]
        page.rotate(-request["turn"], expand=True).save(file, form, **SAVED[form])
        return file.getvalue()


def pdf_sizes(path: Path, limits: Limits) -> list[tuple[float, float]]:
    """The sizes of a PDF's pages, in points."""
    with pdf.opened(path, limits) as document:
        return [document.get_page_size(index) for index in range(min(len(document), MOST_PAGES))]


def pdf_page(path: Path, index: int, limits: Limits) -> Image.Image:
    """A page of a PDF; one with a picture of too many pixels would be shown without it, and is refused."""
    with pdf.opened(path, limits) as document:
        try:
            page = document[index]
            pdf.resolution(page, limits)
            bitmap = page.render(scale=LONGEST_SIDE / max(1.0, *page.get_size()))
        except (pdfium.PdfiumError, IndexError):
            raise ReadingError("damaged") from None
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture


def picture_sizes(path: Path, limits: Limits) -> list[tuple[int, int]]:
    """The sizes of a picture file's pages, in pixels, as a person sees them."""
    sizes = []
    with pictures.opened(path) as file:
        for index in range(min(pictures.page_count(file, limits), MOST_PAGES)):
            pictures.seek(file, index, limits)
            turned = file.getexif().get(0x0112) in TURNED_BY_EXIF
            sizes.append((file.height, file.width) if turned else file.size)
    return sizes


def picture_page(path: Path, index: int, limits: Limits) -> Image.Image:
    """A page of a picture file, turned as its EXIF data say, on white paper."""
    with pictures.opened(path) as file:
        pictures.seek(file, index, limits)
        file.draft("RGB", BOUND)  # a JPEG is decoded at a half or a quarter for nothing
        picture = ImageOps.exif_transpose(file)
        if picture.mode.startswith("I;16"):
            picture = picture.point(lambda value: value / 256).convert("L")
        picture = pictures.on_white(picture).convert("RGB")
        picture.thumbnail(BOUND, reducing_gap=2.0)
        return picture
