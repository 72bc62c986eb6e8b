"""The way through a list of invoices, from one to the next."""

from dataclasses import dataclass

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
    return Neighbours(
        _first(rows_before(others, shown.sort, start, 1)),
        _first(first_rows(others, shown.sort, start, 1)),
        _first(first_rows(others.filter(decision=""), shown.sort, start, 1)),
    )


def _first(found: list[Invoice]) -> int | None:
    return found[0].pk if found else None


__all__ = ["Neighbours", "list_url", "neighbours"]
