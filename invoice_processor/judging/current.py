"""Which reading of an invoice counts."""

from extraction.reading import Reading
from invoice_processor.models import AiJob, DocumentReading, Invoice, InvoiceVersion
from invoice_processor.prepared import Given, Select

VERSIONS = Select(
    InvoiceVersion.objects.filter(invoice_id=Given("invoice"))
    .order_by("-number")
    .values_list("reading", flat=True)[:1]
)


def current_reading(invoice: Invoice) -> Reading | None:
    """The latest version that a person made, else what was read; None where nothing was."""
    return version_of(invoice) or engine_reading(invoice)


def version_of(invoice: Invoice) -> Reading | None:
    """The invoice as a person corrected or typed it last."""
    for latest in VERSIONS(invoice=invoice.pk):
        return Reading.model_validate_json(latest)
    return None


def engine_reading(invoice: Invoice) -> Reading | None:
    """What both readers made of it where an AI model was asked, else what the offline reader read."""
    if invoice.reading_id is None:
        return None
    merged = AiJob.objects.filter(invoice_id=invoice.pk).values_list("reading_id", flat=True).first()
    kept = DocumentReading.objects.values_list("reading", flat=True).get(pk=merged or invoice.reading_id)
    return Reading.model_validate_json(kept)
