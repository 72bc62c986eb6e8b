"""What lists of invoices show: filters, orders, grades and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template

from compliance.catalogue import entries
from compliance.findings import Severity
from gst.money import grouped
from invoice_processor.models import Decision, Grade
from invoice_processor.selectors.dashboard import Share
from invoice_processor.selectors.keyset import Sort
from web.lists import Listing, category
from web.wording import ACTIONS, DECISIONS, FORMATS, GRADES, SORTS, Wording

register = template.Library()


@register.filter
def grade(value: str) -> Wording:
    """The words for a health grade."""
    return GRADES[Grade(value)]


@register.filter
def decision(value: str) -> Wording:
    """The words for a decision."""
    return DECISIONS[Decision(value)]


@register.filter
def sort_label(sort: Sort) -> str:
    """The name of an order."""
    return SORTS[sort]


@register.simple_tag
def orders() -> dict[str, str]:
    """All orders of a list with their names."""
    return SORTS


@register.simple_tag
def formats() -> dict[str, str]:
    """The formats of an export with their names."""
    return FORMATS


@register.simple_tag
def changed(shown: Listing, **changes: Any) -> str:
    """The address of a list with some filters changed; an empty value takes a filter away."""
    return shown.query(**changes)


@register.filter
def carried(shown: Listing, left_out: str) -> list[tuple[str, Any]]:
    """What a form carries along so that the rest of the address stays; ``left_out`` is what it asks for."""
    own = {"start", *left_out.split(",")}
    pairs = ((name, value) for name, value in shown.asked.items() if name not in own)
    return [(name, "on" if value is True else value) for name, value in pairs]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a card: how long its bar is in percent of the longest, and the list behind it."""

    title: str
    invoices: int
    value: Decimal | None
    width: int
    tone: str
    query: str


@register.simple_tag
def bars(kind: str, shares: Iterable[Share], period: str) -> list[Bar]:
    """Shares as bars; ``kind`` names the filter that leads to each, ``period`` is the rest of its address."""
    rows = list(shares)
    sizes = [share.invoices if kind == "rule" else max(share.value, Decimal(0)) for share in rows]
    longest = max(sizes, default=0) or 1
    return [
        Bar(
            _title(kind, share),
            share.invoices,
            None if kind == "rule" else share.value,
            int(size * 100 / longest),
            _tone(kind, share),
            f"{kind}={share.key}&{'' if kind == 'rule' else 'spend=on&'}{period}",
        )
        for share, size in zip(rows, sizes, strict=True)
    ]


def _title(kind: str, share: Share) -> str:
    if kind == "rule":
        return entries()[share.key].title
    return category(share.key) if kind == "category" else share.name or share.key


def _tone(kind: str, share: Share) -> str:
    if kind != "rule":
        return "busy"
    return "bad" if entries()[share.key].severity is Severity.CRITICAL else "warn"


@register.filter
def short_money(amount: Decimal | None) -> str:
    """Rupees as people say them: ₹12.08 lakh, ₹3.4 crore; whole rupees below a lakh."""
    if amount is None:
        return "—"
    for size, name in ((10**7, "crore"), (10**5, "lakh")):
        if abs(amount) >= size:
            return f"₹{grouped(amount / size)} {name}"
    return f"₹{grouped(amount, 0)}"


@register.filter
def legend(text: str) -> list[list[str]]:
    """Tones and names, written as tone:name,tone:name."""
    return [pair.split(":") for pair in text.split(",")]


@register.filter
def action(name: str) -> str:
    """What somebody did, in words."""
    return ACTIONS.get(name, name.replace(".", " ").replace("_", " "))
