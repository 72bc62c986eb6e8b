"""How far uploaded files are, for the page's tray."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from invoice_processor.models import Batch, Invoice, InvoiceState
from invoice_processor.selectors.invoices import UNDER_WAY, invoices_of
from invoice_processor.selectors.progress import batch_progress
from web.desk import DeskRequest, member
from web.templatetags.desk import count, time_left
from web.wording import STATES

MOST = 100  # invoices in one question


@require_safe
@member
def states(request: DeskRequest) -> HttpResponse:
    """The states of some invoices in words, and how far the batch of the last one is."""
    ids = [int(pk) for pk in request.GET.get("ids", "").split(",") if pk.isdecimal() and len(pk) < 19]
    found = invoices_of(request.organisation).filter(pk__in=ids[:MOST])
    invoices = list(found.only("state", "batch").select_related("batch").order_by("pk"))
    return JsonResponse(
        {
            "invoices": [described(invoice) for invoice in invoices],
            "progress": progress(invoices[-1].batch) if invoices else "",
        }
    )


def described(invoice: Invoice) -> dict[str, object]:
    """One invoice as the tray shows it; ``ended`` tells that it need not be asked for again."""
    words = STATES[InvoiceState(invoice.state)]
    ended = invoice.state not in UNDER_WAY
    return {"id": invoice.pk, "text": words.label, "tone": words.tone, "ended": ended}


def progress(batch: Batch) -> str:
    """How far a batch is, in a few words."""
    counted = batch_progress(batch)
    words = f"{count(counted.ended)} of {count(counted.total)} read"
    return f"{words}, {time_left(counted.seconds_left)}" if counted.seconds_left else words
