"""A document as it is sent: the PDF itself, or its pages as pictures, within what providers take."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from extraction.ai.errors import AiError
from extraction.errors import ReadingError
from extraction.intake import FileType
from extraction.limits import MIB, Limits
from extraction.orientation import turned
from extraction.page import Gray, reduced
from extraction.pages import check_file, open_document
from extraction.reading import Reading

MOST_BYTES = 14 * MIB
"""Of one document: Gemini takes requests of 20 MB, and base64 makes a third more of it."""
MOST_PAGES = 20
PAGE_PIXELS = 4_000_000
"""A4 at 240 dpi: small print is legible, and no provider has to shrink it much."""
JPEG_QUALITY = 85
WHOLE_FILE_SPOILED = frozenset({"several_invoices", "pages_unread"})
"""Warnings on readings that are of a part of their file only."""

_decoding = threading.Lock()  # PDFium is not safe for threads


@dataclass(frozen=True, slots=True)
class Part:
    """A file or a page of it; ``title`` tells the model what it is."""

    title: str
    media_type: str
    data: bytes


def parts(path: Path, local: Reading, *, takes_pdf: bool) -> tuple[Part, ...]:
    """What is sent of a document that was read before: the pages of the invoice, upright.

    Raises AiError.
    """
    try:
        if takes_pdf and is_whole(path, local):
            return (Part("The document", "application/pdf", path.read_bytes()),)
        with _decoding:
            pages = tuple(pictures(path, local))
    except ReadingError as error:
        raise AiError("unreadable") from error
    if sum(len(page.data) for page in pages) > MOST_BYTES:
        raise AiError("too_large")
    return pages


def is_whole(path: Path, local: Reading) -> bool:
    """Whether a file can be sent as it is: a PDF of nothing but this invoice, all pages upright."""
    return (
        check_file(path, Limits()) is FileType.PDF
        and path.stat().st_size <= MOST_BYTES
        and not any(warning.code in WHOLE_FILE_SPOILED for warning in local.warnings)
        and all(page.rotation == 0 for page in local.pages)
        and len(local.pages) <= MOST_PAGES
    )


def pictures(path: Path, local: Reading) -> Iterator[Part]:
    """The pages of the reading as JPEG pictures, turned as the offline reader turned them."""
    turns = {page.number: page.rotation for page in local.pages[:MOST_PAGES]}
    for page in open_document(path, Limits()):
        if page.number in turns:
            image = turned(reduced(page.image, PAGE_PIXELS), turns[page.number])
            yield Part(f"Page {page.number}", "image/jpeg", jpeg(image))


def jpeg(image: Gray) -> bytes:
    """A picture as JPEG."""
    _, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return encoded.tobytes()
