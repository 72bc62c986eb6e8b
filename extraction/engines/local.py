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
from extraction.paise import with_paise
from extraction.reading import PageText, Reading
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
        """The reading of a file; of several invoices in it, the first. Raises ReadingError."""
        return self.read_all(path)[0]

    def read_all(self, path: Path) -> tuple[Reading, ...]:
        """A reading for each invoice in a file, in its order. Raises ReadingError if it cannot be read."""
        started = time.monotonic()
        return readings(list(self._pages.read(path)), started)


def readings(pages: Sequence[ReadPage], started: float) -> tuple[Reading, ...]:
    """A reading for each invoice on the pages, in the order of the file; each page stands in one of them."""
    found = understood(pages)
    shares = shared_out([page.text for page in pages], [group for _, group in found])
    named = [
        (u.invoice.number, share[0].number) for (u, _), share in zip(found, shares, strict=True) if share
    ]
    unread = pages[0].of - len(pages) if pages else 0
    seconds = (time.monotonic() - started) / len(found)
    return tuple(
        report(
            understanding, share, NAME, seconds, tuple(notes_on(named[:place] + named[place + 1 :], unread))
        )
        for place, ((understanding, _), share) in enumerate(zip(found, shares, strict=True))
    )


def understood(pages: Sequence[ReadPage], *, with_codes: bool = True) -> list[tuple[Understanding, Group]]:
    """What each invoice on the pages says; where there is none, the first of the other papers."""
    codes = [Code(code.text, page.text.number) for page in pages for code in page.codes if with_codes]
    sheets = [with_paise(lay_out(page.text, page.centres)) for page in pages]
    groups = invoices(sheets, codes) or [Group(None)]
    found = one_by_irn([(understand(group.sheets, group.codes), group) for group in groups])
    return [entry for entry in found if entry[0].is_invoice] or found[:1]


def one_by_irn(found: Sequence[tuple[Understanding, Group]]) -> list[tuple[Understanding, Group]]:
    """Copies of which one's number was misread, as one invoice: they have one IRN."""
    kept: list[tuple[Understanding, Group]] = []
    for understanding, group in found:
        irn = understanding.invoice.irn
        same = next((place for place, (u, _) in enumerate(kept) if irn and u.invoice.irn == irn), None)
        if same is None:
            kept.append((understanding, group))
        else:
            copies = kept[same][1].with_pages_of(group)
            kept[same] = (understand(copies.sheets, copies.codes), copies)
    return kept


def shared_out(pages: Sequence[PageText], groups: Sequence[Group]) -> list[list[PageText]]:
    """The pages of each invoice.

    Other papers go with the invoice before them, those in front with the first one.
    """
    owner = {sheet.number: place for place, group in enumerate(groups) for sheet in group.sheets}
    begins = [min((sheet.number for sheet in group.sheets), default=1) for group in groups]
    shares: list[list[PageText]] = [[] for _ in groups]
    for page in pages:
        before = max((place for place, begin in enumerate(begins) if begin <= page.number), default=0)
        shares[owner.get(page.number, before)].append(page)
    return shares
