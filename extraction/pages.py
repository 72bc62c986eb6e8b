"""A file to its pages, one after the other.

Sizes are checked before anything is decoded; still, a hostile file can cost any decoder more than it
announces. Open unknown documents only inside :mod:`extraction.sandbox`.
"""

from collections.abc import Iterator
from pathlib import Path

from extraction.intake import FileType, check_file
from extraction.limits import Limits
from extraction.page import Page
from extraction.pdf import pdf_pages
from extraction.pictures import picture_pages


def open_document(path: Path, limits: Limits) -> Iterator[Page]:
    """The pages of a file as they are needed. Raises ReadingError, at the latest with the page at fault."""
    kind = check_file(path, limits)
    return (pdf_pages if kind is FileType.PDF else picture_pages)(path, limits)
