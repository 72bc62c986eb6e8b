"""The offline reader: no network, no account, the same answer each time."""

import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from extraction.evidence import Code
from extraction.layout import lay_out
from extraction.limits import Limits
from extraction.merge import Group, invoices
from extraction.page_reader import PageReader, ReadPage
from extraction.reading import Reading
from extraction.report import notes_on, report
from extraction.understand import Understanding, understand

NAME = "local"


class LocalReader:
    """Reads documents on this machine; the models load once, with the first document."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    @cached_property
    def _pages(self) -> PageReader:
        return PageReader(self.limits)

    def read(self, path: Path) -> Reading:
        """The reading of a file; of several invoices in it, the first, with a warning that names the others.

        Raises ReadingError when the file cannot be read.
        """
        return self.read_all(path)[0]

    def read_all(self, path: Path) -> tuple[Reading, ...]:
        """A reading for each invoice in a file. Raises ReadingError when the file cannot be read."""
        started = time.monotonic()
        return readings(list(self._pages.read(path)), started)


def readings(pages: Sequence[ReadPage], started: float) -> tuple[Reading, ...]:
    """A reading for each invoice on the pages."""
    found = understood(pages)
    unread = pages[0].of - len(pages) if pages else 0
    return tuple(
        report(
            understanding,
            [page.text for page in pages if page.text.number in numbers_of(group)],
            NAME,
            time.monotonic() - started,
            tuple(notes_on(numbers_of_others(group, found), unread)),
        )
        for understanding, group in found
    )


def numbers_of_others(group: Group, found: Sequence[tuple[Understanding, Group]]) -> list[str]:
    """Numbers of the other invoices in the file."""
    return [other.number for u, other in found if other is not group and other.number and u.is_invoice]


def understood(pages: Sequence[ReadPage], *, with_codes: bool = True) -> list[tuple[Understanding, Group]]:
    """What each invoice on the pages says; papers that bill nothing come last."""
    codes = [Code(code.text, page.text.number) for page in pages for code in page.codes if with_codes]
    groups = invoices([lay_out(page.text, page.centres) for page in pages], codes) or [Group(None)]
    found = [(understand(group.sheets, group.codes), group) for group in groups]
    return sorted(found, key=lambda entry: not entry[0].is_invoice)


def numbers_of(group: Group) -> set[int]:
    """Numbers of the pages of a group."""
    return {sheet.number for sheet in group.sheets}
