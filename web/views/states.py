"""How far uploaded files are, for the page's tray."""

from collections import Counter
from collections.abc import Sequence

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from invoice_processor.models import Batch, Invoice, InvoiceState
from invoice_processor.selectors.invoices import UNDER_WAY, further_in, invoices_of
from invoice_processor.selectors.progress import batch_progress
from web.desk import DeskRequest, member
from web.templatetags.desk import count, time_left
from web.wording import STATES

MOST = 100  # files in one question
TONES = ("plain", "good", "busy", "warn", "bad")  # the worse, the later


@require_safe
@member
def states(request: DeskRequest) -> HttpResponse:
    """The states of some files in words, and how far the batch of the last one is."""
    ids = [int(pk) for pk in request.GET.get("ids", "").split(",") if pk.isdecimal() and len(pk) < 19]
    found = invoices_of(request.organisation).filter(pk__in=ids[:MOST])
    firsts = list(found.only("state", "batch", "document_id").select_related("batch").order_by("pk"))
    further = further_in(firsts)
    return JsonResponse(
        {
            "files": [described([one, *further.get((one.batch_id, one.document_id), ())]) for one in firsts],
            "progress": progress(firsts[-1].batch) if firsts else "",
        }
    )


def described(invoices: Sequence[Invoice]) -> dict[str, object]:
    """A file as the tray shows it, with the way to its worst invoice; ``id`` is that of its first.

    ``ended`` tells that it need not be asked for again.
    """
    worst = max(invoices, key=lambda invoice: TONES.index(STATES[InvoiceState(invoice.state)].tone))
    labels = Counter(STATES[InvoiceState(invoice.state)].label for invoice in invoices)
    parts = ", ".join(f"{number} {label.lower()}" for label, number in labels.items())
    return {
        "id": invoices[0].pk,
        "text": f"{len(invoices)} invoices: {parts}" if len(invoices) > 1 else next(iter(labels)),
        "tone": STATES[InvoiceState(worst.state)].tone,
        "url": reverse("web:invoice", args=[worst.pk]),
        "ended": invoices[0].state not in UNDER_WAY,
    }


def progress(batch: Batch) -> str:
    """How far a batch is, in a few words."""
    counted = batch_progress(batch)
    words = f"{count(counted.ended)} of {count(counted.total)} read"
    return f"{words}, {time_left(counted.seconds_left)}" if counted.seconds_left else words
