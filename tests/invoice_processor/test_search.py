"""Finding invoices by what a person remembers of them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst.invoice import DocumentKind, Party
from gst.invoice import Invoice as Paper
from invoice_processor import search
from invoice_processor.models import Invoice
from tests.conftest import Take
from tests.invoice_processor.known import corrected, processed
from tests.invoice_processor.papers import finished, with_line


@pytest.fixture
def paper(take: Take) -> Invoice:
    others = take("", "", "")
    for other in others[1:]:
        finished(other, number="ZZ/1", vendor_name="Somebody", grand_total=Decimal(5))
    invoice = finished(
        others[0],
        number="INV/2025-26/0042",
        vendor_name="Kaveri Packaging (हिन्दी) Pvt. Ltd.",
        vendor_gstin="29AAGCB7383J1Z4",
        grand_total=Decimal("1234075.50"),
    )
    return with_line(invoice, description="Corrugated boxes, 5 ply", hsn_sac="481910")


@pytest.mark.parametrize(
    "text",
    [
        *("INV/2025-26/0042", "inv/2025", "0042", "42", "inv2025260042", "2025-26/0042"),
        *("kaveri", "KAVERI pack", "packaging kaveri", "हिन्दी", "हिन्"),
        *("29AAGCB7383J1Z4", "29aagcb", "AAGCB7383J"),
        *("12,34,075.50", "₹12,34,075.50", "1234075", "1234075.50", "12,34,075"),
        *("corrugated", "boxes 481910", "5 ply", "0.pdf"),
    ],
)
def test_is_found_by_what_stands_on_it(paper: Invoice, text: str) -> None:
    assert list(search.found(Invoice.objects.all(), text)) == [paper]


@pytest.mark.parametrize("text", ["nothing", "kaveri nothing", "%", "'", '"', "12,08,076", " ", "veri", "*"])
def test_is_not_found_by_anything_else(paper: Invoice, text: str) -> None:
    assert list(search.found(Invoice.objects.all(), text)) == []


@given(st.text(max_size=60))
@pytest.mark.django_db
def test_any_text_is_a_question_that_the_database_understands(text: str) -> None:
    assert list(search.found(Invoice.objects.all(), text)) == []


@given(st.text(max_size=60))
def test_what_is_split_is_split_for_good(text: str) -> None:
    words = search.split(text)
    assert search.split(" ".join(words)) == words


def test_words_follow_a_correction(take: Take) -> None:
    (invoice,) = take("")
    first = Paper(kind=DocumentKind.TAX_INVOICE, number="OLD/9", vendor=Party(name="Alpha"))
    processed(invoice, first)
    assert list(search.found(Invoice.objects.all(), "alpha old")) == [invoice]
    corrected(invoice, replace(first, vendor=Party(name="Omega")))
    assert list(search.found(Invoice.objects.all(), "omega")) == [invoice]
    assert not search.found(Invoice.objects.all(), "alpha").exists()


def test_a_file_is_found_before_it_is_read(take: Take) -> None:
    invoices = take("", "")
    assert list(search.found(Invoice.objects.all(), "1.pdf")) == [invoices[1]]


def test_words_go_with_the_invoice(paper: Invoice) -> None:
    paper.delete()
    assert not search.found(Invoice.objects.all(), "kaveri").exists()


def test_no_word_is_empty_whatever_stands_for_a_gstin() -> None:
    found = search.words(Invoice(vendor_gstin="00  ", number="0-", original_name="scan.pdf"), [])
    assert "" not in found.split(" ")
