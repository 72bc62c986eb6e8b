from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import money

AMOUNTS = st.decimals(-(10**13), 10**13, places=2)


@given(AMOUNTS)
def test_grouping_reads_back(amount: Decimal) -> None:
    assert money.parse(money.grouped(amount)) == amount
    assert money.parse(f"{amount:,.2f}") == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234567.5", "12,34,567.50"),
        ("999", "999.00"),
        ("100000", "1,00,000.00"),
        ("-1000", "-1,000.00"),
        ("-0.001", "0.00"),
    ],
)
def test_lakhs_and_crores_are_grouped_by_two(amount: str, text: str) -> None:
    assert money.grouped(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rs. 1,23,456.00/-", "123456"),
        ("₹ 500", "500"),
        ("INR 1,234,567.89", "1234567.89"),
        ("(1,234.50)", "-1234.50"),
        ("1,23,456-", "-123456"),
        (".50", "0.50"),
        ("Rs500", "500"),
    ],
)
def test_printed_amounts_are_read(text: str, amount: str) -> None:
    assert money.parse(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "12,34", "1.2.3", "1,2345", "12 apples", "--5", "NaN", "1e5"])
def test_other_text_is_no_amount(text: str) -> None:
    assert money.parse(text) is None


def test_halves_round_up() -> None:
    """Section 170 of the CGST Act: fifty paise or more count as a rupee."""
    assert money.to_rupee(Decimal("2.50")) == 3
    assert money.to_rupee(Decimal("2.49")) == 2
    assert money.to_paisa(Decimal("0.125")) == Decimal("0.13")


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["0.25", "3", "5", "12", "18", "28", "40"]))
def test_tax_within_a_price_is_the_tax_on_the_rest(price: Decimal, percent: str) -> None:
    """Rule 35: tax = value x rate / (100 + rate)."""
    rate = Decimal(percent)
    inside = money.tax_within(price, rate)
    assert abs(money.tax(price - inside, rate) - inside) <= Decimal("0.01")


def test_no_misread_figure_is_too_long() -> None:
    figure = Decimal(10**40)
    assert money.grouped(figure).endswith(",00,000.00")
    assert money.to_paisa(figure) == money.to_rupee(figure) == figure
    assert money.tax(figure, Decimal(18)) == figure * 18 / 100
