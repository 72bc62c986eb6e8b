import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import financial_year
from gst.financial_year import FinancialYear


@given(st.dates())
def test_a_day_lies_within_its_year(day: dt.date) -> None:
    year = financial_year.of(day)
    if dt.date(2000, 4, 1) <= day < dt.date(2099, 4, 1):
        assert year.first_day <= day <= year.last_day
        assert financial_year.parse(str(year)) == year


@pytest.mark.parametrize(
    "text", ["2025-26", "2025-2026", "25-26", "25/26", "2526", "202526", "20252026", " 25 - 26 "]
)
def test_every_printed_form_is_read(text: str) -> None:
    assert financial_year.parse(text) == FinancialYear(2025)


@pytest.mark.parametrize("text", ["", "2025", "2025-27", "25-2026", "252", "2625", "1999-00"])
def test_other_numbers_are_no_year(text: str) -> None:
    assert financial_year.parse(text) is None


def test_the_portal_writes_the_turn_of_the_century_with_two_digits() -> None:
    assert str(FinancialYear(2099)) == "2099-00"


def test_credit_ends_on_30_november() -> None:
    """Section 16(4) of the CGST Act: credit of 2025-26 closes on 30 November 2026."""
    assert FinancialYear(2025).itc_last_day == dt.date(2026, 11, 30)


def test_credit_of_the_first_four_years_ended_in_2021() -> None:
    """Section 16(5), inserted by the Finance (No. 2) Act 2024."""
    assert {FinancialYear(start).itc_last_day for start in range(2017, 2021)} == {dt.date(2021, 11, 30)}
