"""What can be done with many invoices at once, and how the outcome is told."""

import datetime as dt
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone

from invoice_processor.jobs import transitions
from invoice_processor.models import Invoice, InvoiceState
from invoice_processor.services import decisions, deletion
from invoice_processor.services.bulk import Held, Outcome, for_each
from web.desk import DeskRequest
from web.templatetags.desk import count

DONE = {
    "approve": "approved",
    "reject": "rejected",
    "retry": "in the queue again",
    "delete": "deleted",
    "restore": "brought back",
}


def act_on(
    request: DeskRequest, invoices: "QuerySet[Invoice]", action: str, *, reason: str, at: dt.datetime
) -> Outcome:
    """Do it to each of the invoices as far as it may be done."""
    if action == "retry":
        failed = invoices.filter(state=InvoiceState.FAILED)
        others = invoices.exclude(state=InvoiceState.FAILED).count()
        retried = transitions.retry(failed, request.user)
        return Outcome(retried, {"It has not failed.": others} if others else {}, 0)
    return for_each(invoices, _acts(request, reason, at)[action])


def _acts(request: DeskRequest, reason: str, at: dt.datetime) -> dict[str, Callable[[Invoice], None]]:
    membership, user = request.membership, request.user

    def approve(invoice: Invoice) -> None:
        decisions.approve(invoice, membership)

    def reject(invoice: Invoice) -> None:
        decisions.reject(invoice, membership, reason)

    def delete(invoice: Invoice) -> None:
        deletion.delete(invoice, user, at)

    def restore(invoice: Invoice) -> None:
        if not deletion.restore(invoice, user):
            raise Held("It is not deleted.")

    acts = {"approve": approve, "reject": reject, "delete": delete, "restore": restore}
    return {name: _telling(act) for name, act in acts.items()}


def _telling(act: Callable[[Invoice], None]) -> Callable[[Invoice], None]:
    """The same act, with every refusal as a reason why it was held."""

    def told(invoice: Invoice) -> None:
        try:
            act(invoice)
        except (decisions.Refused, deletion.NotDeletable) as refusal:
            raise Held(str(refusal)) from refusal

    return told


def in_words(action: str, outcome: Outcome) -> str:
    """The outcome as a sentence or two."""
    words = [f"{invoices(outcome.done)} {DONE[action]}."]
    if outcome.held:
        reasons = "; ".join(
            f"{reason.rstrip('.')} ({count(number)})" for reason, number in outcome.held.items()
        )
        words.append(f"{count(sum(outcome.held.values()))} not: {reasons}.")
    if outcome.left:
        words.append(f"{count(outcome.left)} are left: press again for the next.")
    return " ".join(words)


def invoices(number: int) -> str:
    """So many invoices."""
    return f"{count(number)} invoice{'' if number == 1 else 's'}"


def now() -> dt.datetime:
    """The moment by which everything deleted by one press is known."""
    return timezone.now()
