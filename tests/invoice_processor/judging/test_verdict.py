"""From a reading and its findings to the state that a person sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Finding, Severity
from gst.invoice import INVOICE_KINDS, DocumentKind
from gst.invoice import Invoice as Paper
from invoice_processor.judging.verdict import verdict
from invoice_processor.models import InvoiceState
from tests.invoice_processor.known import reading_of

SURE, UNSURE = 95, 79
REVIEW_BELOW = 80


def finding(severity: Severity, rule: str = "wrong", title: str = "It is wrong") -> Finding:
    return Finding(rule=rule, severity=severity, title=title, message=f"{title}, really.", advice="Look.")


DUPLICATE = finding(Severity.CRITICAL, "duplicate_same_irn", "Taken in before")
CRITICAL = finding(Severity.CRITICAL)
WARNING = finding(Severity.WARNING, title="It is odd")
INFO = finding(Severity.INFO)


def state_of(
    *findings: Finding, kind: DocumentKind = DocumentKind.TAX_INVOICE, confidence: int | None = SURE
) -> tuple[InvoiceState, str]:
    reading = reading_of(Paper(kind=kind))
    return verdict(reading, findings, certainty=confidence, review_below=REVIEW_BELOW)


@pytest.mark.parametrize("findings", [(), (INFO,), (INFO, INFO)])
def test_nothing_serious_clears(findings: tuple[Finding, ...]) -> None:
    assert state_of(*findings) == (InvoiceState.CLEARED, "All checks passed.")


def test_every_serious_finding_is_named() -> None:
    assert state_of(CRITICAL, INFO, WARNING) == (InvoiceState.HAS_ANOMALIES, "It is wrong; It is odd")


def test_a_doubtful_reading_is_looked_at_before_its_findings_count() -> None:
    state, reason = state_of(CRITICAL, confidence=UNSURE)
    assert state == InvoiceState.NEEDS_REVIEW
    assert "79 %" in reason


def test_the_limit_itself_is_sure_enough() -> None:
    assert state_of(confidence=REVIEW_BELOW)[0] == InvoiceState.CLEARED


def test_what_a_person_has_typed_needs_no_second_look() -> None:
    assert state_of(confidence=None)[0] == InvoiceState.CLEARED
    assert state_of(WARNING, confidence=None)[0] == InvoiceState.HAS_ANOMALIES


def test_other_papers_are_named_for_what_they_are() -> None:
    kinds = sorted(set(DocumentKind) - INVOICE_KINDS)
    states, reasons = zip(*(state_of(CRITICAL, kind=kind, confidence=UNSURE) for kind in kinds), strict=True)
    assert set(states) == {InvoiceState.NOT_AN_INVOICE}
    assert len(set(reasons)) == len(kinds)
    assert all(reason.endswith(".") for reason in reasons)


@given(st.sampled_from(DocumentKind), st.integers(0, 100))
def test_a_duplicate_is_said_before_all_else(kind: DocumentKind, confidence: int) -> None:
    assert state_of(CRITICAL, DUPLICATE, kind=kind, confidence=confidence) == (
        InvoiceState.HAS_ANOMALIES,
        "Taken in before, really.",
    )
