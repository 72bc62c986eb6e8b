"""Readings that are known already, so that a test needs no reader to say what it wants."""

from typing import Any

from django.conf import settings

from extraction import READER_VERSION
from extraction.reading import Reading
from gst.invoice import Invoice as Paper
from invoice_processor.models import Document, DocumentReading, Invoice
from invoice_processor.pipeline.run import process


def reading_of(paper: Paper, **changes: Any) -> Reading:
    """A sure reading of a paper."""
    values: dict[str, Any] = {"fields": {}, "confidence": 99, "engine": "test", "seconds": 0.0} | changes
    return Reading(invoice=paper, **values)


def know(document: Document, reading: Reading) -> None:
    """Let the reader in use have read a document before."""
    engine = f"{settings.INVOICE_READER}@{READER_VERSION}"
    DocumentReading.objects.update_or_create(
        document=document, engine=engine, defaults={"reading": reading.model_dump_json()}
    )


def processed(invoice: Invoice, paper: Paper) -> Invoice:
    """The invoice, once its file was read as that paper."""
    know(invoice.document, reading_of(paper))
    process(invoice.pk)
    invoice.refresh_from_db()
    return invoice
