"""The samples must be beyond doubt, for every other test leans on them."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import gstin
from gst.invoice import DocumentKind, Invoice
from specimens import BUYERS, sample_invoice
from specimens.faults import billed_again, wrong_gstin, wrong_tax_head, wrong_total

KINDS = (
    DocumentKind.TAX_INVOICE,
    DocumentKind.BILL_OF_SUPPLY,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.DEBIT_NOTE,
    DocumentKind.RECEIPT,
)
LAWFUL_RATES = {Decimal(rate) for rate in (5, 18, 40)}

invoices = st.builds(
    sample_invoice,
    st.integers(0, 9_000),
    kind=st.sampled_from(KINDS),
    inter_state=st.sampled_from((None, True, False)),
    line_count=st.sampled_from((None, 1, 4, 30)),
    reverse_charge=st.booleans(),
)


def adds_up(invoice: Invoice) -> bool:
    totals = invoice.totals
    lines = sum((line.taxable_value or Decimal(0) for line in invoice.lines), Decimal(0))
    taxes = sum((line.taxes.total for line in invoice.lines), Decimal(0))
    charges = (totals.other_charges or 0) + (totals.tcs or 0) + (totals.round_off or 0)
    return (
        lines == totals.taxable_value
        and taxes == totals.taxes.total
        and lines + taxes + charges == totals.grand_total
    )


@given(invoices)
def test_every_sample_adds_up(invoice: Invoice) -> None:
    assert adds_up(invoice)
    assert abs(invoice.totals.round_off or Decimal(0)) <= Decimal("0.50")


@given(invoices)
def test_every_line_is_quantity_times_price_less_discount_and_taxed_at_its_rate(invoice: Invoice) -> None:
    for line in invoice.lines:
        assert line.taxable_value is not None
        if line.quantity is not None and line.unit_price is not None:
            exact = line.quantity * line.unit_price - (line.discount or 0)
            assert abs(line.taxable_value - exact) <= Decimal("0.005")
        if line.gst_rate is not None:
            assert line.gst_rate in LAWFUL_RATES
            assert abs(line.taxes.total - line.taxable_value * line.gst_rate / 100) <= Decimal("0.01")
        assert line.total == line.taxable_value + line.taxes.total


@given(invoices)
def test_both_parties_carry_a_valid_gstin_of_their_state(invoice: Invoice) -> None:
    for party in (invoice.vendor, invoice.buyer):
        assert party.gstin is not None
        assert gstin.is_valid(party.gstin)
        assert party.gstin[:2] == party.state_code


@given(invoices)
def test_the_tax_head_follows_the_place_of_supply(invoice: Invoice) -> None:
    taxes = invoice.totals.taxes
    if taxes.total and invoice.place_of_supply not in (None, invoice.vendor.state_code):
        assert taxes.cgst is None
        assert taxes.sgst is None
    elif taxes.total:
        assert taxes.igst is None
        assert taxes.cgst == taxes.sgst


@given(invoices)
def test_numbers_keep_rule_46(invoice: Invoice) -> None:
    assert re.fullmatch(r"[A-Z1-9][A-Z0-9/-]{0,15}", invoice.number or "")


@given(invoices)
def test_tax_is_printed_only_where_the_vendor_may_charge_it(invoice: Invoice) -> None:
    exempt = invoice.kind is DocumentKind.BILL_OF_SUPPLY or invoice.reverse_charge
    assert bool(invoice.totals.taxes.total) is not bool(exempt)


def test_the_same_seed_gives_the_same_invoice_and_other_seeds_give_others() -> None:
    first = [sample_invoice(seed) for seed in range(300)]
    assert first == [sample_invoice(seed) for seed in range(300)]
    assert len({(invoice.vendor.gstin, invoice.number) for invoice in first}) == 300
    assert len({(invoice.vendor.name, invoice.totals.grand_total) for invoice in first}) == 300


def test_the_drawn_invoices_are_varied() -> None:
    drawn = [sample_invoice(seed) for seed in range(200)]
    assert {None} < {invoice.irn for invoice in drawn}
    assert {True, False} == {invoice.totals.taxes.igst is None for invoice in drawn}
    assert {True, False} == {invoice.totals.round_off is None for invoice in drawn}
    assert any(line.discount for invoice in drawn for line in invoice.lines)
    assert any(line.description == "Freight and forwarding" for invoice in drawn for line in invoice.lines)
    assert any(len({line.gst_rate for line in invoice.lines}) >= 3 for invoice in drawn)
    assert any(invoice.totals.other_charges for invoice in drawn)
    assert {invoice.buyer for invoice in drawn} == set(BUYERS)


def test_a_vendor_can_be_kept_from_one_invoice_to_the_next() -> None:
    first = sample_invoice(1)
    second = sample_invoice(2, vendor=first.vendor, buyer=first.buyer)
    assert second.vendor == first.vendor
    assert second.number != first.number
    assert adds_up(second)


def test_an_irn_is_made_of_what_the_paper_says_in_the_end() -> None:
    drawn = sample_invoice(3, e_invoice=True)
    renamed = sample_invoice(3, e_invoice=True, number="A-1", date=dt.date(2026, 3, 31))
    assert re.fullmatch(r"[0-9a-f]{64}", renamed.irn or "")
    assert renamed.irn != drawn.irn


def test_a_credit_note_names_an_earlier_invoice() -> None:
    note = sample_invoice(4, kind=DocumentKind.CREDIT_NOTE)
    assert note.date is not None
    (amended,) = note.references
    assert amended.date is not None
    assert amended.date < note.date


@pytest.mark.parametrize("spoil", [wrong_total, wrong_gstin, wrong_tax_head, billed_again])
def test_a_planted_fault_changes_the_invoice(spoil: Callable[[Invoice], Invoice]) -> None:
    for seed in range(30):
        invoice = sample_invoice(seed)
        assert spoil(invoice) != invoice


def test_each_planted_fault_is_the_one_it_says() -> None:
    for seed in range(30):
        invoice = sample_invoice(seed)
        assert not adds_up(wrong_total(invoice))
        assert not gstin.is_valid(wrong_gstin(invoice).vendor.gstin or "")
        assert adds_up(wrong_tax_head(invoice))
        again = billed_again(invoice)
        assert re.sub(r"\W", "", again.number or "") == re.sub(r"\W", "", invoice.number or "")
        assert again.totals == invoice.totals
