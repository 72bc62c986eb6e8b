import datetime as dt
from decimal import Decimal

import pytest

from gst import hsn


def test_a_code_has_its_description_and_its_parents() -> None:
    """GSTN's list HSN_SAC.xlsx."""
    smartphones = hsn.get("85171300")
    assert smartphones is not None
    assert smartphones.description == "SMARTPHONES"
    assert [code.code for code in hsn.parents("85171300")] == ["85", "8517", "851713"]


@pytest.mark.parametrize(
    ("code", "is_service"), [("9983", True), ("998314", True), ("85171300", False), ("01", False)]
)
def test_chapter_99_holds_the_services(code: str, is_service: bool) -> None:
    found = hsn.get(code)
    assert found is not None
    assert found.is_service == is_service


@pytest.mark.parametrize(
    ("text", "problem"),
    [("851", "hsn_shape"), ("ABCD", "hsn_shape"), ("", "hsn_shape"), ("85179999", "hsn_unknown")],
)
def test_a_bad_code_is_a_problem(text: str, problem: str) -> None:
    found = hsn.check(text)
    assert found is not None
    assert found.code == problem


@pytest.mark.parametrize("text", ["8517", "8517 13", "8517.13.00", "998314"])
def test_a_code_is_known_however_it_is_spaced(text: str) -> None:
    assert hsn.check(text) is None


def test_digits_follow_the_turnover() -> None:
    """Notification 78/2020-Central Tax: four digits up to 5 crore rupees, six above, from 1 April 2021."""
    on = dt.date(2026, 1, 1)
    assert hsn.digits_required(Decimal(50_000_000), on) == 4
    assert hsn.digits_required(Decimal(50_000_001), on) == 6
    assert hsn.digits_required(Decimal(50_000_001), dt.date(2021, 3, 31)) == 0
