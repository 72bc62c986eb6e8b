"""Whether a price is unusual for the vendor and the item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from gst import units
from gst.invoice import Line

LEAST_INVOICES = 3
FARTHEST = Decimal(25)  # percent off the usual price
SPREADS = Decimal("4.5")
"""Median deviations (about three standard deviations) that a price of a varying item may be off."""

_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class UnusualPrice:
    """``percent`` is how far ``price`` is off ``usual`` (both in rupees); negative where it is below."""

    price: Decimal
    usual: Decimal
    percent: Decimal
    invoices: int


def item_key(line: Line) -> str | None:
    """The item by which prices compare: sorted words of the description, and the unit; None without words."""
    words = sorted(set(_WORD.findall((line.description or "").lower())))
    if not any(word.isalpha() for word in words):
        return None
    unit = units.uqc(line.unit) if line.unit else None
    return f"{' '.join(words)}|{unit or ''}"[:200]


def unit_price(line: Line) -> Decimal | None:
    """What one unit really costs before tax, in rupees: the amount by the quantity, discounts taken off.

    None where either was not read: the printed price alone may be before a discount.
    """
    return line.taxable_value / line.quantity if line.taxable_value and line.quantity else None


def unusual(price: Decimal, earlier: Sequence[Decimal]) -> UnusualPrice | None:
    """Judge a price by earlier ones, one an invoice; fewer than three tell nothing.

    The median is the usual price, so that one odd invoice does not move it.
    """
    if len(earlier) < LEAST_INVOICES:
        return None
    usual = median(earlier)
    if usual <= 0:
        return None
    spread = median(abs(each - usual) for each in earlier)
    percent = (price - usual) * 100 / usual
    if abs(percent) <= FARTHEST or abs(price - usual) <= SPREADS * spread:
        return None
    return UnusualPrice(price, usual, percent, len(earlier))
