"""Writing down what was read: whatever a reader makes of a bad scan finds room."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gst.invoice import DocumentKind, Line, Party, TaxAmounts, Totals
from gst.invoice import Invoice as Paper
from invoice_processor.models import Invoice, InvoiceState, JobState, ProcessingJob
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import processed

pytestmark = pytest.mark.django_db

texts = st.none() | st.text(st.characters(codec="utf-8"), max_size=400)
figures = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.decimals(-10, 10)
parties = st.builds(Party, name=texts, gstin=texts, address=texts, state_code=texts)
taxes = st.builds(TaxAmounts, cgst=figures, sgst=figures, igst=figures, cess=figures)
lines = st.builds(
    Line,
    description=texts,
    hsn_sac=texts,
    quantity=figures,
    unit=texts,
    unit_price=figures,
    taxable_value=figures,
    gst_rate=figures,
    taxes=taxes,
)
totals = st.builds(Totals, taxable_value=figures, taxes=taxes, round_off=figures, grand_total=figures)
papers = st.builds(
    Paper,
    kind=st.sampled_from(DocumentKind),
    number=texts,
    date=st.none() | st.dates(),
    vendor=parties,
    buyer=parties,
    place_of_supply=texts,
    currency=st.text(st.characters(codec="utf-8"), max_size=5),
    lines=st.lists(lines, max_size=3).map(tuple),
    totals=totals,
    irn=texts,
)


@given(paper=papers)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_reading_can_be_written_down(take: Take, paper: Paper) -> None:
    Invoice.objects.all().delete()
    (invoice,) = take("")
    assert processed(invoice, paper).state in set(InvoiceState) - {InvoiceState.QUEUED, InvoiceState.FAILED}


def test_the_columns_say_what_was_read(take: Take) -> None:
    paper = sample_invoice(11, inter_state=True, e_invoice=True, line_count=3)
    invoice = processed(take("")[0], paper)
    assert (invoice.kind, invoice.number, invoice.date) == (paper.kind, paper.number, paper.date)
    assert (invoice.vendor_name, invoice.vendor_gstin) == (paper.vendor.name, paper.vendor.gstin)
    assert (invoice.buyer_name, invoice.buyer_gstin) == (paper.buyer.name, paper.buyer.gstin)
    assert (invoice.irn, invoice.place_of_supply) == (paper.irn, paper.place_of_supply)
    assert (invoice.taxable_value, invoice.igst) == (paper.totals.taxable_value, paper.totals.taxes.igst)
    assert (invoice.cgst, invoice.grand_total) == (None, paper.totals.grand_total)
    assert [(line.description, line.quantity, line.amount) for line in invoice.lines.all()] == [
        (line.description, line.quantity, line.taxable_value) for line in paper.lines
    ]


def test_a_figure_beyond_all_reason_is_left_out_and_the_rest_is_kept(take: Take) -> None:
    paper = sample_invoice(11)
    absurd = replace(paper, totals=replace(paper.totals, grand_total=Decimal(10) ** 16))
    invoice = processed(take("")[0], absurd)
    assert (invoice.grand_total, invoice.taxable_value) == (None, paper.totals.taxable_value)
    assert invoice.state == InvoiceState.HAS_ANOMALIES


def test_text_that_databases_refuse_is_cleaned(take: Take) -> None:
    paper = replace(sample_invoice(11), vendor=Party(name="Asha\x00 Stationers", gstin="27AAPFU0939F1ZV"))
    assert processed(take("")[0], paper).vendor_name == "Asha Stationers"


def test_reading_again_replaces_lines_and_findings(take: Take) -> None:
    (invoice,) = take("")
    processed(invoice, sample_invoice(11, line_count=4, number=None))
    ProcessingJob.objects.update(state=JobState.QUEUED)
    paper = sample_invoice(12, line_count=2, date=date(2026, 5, 1))
    processed(invoice, paper)
    assert invoice.lines.count() == len(paper.lines)
    assert list(invoice.findings.all()) == []
    assert invoice.state == InvoiceState.CLEARED
