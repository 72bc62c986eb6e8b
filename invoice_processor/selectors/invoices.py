"""Questions about the invoices of an organisation."""

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import Organisation
from invoice_processor.models import Batch, Invoice, InvoiceDuplicateLink, InvoiceState

UNDER_WAY = (InvoiceState.QUEUED, InvoiceState.PROCESSING)


def invoices_of(organisation: Organisation) -> "QuerySet[Invoice]":
    """All invoices that members of the organisation may see."""
    return Invoice.objects.filter(organisation=organisation)


def invoices_in(batch: Batch) -> "QuerySet[Invoice]":
    """The invoices of a batch."""
    return Invoice.objects.filter(batch=batch)


def matching(invoices: "QuerySet[Invoice]", text: str) -> "QuerySet[Invoice]":
    """Those whose number, vendor, GSTIN or file name contains the text, in any case."""
    if not text:
        return invoices
    return invoices.filter(
        Q(number__icontains=text)
        | Q(vendor_name__icontains=text)
        | Q(vendor_gstin__icontains=text)
        | Q(original_name__icontains=text)
    )


def counts_by_state(invoices: "QuerySet[Invoice]") -> dict[str, int]:
    """How many invoices are in each state, in one query; states without any are left out."""
    return dict(invoices.order_by().values_list("state").annotate(count=Count("pk")))


def with_everything(invoices: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
    """Fetch along what the page of one invoice shows."""
    links = InvoiceDuplicateLink.objects
    return invoices.select_related("batch", "document", "reading", "job").prefetch_related(
        "lines",
        "findings",
        Prefetch("duplicate_of", links.select_related("original").order_by("original_id")),
        Prefetch("duplicates", links.select_related("invoice").order_by("invoice_id")),
    )
