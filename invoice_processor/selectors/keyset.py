"""Long lists by the page: what follows a known row, which is as fast on the last page as on the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from invoice_processor.models import Invoice

Row = TypeVar("Row", bound=Model)

PAGE_ROWS = 50
COUNTED_ROWS = 20
"""Of a list each of whose rows counts what belongs to it, such as batches."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page; ``next_start`` names the first row of the page after it, None on the last one."""

    rows: list[Row]
    next_start: "int | str | None"


def page(
    rows: "QuerySet[Row]", start: int | None, *, newest_first: bool = True, most: int = PAGE_ROWS
) -> Page[Row]:
    """At most so many rows from the one with id ``start`` on, or the first ones."""
    if start is not None:
        rows = rows.filter(pk__lte=start) if newest_first else rows.filter(pk__gte=start)
    found = list(rows.order_by("-pk" if newest_first else "pk")[: most + 1])
    return Page(found[:most], found[most].pk if len(found) > most else None)


class Sort(StrEnum):
    """The orders of a list of invoices; each has an index. Those without a value come last."""

    NEWEST = "newest"  # taken in last
    DATE = "date"  # latest invoice date
    TOTAL = "total"  # dearest
    HEALTH = "health"  # worst


_COLUMNS = {Sort.DATE: "date", Sort.TOTAL: "grand_total", Sort.HEALTH: "health_score"}


def sorted_page(invoices: "QuerySet[Invoice]", sort: Sort, start: str) -> Page[Invoice]:
    """A page of invoices; ``start`` is the invoice's id, or for other orders its value and id: 118.00~7."""
    found = first_rows(invoices, sort, start, PAGE_ROWS + 1)
    following = found[PAGE_ROWS] if len(found) > PAGE_ROWS else None
    return Page(found[:PAGE_ROWS], place(following, sort) if following else None)


def first_rows(invoices: "QuerySet[Invoice]", sort: Sort, start: str, most: int) -> list[Invoice]:
    """At most so many invoices from a place of the list on."""
    found: list[Invoice] = []
    for rows in _stretches(invoices, sort, start):
        found += rows[: most - len(found)]
        if len(found) == most:
            break
    return found


def rows_before(invoices: "QuerySet[Invoice]", sort: Sort, start: str, most: int) -> list[Invoice]:
    """At most so many invoices above a place of the list, the nearest first."""
    found: list[Invoice] = []
    for rows in _stretches_before(invoices, sort, start):
        found += rows[: most - len(found)]
        if len(found) == most:
            break
    return found


def _stretches(invoices: "QuerySet[Invoice]", sort: Sort, start: str) -> "Iterator[QuerySet[Invoice]]":
    """What follows a place, in pieces each of which is one stretch of an index."""
    if sort is Sort.NEWEST:
        yield (invoices.filter(pk__lte=int(start)) if start else invoices).order_by("-pk")
        return
    column, further = _COLUMNS[sort], "gt" if sort is Sort.HEALTH else "lt"
    value, _, pk = start.partition("~")
    missing = invoices.filter(**{f"{column}__isnull": True}).order_by("-pk")
    if start and not value:
        yield missing.filter(pk__lte=int(pk))
        return
    order = column if sort is Sort.HEALTH else f"-{column}"
    known = invoices.filter(**{f"{column}__isnull": False}).order_by(order, "-pk")
    if start:
        yield known.filter(**{column: value}, pk__lte=int(pk))
        known = known.filter(**{f"{column}__{further}": value})
    yield known
    yield missing


def _stretches_before(invoices: "QuerySet[Invoice]", sort: Sort, start: str) -> "Iterator[QuerySet[Invoice]]":
    """What stands above a place, from there upwards, in such pieces."""
    if sort is Sort.NEWEST:
        yield invoices.filter(pk__gt=int(start)).order_by("pk")
        return
    column, further = _COLUMNS[sort], "lt" if sort is Sort.HEALTH else "gt"
    value, _, pk = start.partition("~")
    order = f"-{column}" if sort is Sort.HEALTH else column
    known = invoices.filter(**{f"{column}__isnull": False}).order_by(order, "pk")
    if value:
        yield known.filter(**{column: value}, pk__gt=int(pk))
        yield known.filter(**{f"{column}__{further}": value})
        return
    yield invoices.filter(**{f"{column}__isnull": True}, pk__gt=int(pk)).order_by("pk")
    yield known


def is_place(start: str, sort: Sort) -> bool:
    """Whether a list in this order can start there: what stands in an address may be anything."""
    value, mark, _ = start.partition("~")
    if sort is Sort.NEWEST or not mark:
        return sort is Sort.NEWEST and not mark
    try:
        Invoice._meta.get_field(_COLUMNS[sort]).clean(value, None)  # type: ignore[union-attr]
    except ValidationError:
        return not value
    return True


def place(invoice: Invoice, sort: Sort) -> str:
    """Where an invoice stands in a list: what ``sorted_page`` starts from."""
    if sort is Sort.NEWEST:
        return str(invoice.pk)
    value = getattr(invoice, _COLUMNS[sort])
    return f"{'' if value is None else value}~{invoice.pk}"
