"""Who billed whom."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from compliance.findings import Severity
from compliance.rules.identity import gstin_check_digits
from gst.invoice import Party
from specimens import sample_invoice
from specimens.faults import wrong_gstin


@given(st.integers(0, 9_000))
def test_a_gstin_with_a_wrong_check_character_is_found(seed: int) -> None:
    wrong = wrong_gstin(sample_invoice(seed))
    (finding,) = gstin_check_digits(wrong)
    assert (finding.rule, finding.severity, finding.field) == (
        "invalid_vendor_gstin",
        Severity.CRITICAL,
        "vendor_gstin",
    )
    assert finding.found == wrong.vendor.gstin


def test_each_party_is_judged_by_its_own() -> None:
    paper = replace(sample_invoice(3), buyer=Party(gstin="NOT A GSTIN"))
    assert [finding.rule for finding in gstin_check_digits(paper)] == ["invalid_buyer_gstin"]


def test_parties_without_a_gstin_are_not_judged() -> None:
    paper = replace(sample_invoice(3), vendor=Party(), buyer=Party(gstin=""))
    assert list(gstin_check_digits(paper)) == []
