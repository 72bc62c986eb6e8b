"""The health score: its parts add up, its caps hold, and every lost point has a name."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue import Part, entries, finding
from compliance.context import Registration
from compliance.findings import Finding
from compliance.score import RUBRIC, WEIGHTS, Grade, HealthScore, Proof, is_fatal, proof_of_vendor, score
from gst.signed_qr import Verdict
from specimens import sample_invoice
from tests.compliance.honest import signed, surroundings

rules = st.lists(st.sampled_from(sorted(entries())), max_size=12)
confidences = st.none() | st.integers(0, 100)
FATAL = (
    *("qr_forged", "qr_of_test_system", "print_contradicts_qr_total", "print_contradicts_qr_vendor"),
    *("duplicate_same_file", "duplicate_same_irn", "duplicate_same_number"),
)


def found(*names: str) -> tuple[Finding, ...]:
    return tuple(finding(name, "Said by a test.") for name in names)


def perfect(*names: str) -> HealthScore:
    return score(found(*names), confidence=100, vendor=Proof.PORTAL)


def test_the_parts_have_the_weights_of_the_rubric() -> None:
    shares = {part: weight * 10 for part, weight in WEIGHTS.items()}
    assert shares == {
        Part.COMPLETENESS: 25,
        Part.VERIFICATION: 30,
        Part.COMPLIANCE: 25,
        Part.ANOMALY: 15,
        Part.QUALITY: 5,
    }


def test_nothing_wrong_is_ten() -> None:
    assert (perfect().value, perfect().grade, perfect().rubric) == (Decimal(10), Grade.HEALTHY, RUBRIC)
    assert all(not part.deductions for part in perfect().parts)


@given(rules, confidences, st.sampled_from(Proof))
def test_parts_less_their_deductions_add_up_exactly(
    names: list[str], confidence: int | None, vendor: Proof
) -> None:
    whole = score(found(*names), confidence=confidence, vendor=vendor)
    assert whole.value == sum(part.points for part in whole.parts)
    assert Decimal(0) <= whole.value <= 10
    assert whole.value == round(whole.value, 1)
    for part in whole.parts:
        assert part.points == part.weight - sum(lost.points for lost in part.deductions)
        assert part.points >= 0
        assert all(lost.points > 0 and lost.title for lost in part.deductions)


@given(rules, st.sampled_from(sorted(entries())))
def test_one_more_finding_never_helps(names: list[str], more: str) -> None:
    assert perfect(*names, more).value <= perfect(*names).value


@given(rules)
def test_deductions_name_findings_that_were_made(names: list[str]) -> None:
    named = {lost.rule for part in perfect(*names).parts for lost in part.deductions}
    assert named <= set(names)


@pytest.mark.parametrize("rule", FATAL)
def test_a_forgery_a_tampered_print_and_an_exact_duplicate_are_always_at_risk(rule: str) -> None:
    whole = perfect(rule)
    assert is_fatal(rule)
    assert (whole.grade, whole.value) == (Grade.AT_RISK, Decimal("4.9"))
    assert sum(lost.points for part in whole.parts for lost in part.deductions) == Decimal("5.1")


def test_a_score_below_the_cap_is_not_capped() -> None:
    worse = perfect(
        "duplicate_same_file", "invalid_vendor_gstin", "tax_on_bill_of_supply", "missing_vendor_gstin"
    )
    assert worse.value < Decimal("4.9")
    assert all("always" not in lost.title for part in worse.parts for lost in part.deductions)


@pytest.mark.parametrize(
    ("names", "grade"),
    [
        ((), Grade.HEALTHY),
        (("tds_likely", "credit_time_ends"), Grade.HEALTHY),
        (("invalid_vendor_gstin",), Grade.REVIEW),
        (("tax_on_bill_of_supply",), Grade.REVIEW),
        (("invalid_vendor_gstin", "tax_on_bill_of_supply"), Grade.AT_RISK),
    ],
)
def test_grades_follow_the_value(names: tuple[str, ...], grade: Grade) -> None:
    assert perfect(*names).grade is grade


def test_an_unverified_vendor_is_said_to_be_so_and_a_signed_code_is_half_a_proof() -> None:
    pending, from_list, from_qr, portal = (score((), confidence=100, vendor=proof) for proof in (
        Proof.PENDING, Proof.IMPORTED, Proof.SIGNED_QR, Proof.PORTAL
    ))  # fmt: skip
    assert pending.value < from_list.value == from_qr.value < portal.value
    (lost,) = pending.parts[list(Part).index(Part.VERIFICATION)].deductions
    assert lost.title == "The vendor's GSTIN is not yet verified"
    assert pending.grade is Grade.HEALTHY


def test_the_best_proof_of_the_vendor_counts() -> None:
    invoice = sample_invoice(3, e_invoice=True)
    known = surroundings(invoice)
    unverifiable = signed(invoice, Verdict.UNVERIFIABLE)
    assert proof_of_vendor(known) is Proof.PORTAL
    assert proof_of_vendor(replace(known, vendor=None)) is Proof.SIGNED_QR
    assert proof_of_vendor(replace(known, vendor=None, qr=unverifiable)) is Proof.PENDING
    claim = Registration(gstin=invoice.vendor.gstin or "", is_claim=True)
    assert proof_of_vendor(replace(known, vendor=claim)) is Proof.SIGNED_QR
    assert proof_of_vendor(replace(known, vendor=claim, qr=None)) is Proof.IMPORTED


def test_remarks_on_what_is_missing_count_and_other_remarks_do_not() -> None:
    assert perfect("missing_hsn").value == Decimal("9.8")
    assert perfect("round_amount").value == 10


@pytest.mark.parametrize(("confidence", "value"), [(100, "10.0"), (90, "9.9"), (60, "9.8"), (0, "9.5")])
def test_an_uncertain_reading_loses_up_to_half_a_point(confidence: int, value: str) -> None:
    assert score((), confidence=confidence, vendor=Proof.PORTAL).value == Decimal(value)
