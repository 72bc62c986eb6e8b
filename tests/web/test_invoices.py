"""The page of one invoice."""

from contextlib import closing

import pytest
from django.core.files.storage import storages
from django.test import Client

from invoice_processor.models import Document, Finding, InvoiceDuplicateLink, InvoiceState, JobState
from invoice_processor.pipeline.run import process
from invoice_processor.services.intake import Accepted, accept, open_batch
from tests.conftest import Take, incoming


def test_page_shows_fields_with_certainty_and_reason(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    process(invoice.pk)
    invoice.refresh_from_db()
    content = desk.get(f"/invoices/{invoice.pk}/").content.decode()
    for text in (invoice.number, "99 %", "Text of the PDF", "for tests", "1 Apr 2026", invoice.vendor_gstin):
        assert text in content
    assert "₹118.00" in content
    assert "4802" in content  # the line's HSN
    assert "Buyer GSTIN" in content
    assert "Not found" in content


def test_page_of_a_queued_invoice_waits_for_it(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    content = desk.get(f"/invoices/{invoice.pk}/").content.decode()
    assert f'hx-get="/invoices/{invoice.pk}/live/"' in content
    process(invoice.pk)
    assert "hx-get" not in desk.get(f"/invoices/{invoice.pk}/live/").content.decode()


def test_findings_say_what_to_do(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    Finding.objects.create(
        invoice=invoice,
        rule="total",
        severity="critical",
        title="The total is off",
        message="It does not add up.",
        field="grand_total",
        expected="1208075.00",
        found="n/a",
        advice="Ask the vendor.",
        source="Rule 46",
    )
    content = desk.get(f"/invoices/{invoice.pk}/").content.decode()
    for text in ("The total is off", "₹12,08,075.00", "n/a", "Ask the vendor.", "Rule 46", "Critical"):
        assert text in content


def test_duplicates_link_to_each_other(desk: Client, take: Take) -> None:
    first, second = take("", "")
    InvoiceDuplicateLink.objects.create(invoice=second, original=first, reason="same_number")
    later = desk.get(f"/invoices/{second.pk}/").content.decode()
    assert f'href="/invoices/{first.pk}/"' in later
    assert "the same vendor, number and financial year" in later
    assert f'href="/invoices/{second.pk}/"' in desk.get(f"/invoices/{first.pk}/").content.decode()


def test_failed_invoice_can_be_retried(desk: Client, take: Take) -> None:
    (invoice,) = take("refuse")
    process(invoice.pk)
    assert b'form="retry"' in desk.get(f"/invoices/{invoice.pk}/").content
    response = desk.post(f"/invoices/{invoice.pk}/retry/", follow=True)
    assert b"is in the queue again" in response.content
    invoice.job.refresh_from_db()
    assert invoice.job.state == JobState.QUEUED


def test_only_failed_invoices_are_retried(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    process(invoice.pk)
    response = desk.post(f"/invoices/{invoice.pk}/retry/", follow=True)
    assert b"Only an invoice that has failed can be retried" in response.content
    invoice.refresh_from_db()
    assert invoice.state != InvoiceState.QUEUED


def test_document_comes_in_a_cage_of_its_own(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    response = desk.get(f"/invoices/{invoice.pk}/document/")
    assert response.getvalue().startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{invoice.original_name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


def test_document_can_be_kept(desk: Client, take: Take) -> None:
    with closing(desk.get(f"/invoices/{take('')[0].pk}/document/?download")) as response:
        assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("kind", [b"II*\x00", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"])
def test_what_browsers_do_not_show_is_only_kept(desk: Client, take: Take, kind: bytes) -> None:
    batch = open_batch(take("")[0].organisation, None, "pictures", 1)
    (result,) = accept(batch, [incoming("photo", kind + bytes(64))])
    assert isinstance(result, Accepted)
    with closing(desk.get(f"/invoices/{result.invoice.pk}/document/")) as response:
        assert response["Content-Disposition"].startswith("attachment")


def test_document_that_is_gone_is_not_found(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    storages["documents"].delete(str(Document.objects.get().file.name))
    assert desk.get(f"/invoices/{invoice.pk}/document/").status_code == 404
