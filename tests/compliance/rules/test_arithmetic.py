"""Whether figures agree: every planted fault is found, and rounding is none."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.arithmetic import central_and_state_tax_equal, lines_add_up, total_adds_up
from gst.invoice import Invoice, Line, TaxAmounts, Totals
from specimens import sample_invoice
from specimens.faults import wrong_total

seeds = st.integers(0, 9_000)
faults = st.decimals(Decimal(20_000), Decimal(10_000_000), places=2) | st.decimals(
    Decimal(-10_000_000), Decimal("-2.01"), places=2
)  # beyond rounding, and more than tax collected at source would be
roundings = st.decimals(Decimal(-1), Decimal(1), places=2)


def with_totals(invoice: Invoice, **changes: Decimal | TaxAmounts | None) -> Invoice:
    return replace(invoice, totals=replace(invoice.totals, **changes))  # type: ignore[arg-type]


@given(seeds, faults)
def test_a_wrong_total_is_found_with_both_figures(seed: int, by: Decimal) -> None:
    honest = sample_invoice(seed)
    (finding,) = total_adds_up(wrong_total(honest, by))
    assert finding.field == "grand_total"
    assert honest.totals.grand_total is not None
    assert Decimal(finding.expected) == honest.totals.grand_total
    assert Decimal(finding.found) == honest.totals.grand_total + by


@given(seeds, roundings)
def test_a_total_that_is_rounded_is_right(seed: int, by: Decimal) -> None:
    assert list(total_adds_up(wrong_total(sample_invoice(seed), by))) == []


def test_under_reverse_charge_the_tax_may_be_printed_and_not_billed() -> None:
    honest = sample_invoice(3, inter_state=True)
    taxable = honest.totals.taxable_value
    unbilled = replace(with_totals(honest, grand_total=taxable, round_off=None), reverse_charge=True)
    assert list(total_adds_up(unbilled)) == []
    assert list(total_adds_up(replace(unbilled, reverse_charge=False)))
    assert list(total_adds_up(replace(honest, reverse_charge=True))) == []


@pytest.mark.parametrize("unknown", ["taxable_value", "grand_total"])
def test_what_was_not_read_is_not_judged(unknown: str) -> None:
    paper = with_totals(wrong_total(sample_invoice(3)), **{unknown: None})
    assert list(total_adds_up(paper)) == []


@given(seeds, st.integers(1, 4))
def test_lines_that_make_far_too_much_are_found(seed: int, count: int) -> None:
    honest = sample_invoice(seed, line_count=count)
    taxable = honest.totals.taxable_value or Decimal(0)
    extra = 3 * taxable + Decimal("4987.31")  # neither a tax nor a usual discount
    (finding,) = lines_add_up(replace(honest, lines=(*honest.lines, Line(taxable_value=extra))))
    assert (finding.rule, finding.field) == ("lines_do_not_add_up", "taxable_value")
    assert (Decimal(finding.found), Decimal(finding.expected)) == (taxable, taxable + extra)


def test_lines_may_each_be_rounded() -> None:
    lines = tuple(Line(taxable_value=Decimal("100.49")) for _ in range(10))
    rounded = Invoice(
        kind=sample_invoice(1).kind, lines=lines, totals=Totals(taxable_value=Decimal("1000.00"))
    )
    assert list(lines_add_up(rounded)) == []


@pytest.mark.parametrize("lines", [(), (Line(taxable_value=Decimal(1)), Line(description="not read"))])
def test_lines_that_were_not_all_read_are_not_judged(lines: tuple[Line, ...]) -> None:
    assert list(lines_add_up(replace(sample_invoice(3), lines=lines))) == []


def test_a_discount_after_the_lines_is_taken_off() -> None:
    paper = Invoice(
        kind=sample_invoice(1).kind,
        lines=(Line(taxable_value=Decimal(1_000)),),
        totals=Totals(taxable_value=Decimal(900), discount=Decimal(100)),
    )
    assert list(lines_add_up(paper)) == []


@given(seeds, faults)
def test_central_and_state_tax_that_differ_are_found(seed: int, by: Decimal) -> None:
    honest = sample_invoice(seed, inter_state=False)
    taxes = honest.totals.taxes
    wrong = with_totals(honest, taxes=replace(taxes, sgst=(taxes.sgst or 0) + by))
    (finding,) = central_and_state_tax_equal(wrong)
    assert finding.rule == "cgst_differs_from_sgst"


@given(seeds)
def test_integrated_tax_alone_is_right(seed: int) -> None:
    assert list(central_and_state_tax_equal(sample_invoice(seed, inter_state=True))) == []
