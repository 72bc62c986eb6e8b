"""Doing one thing to many invoices: each for itself, so that one that cannot be done stops none."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from invoice_processor.models import Invoice

MOST_AT_ONCE = 1000
"""While a person waits; the rest is theirs to ask for again."""


class Held(Exception):
    """Why something was not done to an invoice: a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many invoices it was done to, why not to others, and how many are left for another time."""

    done: int
    held: dict[str, int]  # reason -> invoices, the commonest first
    left: int


def for_each(invoices: "QuerySet[Invoice]", act: Callable[[Invoice], None]) -> Outcome:
    """Do something to each invoice, the oldest first; ``act`` raises Held where it cannot."""
    ids = list(invoices.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    held: Counter[str] = Counter()
    done = 0
    for pk in ids[:MOST_AT_ONCE]:
        invoice = Invoice.objects.filter(pk=pk).first()
        if invoice is None:
            continue
        try:
            act(invoice)
            done += 1
        except Held as reason:
            held[str(reason)] += 1
    left = invoices.count() - MOST_AT_ONCE if len(ids) > MOST_AT_ONCE else 0
    return Outcome(done, dict(held.most_common()), max(left, 0))
