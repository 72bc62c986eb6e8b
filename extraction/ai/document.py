"""A document as it is sent: the PDF itself, or its pages as pictures, within what providers take."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extraction.ai.errors import AiError
from extraction.errors import ReadingError
from extraction.intake import FileType, check_file
from extraction.limits import MIB, Limits
from extraction.reading import Reading

Jpeg = Callable[[int, int], bytes]
"""A page as JPEG by its number and the degrees to turn it clockwise. Raises ReadingError.

Made in a sandbox: strangers sent the file, and this process knows keys.
"""
MOST_BYTES = 14 * MIB
"""Of one document: Gemini takes requests of 20 MB, and base64 makes a third more of it."""
MOST_PAGES = 20
WHOLE_FILE_SPOILED = frozenset({"several_invoices", "pages_unread"})
"""Warnings on readings that are of a part of their file only."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file or a page of it; ``title`` tells the model what it is."""

    title: str
    media_type: str
    data: bytes


def parts(path: Path, local: Reading, jpeg: Jpeg, *, takes_pdf: bool) -> tuple[Part, ...]:
    """What is sent of a document that was read before: the pages of the invoice, upright.

    Raises AiError.
    """
    try:
        if takes_pdf and is_whole(path, local):
            return (Part("The document", "application/pdf", path.read_bytes()),)
        pages = tuple(
            Part(f"Page {page.number}", "image/jpeg", jpeg(page.number, page.rotation))
            for page in local.pages[:MOST_PAGES]
        )
    except ReadingError as error:
        raise AiError("unreadable" if error.permanent else "unopened") from error
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
