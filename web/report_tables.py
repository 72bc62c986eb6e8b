"""Reports as a page shows them: in words, and each row with the way to what is behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from invoice_processor.selectors.filters import Days
from invoice_processor.selectors.reports import Cell, Kind, Report, Row
from web.templatetags.desk import money, number, state_name

NOTHING = "—"
FIGURES = (Kind.MONEY, Kind.NUMBER)
PAGES = {"invoice": "web:invoice", "duplicate": "web:compare", "vendor": "web:vendor"}
FILTERS = {"finding": "rule", "code": "category"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A heading or a cell; ``below`` is what the next column says, in smaller letters."""

    text: str
    kind: Kind
    below: str = ""
    url: str = ""  # of what the row is about

    @property
    def is_figure(self) -> bool:
        return self.kind in FIGURES

    @property
    def is_nothing(self) -> bool:
        return self.text == NOTHING


def headings(report: Report) -> list[Shown]:
    """The columns' names."""
    return _stacked((label, kind) for label, kind in report.columns)


def lines(report: Report, rows: Iterable[Row], days: Days) -> list[list[Shown]]:
    """The rows."""
    return [_line(report, row, days) for row in rows]


def totals(report: Report) -> list[Shown]:
    """What stands below the rows, if anything does."""
    return _cells(report, report.totals) if report.totals else []


def behind(leads_to: str, key: Cell, days: Days) -> str:
    """The address of what a row is about; empty where there is no such page."""
    if not key:
        return ""
    if leads_to in PAGES:
        return reverse(PAGES[leads_to], args=[key])
    ends: dict[str, Any] = {"dated_from": days.first, "dated_to": days.last}
    dated = {name: day for name, day in ends.items() if day}
    return f"{reverse('web:inbox')}?{urlencode({FILTERS[leads_to]: key, 'spend': 'on'} | dated)}"


def _line(report: Report, row: Row, days: Days) -> list[Shown]:
    if not report.leads_to:
        return _cells(report, row)
    cells = _cells(report, row[1:])
    named = next(place for place, cell in enumerate(cells) if cell.kind is Kind.TEXT)
    url = behind(report.leads_to, row[0], days)
    cells[named] = replace(cells[named], url=url, text=cells[named].text or NOTHING)
    return cells


def _cells(report: Report, cells: Row) -> list[Shown]:
    kinds = [kind for _, kind in report.columns]
    return _stacked((_text(cell, kind), kind) for cell, kind in zip(cells, kinds, strict=True))


def _stacked(texts: Iterable[tuple[str, Kind]]) -> list[Shown]:
    shown: list[Shown] = []
    for text, kind in texts:
        if kind in (Kind.BELOW, Kind.STATE):
            shown[-1] = replace(shown[-1], below=text)
        else:
            shown.append(Shown(text, kind))
    return shown


def _text(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, date):
        return date_format(cell, "j M Y")
    if kind is Kind.MONEY:
        return money(Decimal(cell)) if cell else NOTHING
    if kind is Kind.NUMBER:
        return "" if cell is None else number(Decimal(cell))
    text = "" if cell is None else str(cell)
    return state_name(text) if kind is Kind.STATE else text
