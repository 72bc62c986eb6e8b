"""All rules together: silent on honest papers, and none can stop the others."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import engine
from compliance.duplicates import Reason, Repeat
from compliance.findings import Finding, Severity
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals
from specimens import sample_invoice
from specimens.faults import wrong_gstin, wrong_total

BILLED = (
    DocumentKind.TAX_INVOICE,
    DocumentKind.BILL_OF_SUPPLY,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.DEBIT_NOTE,
    DocumentKind.RECEIPT,
)
texts = st.none() | st.text(max_size=20)
figures = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
taxes = st.builds(TaxAmounts, cgst=figures, sgst=figures, igst=figures, cess=figures)
scribbles = st.builds(
    Invoice,
    kind=st.sampled_from(DocumentKind),
    number=texts,
    vendor=st.builds(Party, gstin=texts),
    buyer=st.builds(Party, gstin=texts),
    reverse_charge=st.none() | st.booleans(),
    lines=st.lists(st.builds(Line, taxable_value=figures), max_size=3).map(tuple),
    totals=st.builds(
        Totals, taxable_value=figures, taxes=taxes, round_off=figures, discount=figures, grand_total=figures
    ),
)


def rules(findings: tuple[Finding, ...]) -> list[str]:
    """What is wrong; remarks are left out."""
    return [finding.rule for finding in findings if finding.severity is not Severity.INFO]


@given(st.integers(0, 9_000), st.sampled_from(BILLED), st.booleans())
def test_an_honest_paper_has_remarks_at_most(seed: int, kind: DocumentKind, reverse_charge: bool) -> None:
    assert rules(engine.check(sample_invoice(seed, kind=kind, reverse_charge=reverse_charge))) == []


@given(scribbles)
def test_whatever_was_read_is_judged_and_no_rule_fails(paper: Invoice) -> None:
    found = engine.check(paper)
    assert "rule_failed" not in rules(found)
    assert all(finding.title and finding.message.endswith(".") and finding.advice for finding in found)


def test_several_faults_are_all_found() -> None:
    paper = wrong_gstin(wrong_total(sample_invoice(3)))
    assert set(rules(engine.check(paper))) == {"invalid_vendor_gstin", "total_does_not_add_up"}


def test_a_rule_that_crashes_is_a_finding_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(invoice: Invoice) -> Iterator[Finding]:
        yield Finding(rule="half", severity=Severity.INFO, title="Half", message="Half.", advice="None.")
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "RULES", (broken, *engine.RULES))
    failed, *others = engine.check(wrong_total(sample_invoice(3)))
    assert (failed.rule, failed.severity) == ("rule_failed", Severity.WARNING)
    assert failed.message == "The check broken stopped with ZeroDivisionError."
    assert [finding.rule for finding in others] == ["total_does_not_add_up"]


def test_a_repeat_is_found_beside_the_other_faults() -> None:
    repeats = (Repeat(1, "INV/1", Reason.SAME_NUMBER),)
    found = engine.check(wrong_total(sample_invoice(3), by=Decimal(500)), repeats)
    assert rules(found) == ["total_does_not_add_up", "duplicate_same_number"]
