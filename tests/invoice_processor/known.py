"""Readings that are known already, so that a test needs no reader to say what it wants."""

from typing import Any

from django.conf import settings
from django.db import transaction

from extraction import READER_VERSION
from extraction.reading import Reading
from gst.invoice import Invoice as Paper
from invoice_processor.judging.judge import judge, rejudge
from invoice_processor.models import (
    Document,
    DocumentReading,
    Invoice,
    InvoiceVersion,
    JobState,
    ProcessingJob,
)
from invoice_processor.pipeline.run import process


def reading_of(paper: Paper, **changes: Any) -> Reading:
    """A sure reading of a paper."""
    values: dict[str, Any] = {"fields": {}, "confidence": 99, "engine": "test", "seconds": 0.0} | changes
    return Reading(invoice=paper, **values)


def know(document: Document, *readings: Reading) -> None:
    """Let the reader in use have read a document before, with these invoices in it."""
    engine = f"{settings.INVOICE_READER}@{READER_VERSION}"
    for place, reading in enumerate(readings):
        DocumentReading.objects.update_or_create(
            document=document,
            engine=engine,
            first_page=reading.pages[0].number if place else 1,
            defaults={"reading": reading.model_dump_json()},
        )


def processed(invoice: Invoice, paper: Paper) -> Invoice:
    """The invoice, once its file was read as that paper."""
    know(invoice.document, reading_of(paper))
    process(invoice.pk)
    invoice.refresh_from_db()
    return invoice


def judged(invoice: Invoice, paper: Paper, **changes: Any) -> Invoice:
    """The invoice, judged by a reading of that paper as if its job had just read it."""
    reading = reading_of(paper, **changes)
    kept, _ = DocumentReading.objects.update_or_create(
        document=invoice.document, engine="test", defaults={"reading": reading.model_dump_json()}
    )
    with transaction.atomic():
        invoice.reading = kept
        judge(invoice, reading)
    ProcessingJob.objects.filter(invoice=invoice).update(state=JobState.DONE)
    invoice.refresh_from_db()
    return invoice


def corrected(invoice: Invoice, paper: Paper, **changes: Any) -> Invoice:
    """The invoice after a person made that paper of it."""
    InvoiceVersion.objects.create(
        invoice=invoice,
        number=invoice.versions.count() + 1,
        reading=reading_of(paper, **changes).model_dump_json(),
        changes=[],
    )
    rejudge(invoice.pk)
    invoice.refresh_from_db()
    return invoice
