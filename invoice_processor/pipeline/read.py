"""The first stage: what the document says."""

import atexit
import threading
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError

from extraction import READER_VERSION
from extraction.reading import Reading
from extraction.sandbox import SandboxedReader
from invoice_processor.models import Document, DocumentReading
from invoice_processor.prepared import Given, Select
from invoice_processor.storage import on_disk

own = threading.local()


def reader() -> SandboxedReader:
    """This thread's reader: its models are loaded once, in a child that a bad file can take down alone."""
    if not hasattr(own, "reader"):
        own.reader = SandboxedReader(settings.INVOICE_READER)
        atexit.register(own.reader.close)
    sandboxed: SandboxedReader = own.reader
    return sandboxed


class Found(NamedTuple):
    """What was read of one invoice in a document, and the row that keeps it."""

    kept: DocumentReading
    reading: Reading


def read(document: Document) -> list[Found]:
    """Read the invoices of a document, or recall what this engine read in it before; the first one first.

    Raises:
        ReadingError: the document cannot be read.
        IntegrityError: the document was deleted meanwhile.
    """
    engine = f"{settings.INVOICE_READER}@{READER_VERSION}"
    if known := recall(document, engine):
        return known
    with on_disk(document.file) as path:
        fresh = [Found(row(document, engine, reading), reading) for reading in reader().read_all(path)]
    fresh[0].kept.first_page = 1  # whatever stands in front of it belongs to it
    try:
        keep([found.kept for found in fresh])
    except IntegrityError:
        if known := recall(document, engine):  # another worker read the same bytes and was faster
            return known
        raise
    return fresh


def row(document: Document, engine: str, reading: Reading) -> DocumentReading:
    """A reading as a row."""
    begins = reading.pages[0].number if reading.pages else 1
    text = reading.model_dump_json()
    return DocumentReading(document=document, engine=engine, first_page=begins, reading=text)


def keep(rows: list[DocumentReading]) -> None:
    """Write the readings of a document, all or none."""
    if len(rows) == 1:  # the rule: without a transaction of its own
        rows[0].save(force_insert=True)
    else:
        DocumentReading.objects.bulk_create(rows)


KEPT = Select(
    DocumentReading.objects.filter(document_id=Given("document_id"), engine=Given("engine")).order_by(
        "first_page"
    )
)


def recall(document: Document, engine: str) -> list[Found]:
    """What an engine read in a document before."""
    rows = KEPT(document_id=document.pk, engine=engine)
    return [Found(kept, Reading.model_validate_json(kept.reading)) for kept in rows]
