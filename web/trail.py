"""The way through a list of invoices, from one to the next."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from accounts.models import Organisation
from invoice_processor.models import Invoice
from invoice_processor.selectors.invoices import invoices_of
from invoice_processor.selectors.keyset import first_rows, place, rows_before
from web.lists import list_url, listing


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The invoices before and after one in a list; ``next`` is further down."""

    previous: int | None
    next: int | None
    next_undecided: int | None


def neighbours(organisation: Organisation, query: str, pk: int, user_id: int | None = None) -> Neighbours:
    """What stands beside an invoice in the list with that address, whether or not it is still in the list."""
    shown = listing(organisation, user_id or 0, query)
    start = place(invoices_of(organisation).get(pk=pk), shown.sort)
    others = shown.invoices().exclude(pk=pk)
    above, below = (first_rows, rows_before) if is_upside_down(query) else (rows_before, first_rows)
    return Neighbours(
        _first(above(others, shown.sort, start, 1)),
        _first(below(others, shown.sort, start, 1)),
        _first(below(others.filter(decision=""), shown.sort, start, 1)),
    )


def is_upside_down(query: str) -> bool:
    """Whether the list is the page of a batch, which shows its invoices in the order in which they came."""
    return "page" in QueryDict(query)


def back_url(query: str) -> str:
    """The list from which an invoice's page was reached."""
    asked = QueryDict(query)
    batch = asked.get("batch", "")
    if is_upside_down(query) and batch.isdecimal():
        return reverse("web:batch", args=[batch], query={"show": asked.get("show", "")})
    return list_url(query)


def _first(found: list[Invoice]) -> int | None:
    return found[0].pk if found else None
