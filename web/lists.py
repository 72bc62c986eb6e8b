"""Lists of invoices: their filters with counts."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.http import urlencode

from invoice_processor.models import Invoice
from invoice_processor.selectors.invoices import UNDER_WAY
from web.wording import FILTERS


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter to press, with the number of invoices behind it."""

    label: str
    count: int
    query: str
    current: bool


def chips(counts: dict[str, int], wanted: dict[str, Any]) -> list[Chip]:
    """The filters that have something behind them, and the one in use."""
    made = []
    for key, (label, states) in FILTERS.items():
        count = sum(counts.get(state, 0) for state in states)
        current = wanted["show"] == key
        if count or current or not key:
            query = {"show": key, "q": wanted["q"]}
            made.append(Chip(label, count, urlencode({k: v for k, v in query.items() if v}), current))
    return made


def filtered(invoices: "QuerySet[Invoice]", show: str) -> "QuerySet[Invoice]":
    """The invoices behind a filter."""
    return invoices.filter(state__in=FILTERS[show][1]) if show else invoices


def is_under_way(counts: dict[str, int]) -> bool:
    """Whether any of the counted invoices is not finished yet."""
    return any(counts.get(state) for state in UNDER_WAY)
