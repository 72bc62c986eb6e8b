"""The page of one invoice: the document beside what was read in it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from invoice_processor.jobs import transitions
from invoice_processor.models import Invoice, InvoiceState
from invoice_processor.selectors.invoices import UNDER_WAY, invoices_of, with_everything
from web.desk import DeskRequest, member, uploader
from web.evidence import evidence
from web.live import Part, answer, live
from web.security import DOCUMENT_POLICY

SHOWN_BY_BROWSERS = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


@require_safe
@member
def invoice(request: DeskRequest, pk: int) -> HttpResponse:
    """One invoice."""
    invoice = get_object_or_404(with_everything(invoices_of(request.organisation)), pk=pk)
    context = {
        "invoice": invoice,
        "live": part(request, invoice).html,
        "is_picture": invoice.document.media_type.startswith("image/"),
        "is_shown": invoice.document.media_type in SHOWN_BY_BROWSERS,
    }
    return render(request, "web/invoice.html", context)


@require_safe
@member
def live_invoice(request: DeskRequest, pk: int) -> HttpResponse:
    """What was read and found, until the invoice is finished."""
    invoice = get_object_or_404(with_everything(invoices_of(request.organisation)), pk=pk)
    return answer(request, part(request, invoice))


def part(request: DeskRequest, invoice: Invoice) -> Part:
    """State, findings, fields and lines."""
    context = {"invoice": invoice, "evidence": evidence(invoice)}
    url = reverse("web:invoice-live", args=[invoice.pk])
    return live(request, "web/_invoice_live.html", context, url=url, on=invoice.state in UNDER_WAY)


@require_safe
@member
def document(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    """The file itself, in a page of its own that may do nothing; ``?download`` to keep it."""
    invoice = get_object_or_404(invoices_of(request.organisation).select_related("document"), pk=pk)
    try:
        content = invoice.document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is no longer in the storage.") from error
    known = invoice.document.media_type in SHOWN_BY_BROWSERS
    response = FileResponse(
        content,
        as_attachment="download" in request.GET or not known,
        filename=invoice.original_name,
        content_type=invoice.document.media_type,
    )
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
@uploader
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Process a failed invoice again."""
    invoice = get_object_or_404(invoices_of(request.organisation), pk=pk)
    if transitions.retry(invoices_of(request.organisation).filter(pk=pk, state=InvoiceState.FAILED)):
        messages.success(request, f"{invoice.original_name} is in the queue again.")
    else:
        messages.error(request, "Only an invoice that has failed can be retried.")
    return redirect("web:invoice", pk)
