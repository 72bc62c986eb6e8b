"""Prices against history: few, varying and single odd prices raise no alarm."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.prices import item_key, unit_price, unusual
from gst.invoice import Line

BOLT = Line(description="Hex bolt, M12 x 50", unit="Nos.", quantity=Decimal(4), taxable_value=Decimal(400))
prices = st.decimals(Decimal("0.01"), Decimal(100_000), places=2)


def hundred(*others: int) -> list[Decimal]:
    return [Decimal(100), Decimal(101), Decimal(99), *map(Decimal, others)]


@pytest.mark.parametrize(("price", "percent"), [(126, 26), (200, 100), (74, -26), (10, -90)])
def test_more_than_a_quarter_off_is_unusual(price: int, percent: int) -> None:
    odd = unusual(Decimal(price), hundred())
    assert odd
    assert [odd.usual, odd.percent, odd.invoices] == [100, percent, 3]


@pytest.mark.parametrize("price", [76, 100, 124, 125])
def test_up_to_a_quarter_is_usual(price: int) -> None:
    assert unusual(Decimal(price), hundred()) is None


def test_two_invoices_tell_nothing() -> None:
    assert unusual(Decimal(900), hundred()[:2]) is None


def test_one_odd_invoice_neither_hides_nor_makes_an_odd_price() -> None:
    assert unusual(Decimal(300), hundred(100, 5_000))
    assert unusual(Decimal(103), hundred(100, 5_000)) is None


def test_items_whose_prices_vary_may_vary() -> None:
    assert unusual(Decimal(140), [Decimal(each) for each in (60, 80, 100, 120, 150)]) is None


@given(prices, st.lists(prices, min_size=3, max_size=9))
def test_the_order_of_earlier_prices_does_not_matter(price: Decimal, earlier: list[Decimal]) -> None:
    assert unusual(price, earlier) == unusual(price, sorted(earlier))


@pytest.mark.parametrize(
    "same",
    [
        replace(BOLT, description="HEX BOLT M12 X 50"),
        replace(BOLT, description="M12 x 50 hex-bolt"),
        replace(BOLT, unit="NOS"),
    ],
)
def test_prints_of_one_item_have_one_key(same: Line) -> None:
    assert item_key(same) == item_key(BOLT)


@pytest.mark.parametrize(
    "different",
    [
        replace(BOLT, description="Hex bolt, M16 x 50"),
        replace(BOLT, unit="KGS"),
        replace(BOLT, description="12 50"),
    ],
)
def test_other_items_have_another_key(different: Line) -> None:
    assert item_key(different) != item_key(BOLT)


def test_the_price_that_counts_is_the_amount_by_the_quantity() -> None:
    assert unit_price(replace(BOLT, unit_price=Decimal(125))) == 100
    assert unit_price(replace(BOLT, taxable_value=None, unit_price=Decimal(125))) is None
    assert unit_price(replace(BOLT, quantity=None)) is None
