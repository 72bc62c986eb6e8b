import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.numbers import amount, dates, figures
from gst.money import grouped


@settings(deadline=None)  # a busy machine is no fault
@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_in_indian_grouping_is_read_back(value: Decimal) -> None:
    assert amount(f"Rs. {grouped(value)} /-") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rs.1,35,057.00", "135057.00"),
        ("INR4,000.00", "4000.00"),
        ("1.593.80", "1593.80"),  # a comma read as a point
        ("450,00", "450.00"),  # a point read as a comma
        ("10,23792.00", "1023792.00"),  # a comma lost
        ("0.23-", "-0.23"),
        ("(-)0.44", "-0.44"),
        ("= 16240.00", "16240.00"),
        ("1,41775", "1417.75"),  # a point lost
        ("50,00C.00", "50000.00"),  # digits read as letters
        ("450.0O", "450.00"),
    ],
)
def test_prints_and_misprints_of_amounts(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


def test_two_amounts_without_a_gap_are_two() -> None:
    assert [str(figure.value) for figure in figures("74.503,531.00")] == ["74.50", "3531.00"]


@pytest.mark.parametrize("text", ["16.11.2024", "5-Mar-25", "UC/24-25", "A1234", "06.09.25"])
def test_dates_and_codes_are_no_amounts(text: str) -> None:
    assert not [figure for figure in figures(text) if figure.looks_like_money]


def test_figures_keep_their_places_and_percent_signs() -> None:
    first, second = figures("18% of 1,000.00")
    assert (first.percent, first.value, second.percent, second.value) == (
        True,
        Decimal(18),
        False,
        Decimal(1000),
    )
    assert "18% of 1,000.00"[second.start : second.end] == "1,000.00"


@settings(deadline=None)  # a busy machine is no fault
@given(st.dates(min_value=dt.date(2017, 7, 1), max_value=dt.date(2049, 12, 31)))
def test_a_date_is_read_in_each_way_it_is_printed(day: dt.date) -> None:
    forms = ("%d-%b-%y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%b %d, %Y")
    for form in (*forms, "%d/%m/%Y10:22", "%d-%b-%Y9:05:41", "%dth%b%Y", "%d th %B, %Y"):
        assert [found for found, _, _ in dates(day.strftime(form))] == [day]


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[0-9A-Za-z₹.,/ \-]{0,40}", fullmatch=True))
def test_any_text_holds_amounts_and_dates_or_none(text: str) -> None:
    assert all(figure.value.is_finite() for figure in figures(text))
    assert (amount(text) or Decimal(0)).is_finite()
    assert all(0 <= start < end <= len(text) for _, start, end in dates(text))


def test_one_misread_letter_of_a_month_is_forgiven() -> None:
    assert [day for day, _, _ in dates("21-Scp-25")] == [dt.date(2025, 9, 21)]


def test_a_stroke_read_as_a_one_is_put_right() -> None:
    assert [day for day, _, _ in dates("Dated 04106/2025")] == [dt.date(2025, 6, 4)]


def test_the_month_stands_first_only_where_the_day_cannot() -> None:
    assert [day for day, _, _ in dates("11/28/2026 11/12/2026")] == [
        dt.date(2026, 11, 28),
        dt.date(2026, 12, 11),
    ]


def test_impossible_dates_are_left_out() -> None:
    assert not list(dates("31/02/2025 99-Xyz-25"))


@pytest.mark.parametrize(
    "text", ["16-12-20Z4", "I6/12/2024", "16.12.2O24", "16-DEC-2O24", "16-0EC-24", "16-12 2024"]
)
def test_a_letter_for_a_digit_and_a_digit_for_a_letter_are_put_right_in_dates(text: str) -> None:
    assert [day for day, _, _ in dates(text)] == [dt.date(2024, 12, 16)]


@pytest.mark.parametrize("text", ["SB-12-2023", "07.08.20.5", "16-12-20A4"])
def test_codes_and_dates_with_a_lost_digit_are_no_dates(text: str) -> None:
    assert not list(dates(text))
