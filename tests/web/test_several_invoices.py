"""The page of an invoice that came in one file with others."""

import json
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from extraction.reading import PageText, ReadingWarning, Source
from invoice_processor.models import Batch, Invoice, InvoiceState
from invoice_processor.pipeline.run import process
from invoice_processor.services.deletion import delete
from invoice_processor.services.intake import Accepted, accept
from specimens import render_pdf, sample_invoice
from tests.conftest import incoming
from tests.invoice_processor.known import know, reading_of

PAPERS = (sample_invoice(11, e_invoice=False), sample_invoice(12, e_invoice=False))


def pile() -> bytes:
    """A file with a page for each paper, and a copy of the first one behind."""
    whole = pdfium.PdfDocument.new()
    for paper in (*PAPERS, PAPERS[0]):
        whole.import_pages(pdfium.PdfDocument(render_pdf(paper)))
    target = BytesIO()
    whole.save(target)
    return target.getvalue()


def page(number: int) -> PageText:
    return PageText(number=number, width=9, height=9, source=Source.PDF_TEXT)


@pytest.fixture
def invoices(batch: Batch) -> list[Invoice]:
    (taken,) = accept(batch, [incoming("pile.pdf", pile())])
    assert isinstance(taken, Accepted)
    several = (ReadingWarning(code="several_invoices", message="The file holds other invoices too."),)
    know(
        taken.invoice.document,
        reading_of(PAPERS[0], pages=(page(1), page(3)), warnings=several),
        reading_of(PAPERS[1], pages=(page(2),), warnings=several),
    )
    process(taken.invoice.pk)
    return list(Invoice.objects.order_by("first_page"))


def test_each_shows_its_own_pages_with_their_numbers_in_the_file(
    desk: Client, invoices: list[Invoice]
) -> None:
    for invoice, own in zip(invoices, ([1, 3], [2]), strict=True):
        told = json.loads(desk.get(f"/invoices/{invoice.pk}/pages/").content)
        assert [page["number"] for page in told["pages"]] == own
        assert told["of"] == 3
        assert desk.get(told["pages"][0]["picture"]).headers["Content-Type"] == "image/webp"


def test_each_leads_to_the_others(desk: Client, invoices: list[Invoice], user: User) -> None:
    first, second = invoices
    shown = desk.get(f"/invoices/{second.pk}/").content.decode()
    assert "One of 2 invoices in" in shown
    assert f'<a class="underline" href="/invoices/{first.pk}/">{first.number}, page 1</a>' in shown
    assert f'<span aria-current="page" class="font-semibold">{second.number}, page 2</span>' in shown
    assert "other invoices too" not in shown
    delete(second, user, timezone.now())
    assert "One of" not in desk.get(f"/invoices/{first.pk}/").content.decode()


def test_a_batch_counts_files_and_tells_how_many_invoices_they_held(
    desk: Client, invoices: list[Invoice], batch: Batch
) -> None:
    shown = desk.get(f"/batches/{batch.pk}/").content.decode()
    assert "2 invoices found in 1 file;" in shown
    assert "1 of 1 file<" in shown
    assert "2 invoices in 1 file ·" in desk.get("/batches/").content.decode()


def test_tray_tells_of_every_invoice_of_a_file(desk: Client, invoices: list[Invoice]) -> None:
    first, second = invoices
    Invoice.objects.filter(pk=first.pk).update(state=InvoiceState.CLEARED)
    Invoice.objects.filter(pk=second.pk).update(state=InvoiceState.NEEDS_REVIEW)
    (told,) = json.loads(desk.get(f"/invoices/states/?ids={first.pk}").content)["files"]
    assert told["text"] == "2 invoices: 1 cleared, 1 needs review"
    assert (told["tone"], told["url"]) == ("warn", f"/invoices/{second.pk}/")
    delete(second, User.objects.get(), timezone.now())
    (told,) = json.loads(desk.get(f"/invoices/states/?ids={first.pk}").content)["files"]
    assert told["text"] == "Cleared"
