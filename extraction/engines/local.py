"""The offline reader: no network, no account, the same answer each time."""

import time
from functools import cached_property
from pathlib import Path

from extraction.evidence import Code
from extraction.layout import lay_out
from extraction.limits import Limits
from extraction.page_reader import PageReader
from extraction.reading import Reading
from extraction.report import report
from extraction.understand import understand

NAME = "local"


class LocalReader:
    """Reads documents on this machine; the models load once, with the first document."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    @cached_property
    def _pages(self) -> PageReader:
        return PageReader(self.limits)

    def read(self, path: Path) -> Reading:
        """The reading of a file. Raises ReadingError when it cannot be read."""
        started = time.monotonic()
        pages = list(self._pages.read(path))
        codes = [Code(code.text, page.text.number) for page in pages for code in page.codes]
        sheets = [lay_out(page.text, page.centres) for page in pages]
        found = understand(sheets, codes)
        return report(found, [page.text for page in pages], NAME, time.monotonic() - started)
