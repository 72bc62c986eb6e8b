"""PDF files as pages, through PDFium."""

import math
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from extraction.errors import ReadingError
from extraction.limits import Limits
from extraction.page import MAX_IMAGE_PIXELS, Gray, Page
from extraction.pdf_text import visible_words

POINTS_PER_INCH = 72
CODE_DPI = 300  # enough for the densest printed code where no scan sets the resolution
SCAN_SHARE = 0.3  # pictures of one resolution that cover this much of the page are its scan
MIN_DPI, MAX_DPI = 150, 600
FORM_DEPTH = 3  # scanners nest their pictures at most this deep


def pdf_pages(path: Path, limits: Limits) -> Iterator[Page]:
    """The pages of a PDF. Raises ReadingError."""
    with opened(path, limits) as document:
        for index in range(min(len(document), limits.max_pages_read)):
            yield _page(document, index, limits)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """A PDF with what was typed into its forms. Raises ReadingError."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise ReadingError("encrypted" if locked else "damaged") from None
    with document:
        if not len(document):
            raise ReadingError("damaged")
        if len(document) > limits.max_pages:
            raise ReadingError("too_many_pages")
        document.init_forms()  # so that what was typed into form fields is drawn
        yield document


def _page(document: pdfium.PdfDocument, index: int, limits: Limits) -> Page:
    try:
        page = document[index]
        dpi, pictures = resolution(page, limits)
        return Page(
            number=index + 1,
            of=len(document),
            image=_render(page, dpi),
            words=visible_words(page),
            pictures=pictures,
        )
    except pdfium.PdfiumError:
        raise ReadingError("damaged") from None


def resolution(page: pdfium.PdfPage, limits: Limits) -> tuple[float, float]:
    """Dots per inch of the page's scan, else what suits codes; and the share that pictures cover.

    Raises ReadingError for a picture of too many pixels: PDFium would leave it out without a word.
    """
    page_area = max(1.0, math.prod(page.get_size()))
    covered: defaultdict[int, float] = defaultdict(float)  # square points by resolution
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=FORM_DEPTH):
        width, height = picture.get_px_size()
        if width * height > limits.max_pixels:
            raise ReadingError("too_many_pixels")
        matrix = picture.get_matrix()
        across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        if across > 0 and down > 0:
            dpi = POINTS_PER_INCH * max(width / across, height / down)
            covered[round(min(max(dpi, MIN_DPI), MAX_DPI))] += across * down
    scans = [dpi for dpi, area in covered.items() if area >= SCAN_SHARE * page_area]
    return max(scans, default=CODE_DPI), min(1.0, sum(covered.values()) / page_area)


def _render(page: pdfium.PdfPage, dpi: float) -> Gray:
    """The page in gray; never larger than is safe, whatever size it claims."""
    most = math.sqrt(MAX_IMAGE_PIXELS / max(1.0, math.prod(page.get_size())))
    bitmap = page.render(scale=min(dpi / POINTS_PER_INCH, most), grayscale=True)
    image: Gray = bitmap.to_numpy().copy()
    bitmap.close()
    return image.reshape(image.shape[:2])
