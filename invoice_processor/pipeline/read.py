"""The first stage: what the document says."""

import atexit
import threading

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


def read(document: Document) -> tuple[DocumentReading, Reading]:
    """Read a document, or recall what this engine read in it before.

    Raises:
        ReadingError: the document cannot be read.
        IntegrityError: the document was deleted meanwhile.
    """
    engine = f"{settings.INVOICE_READER}@{READER_VERSION}"
    if known := recall(document, engine):
        return known
    with on_disk(document.file) as path:
        reading = reader().read(path)
    fresh = DocumentReading(document=document, engine=engine, reading=reading.model_dump_json())
    try:
        fresh.save(force_insert=True)
    except IntegrityError:
        if known := recall(document, engine):  # another worker read the same bytes and was faster
            return known
        raise
    return fresh, reading


KEPT = Select(
    DocumentReading.objects.filter(document_id=Given("document_id"), engine=Given("engine")).order_by()
)


def recall(document: Document, engine: str) -> tuple[DocumentReading, Reading] | None:
    """What an engine read in a document before."""
    for kept in KEPT(document_id=document.pk, engine=engine):  # one at most
        return kept, Reading.model_validate_json(kept.reading)
    return None
