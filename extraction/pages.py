"""A file to its pages, one after the other.

Sizes are checked before anything is decoded; still, a hostile file can cost any decoder more than it
announces. Open unknown documents only inside :mod:`extraction.sandbox`.
"""

from collections.abc import Iterator
from pathlib import Path

from extraction.errors import ReadingError
from extraction.intake import HEAD_BYTES, FileType, sniff
from extraction.limits import Limits
from extraction.page import Page
from extraction.pdf import pdf_pages
from extraction.pictures import picture_pages


def open_document(path: Path, limits: Limits) -> Iterator[Page]:
    """The pages of a file as they are needed. Raises ReadingError, at the latest with the page at fault."""
    kind = check_file(path, limits)
    return (pdf_pages if kind is FileType.PDF else picture_pages)(path, limits)


def check_file(path: Path, limits: Limits) -> FileType:
    """The type of a readable file. Raises ReadingError for empty, too large and foreign ones."""
    size = path.stat().st_size
    if size == 0:
        raise ReadingError("empty")
    if size > limits.max_bytes:
        raise ReadingError("too_large")
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD_BYTES))
    if kind is None or kind is FileType.ZIP:
        raise ReadingError("unsupported_type")
    return kind
