"""Reading a document once an engine, for as many workers and invoices as ask for it."""

from contextlib import closing

import pytest
from django.db import IntegrityError

from invoice_processor.models import Document, DocumentReading, Invoice
from invoice_processor.pipeline.read import read, reader
from tests.conftest import Take
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def document(take: Take) -> Document:
    return take("")[0].document


def test_a_reading_is_recalled_and_the_file_not_needed_again(document: Document) -> None:
    first, reading = read(document)
    document.file.delete(save=False)
    document.refresh_from_db()
    assert read(document) == (first, reading)


def test_threads_that_read_the_same_bytes_at_once_keep_one_reading(document: Document) -> None:
    def work() -> int:
        with closing(reader()):
            return read(document)[0].pk

    assert len(set(at_once(work))) == 1
    assert DocumentReading.objects.count() == 1


def test_a_document_deleted_under_way_is_read_once_and_no_more(document: Document) -> None:
    Invoice.objects.all().delete()
    Document.objects.all().delete()
    with pytest.raises(IntegrityError):
        read(document)
