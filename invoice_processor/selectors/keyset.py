"""Long lists by the page: what follows a known row, which is as fast on the last page as on the first."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page; ``next_start`` is the id of the first row of the page after it, None on the last one."""

    rows: list[Row]
    next_start: int | None


def page(rows: "QuerySet[Row]", start: int | None, *, newest_first: bool = True) -> Page[Row]:
    """The rows from the one with id ``start`` on, or the first ones."""
    if start is not None:
        rows = rows.filter(pk__lte=start) if newest_first else rows.filter(pk__gte=start)
    found = list(rows.order_by("-pk" if newest_first else "pk")[: PAGE_ROWS + 1])
    return Page(found[:PAGE_ROWS], found[PAGE_ROWS].pk if len(found) > PAGE_ROWS else None)
