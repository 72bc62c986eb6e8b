"""The way through a list of invoices, from one to the next."""

from dataclasses import dataclass

from accounts.models import Organisation
from invoice_processor.selectors.invoices import invoices_of
from web.lists import list_url


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The invoices before and after one in a list; ``next`` is further down."""

    previous: int | None
    next: int | None
    next_undecided: int | None


def neighbours(organisation: Organisation, query: str, pk: int) -> Neighbours:  # noqa: ARG001
    """What stands beside an invoice in the list with that query."""
    invoices = invoices_of(organisation).order_by("-pk").values_list("pk", flat=True)
    below = invoices.filter(pk__lt=pk)
    above = invoices_of(organisation).order_by("pk").values_list("pk", flat=True).filter(pk__gt=pk)
    return Neighbours(above.first(), below.first(), below.filter(decision="").first())


__all__ = ["Neighbours", "list_url", "neighbours"]
