"""Near duplicates: what is likely one paper, and what is only a similar one."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import engine
from compliance.duplicates import Reason, Repeat
from compliance.history import Bill
from compliance.likeness import differs_by_one, likeness, near_repeats
from gst.invoice import DocumentKind
from specimens import make_gstin, sample_invoice

GSTIN = make_gstin("27", "XQCFS4711K")
BILL = Bill(
    id=1,
    name="KRM/25-26/197",
    vendor_gstin=GSTIN,
    vendor_name="Tarangini Traders",
    number="KRM/25-26/197",
    date=dt.date(2025, 8, 20),
    total=Decimal("12080.75"),
)


def other(**changes: Any) -> Bill:
    changed: dict[str, Any] = {"id": 2, "name": "the other"} | changes
    return replace(BILL, **changed)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "same number"),
        ({"number": "krm-197"}, "same number"),
        ({"number": "KRM/25-26/I97"}, "numbers that look alike"),
        ({"number": "KRM/25-26/197A"}, "number with something added"),
        ({"number": "KRM/25-26/147"}, "numbers differ by one character"),
        ({"number": "4471", "date": dt.date(2025, 8, 20)}, "same date"),
        ({"number": "4471", "date": dt.date(2025, 8, 28)}, "dates 8 days apart"),
        ({"number": None, "date": dt.date(2025, 8, 21)}, "dates 1 day apart"),
        ({"date": None}, "same number"),
        ({"date": dt.date(2026, 5, 1), "number": "KRM/197"}, "same number"),
        ({"vendor_gstin": None}, "same number"),
        ({"vendor_gstin": make_gstin("29", "XQCFS4711K")}, "same number"),
        ({"total": Decimal(12081)}, "same number"),
    ],
)
def test_what_may_be_the_same_paper_is_found_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    near = likeness(BILL, other(**changes))
    assert near
    assert reason in near.reasons
    assert 50 <= near.likeness <= 99


@pytest.mark.parametrize(
    "changes",
    [
        {"total": Decimal("13080.75")},
        {"vendor_gstin": make_gstin("27", "XQCFS4712K")},
        {"vendor_gstin": None, "vendor_name": "Meghvarsha Foods"},
        {"number": "4471", "date": dt.date(2025, 9, 20)},
        {"number": "KRM/25-26/198", "date": dt.date(2025, 8, 23)},
        {"number": "KRM/25-26/198", "date": dt.date(2025, 9, 20)},
        {"total": None},
        {"kind": DocumentKind.CREDIT_NOTE},
    ],
    ids=[
        "amount",
        "vendor",
        "name",
        "next month",
        "next trip",
        "next month's number",
        "no total",
        "credit note",
    ],
)
def test_similar_bills_are_not_taken_for_one(changes: dict[str, Any]) -> None:
    assert likeness(BILL, other(**changes)) is None


def test_the_likest_comes_first_and_a_bill_is_not_like_itself() -> None:
    later = other(number="4471", id=3)
    assert [near.original_id for near in near_repeats(BILL, [later, BILL, other()])] == [2, 3]


@given(st.builds(other, number=st.none() | st.text(max_size=12), date=st.none() | st.dates()))
def test_likeness_is_the_same_both_ways(bill: Bill) -> None:
    one, two = likeness(BILL, bill), likeness(bill, BILL)
    assert (one and (one.likeness, one.reasons)) == (two and (two.likeness, two.reasons))


@given(st.text("AB12", min_size=1, max_size=8), st.data())
def test_one_changed_character_is_one_difference(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    assert differs_by_one(text, text[:at] + "X" + text[at + 1 :])
    assert differs_by_one(text, text[:at] + "X" + text[at:])
    assert differs_by_one(text, text[:at] + text[at + 1 :])
    assert not differs_by_one(text, f"XX{text}YY")


def test_two_neighbours_may_be_swapped() -> None:
    assert differs_by_one("1234", "1243")
    assert not differs_by_one("1234", "4231")


def test_a_near_duplicate_is_a_warning_unless_it_is_an_exact_one() -> None:
    paper, near = sample_invoice(3), near_repeats(BILL, [other()])
    found = {finding.rule: finding for finding in engine.check(paper, near=near)}
    assert (
        found["near_duplicate"].message
        == "It is 99 % like the other: same vendor, same amount, same number, same date."
    )
    exact = engine.check(paper, (Repeat(2, "the other", Reason.SAME_NUMBER),), near=near)
    assert {"near_duplicate", "duplicate_same_number"} & {finding.rule for finding in exact} == {
        "duplicate_same_number"
    }
