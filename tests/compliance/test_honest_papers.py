"""Correct paper raises no alarm, in whatever form, and whatever the reader missed of it."""

from dataclasses import replace
from random import Random
from typing import Any, TypeVar

import pytest

from compliance import engine
from compliance.context import Context
from compliance.findings import Finding, Severity
from compliance.score import Grade, Proof, score
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals
from specimens import sample_invoice
from tests.compliance.honest import (
    BILLED,
    FORMS,
    Form,
    surroundings,
    with_exclusive_prices,
    with_inclusive_amounts,
)

Piece = TypeVar("Piece", Invoice, Line, Totals, TaxAmounts, Party)
SEEDS = range(12)
WITH_TAX_IN_LINES = (with_inclusive_amounts, with_exclusive_prices)
PARTS_OF_SUMS = ("discount", "other_charges", "tcs")
NOT_FOUND = {"missing_invoice_number", "missing_invoice_date", "missing_grand_total", "missing_vendor_gstin"}


def alarms(invoice: Invoice, context: Context) -> list[str]:
    """Critical findings and warnings, with what they say."""
    found = engine.check(invoice, context=context)
    return [f"{each.rule}: {each.message}" for each in found if each.severity is not Severity.INFO]


@pytest.mark.parametrize("kind", BILLED)
@pytest.mark.parametrize("reverse_charge", [False, True])
def test_ordinary_papers_raise_no_alarm(kind: DocumentKind, reverse_charge: bool) -> None:
    for seed in range(60):
        invoice = sample_invoice(seed, kind=kind, reverse_charge=reverse_charge)
        assert alarms(invoice, surroundings(invoice)) == []


@pytest.mark.parametrize("form", FORMS)
def test_honest_forms_raise_no_alarm(form: Form) -> None:
    for seed in SEEDS:
        invoice = form(seed)
        assert alarms(invoice, surroundings(invoice)) == [], seed
        assert alarms(invoice, Context()) == [], seed


@pytest.mark.parametrize("form", [*FORMS, sample_invoice])
def test_what_the_reader_missed_accuses_nobody(form: Form) -> None:
    for seed in range(40):
        whole, chance = form(seed), Random(seed)
        found = alarms(half_read(whole, chance, all_lines=form in WITH_TAX_IN_LINES), surroundings(whole))
        assert {alarm.partition(":")[0] for alarm in found} <= NOT_FOUND, found


def half_read(invoice: Invoice, chance: Random, *, all_lines: bool) -> Invoice:
    """The paper as a reader sees it who misses a fifth of everything, whole lines included.

    Charges and discounts are read: without them a sum cannot be told from a wrong one.
    """
    lines = tuple(
        lose(line, chance, ("description",)) for line in invoice.lines if all_lines or chance.random() > 0.1
    )
    taxes = lose(invoice.totals.taxes, chance, ("cess",))
    totals = replace(lose(invoice.totals, chance, PARTS_OF_SUMS), taxes=taxes)
    return replace(
        lose(invoice, chance, ("kind", "currency", "lines", "totals", "vendor", "buyer", "references")),
        lines=lines,
        totals=totals,
        vendor=lose(invoice.vendor, chance),
        buyer=lose(invoice.buyer, chance),
    )


def lose(value: Piece, chance: Random, keep: tuple[str, ...] = ()) -> Piece:
    """A value without some of its fields."""
    names = [name for name in value.__slots__ if name not in (*keep, "taxes") and chance.random() < 0.2]
    lost: dict[str, Any] = dict.fromkeys(names)
    return replace(value, **lost)


def test_an_honest_verified_paper_is_healthy() -> None:
    for seed in range(60):
        invoice = sample_invoice(seed)
        found: tuple[Finding, ...] = engine.check(invoice, context=surroundings(invoice))
        whole = score(found, confidence=97, vendor=Proof.PORTAL)
        assert whole.grade is Grade.HEALTHY
        assert whole.value >= 9
