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
    found = read(document)
    document.file.delete(save=False)
    document.refresh_from_db()
    assert read(document) == found


@pytest.mark.parametrize("invoices", [1, 3])
def test_threads_that_read_the_same_bytes_at_once_keep_one_reading_of_each_invoice(
    take: Take, invoices: int
) -> None:
    document = take(f"invoices {invoices}")[0].document

    def work() -> tuple[int, ...]:
        with closing(reader()):
            return tuple(found.kept.pk for found in read(document))

    (kept,) = set(at_once(work))
    assert len(kept) == DocumentReading.objects.count() == invoices


def test_a_document_deleted_under_way_is_read_once_and_no_more(document: Document) -> None:
    Invoice.objects.all().delete()
    Document.objects.all().delete()
    with pytest.raises(IntegrityError):
        read(document)
