"""The way through a list of invoices, from one to the next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Membership
from invoice_processor.models import Invoice
from invoice_processor.selectors.keyset import Sort, first_rows, place, rows_before
from web.lists import Listing, list_url, listing

Rows = Callable[["QuerySet[Invoice]", Sort, str, int], list[Invoice]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The invoices before and after one in a list; ``next`` is further down."""

    previous: int | None
    next: int | None


def neighbours(membership: Membership, query: str, invoice: Invoice) -> Neighbours:
    """What stands beside an invoice in the list with that address, whether or not it is still in the list."""
    shown = listing(membership.organisation, membership.user_id, query)
    above, below = (first_rows, rows_before) if is_upside_down(query) else (rows_before, first_rows)
    return Neighbours(_next(above, shown, invoice), _next(below, shown, invoice))


def next_undecided(membership: Membership, query: str, invoice: Invoice) -> int | None:
    """The first invoice further down on which nobody has decided."""
    shown = listing(membership.organisation, membership.user_id, query)
    return _next(rows_before if is_upside_down(query) else first_rows, shown, invoice, decision="")


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


def _next(rows: Rows, shown: Listing, invoice: Invoice, **only: str) -> int | None:
    others = shown.invoices().exclude(pk=invoice.pk).filter(**only)
    found = rows(others, shown.sort, place(invoice, shown.sort), 1)
    return found[0].pk if found else None
