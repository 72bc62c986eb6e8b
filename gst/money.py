"""Rupees on paper: Indian digit grouping, rounding, and when two amounts agree."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

PAISA = Decimal("0.01")
_EXACT = Context(prec=100)  # a misread page may hold a figure of forty digits
TOLERANCE = Decimal(1)
"""Rupees by which a line or a tax head may differ through rounding; the portal allows as much per item."""
TOTAL_TOLERANCE = Decimal(2)
"""Rupees by which the portal lets a document's totals differ from the sum of its items."""

_CURRENCY = re.compile(r"₹|`|(?<![a-z])(?:rs|inr|rupees)(?![a-z])\.?|/-|/=", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def to_paisa(amount: Decimal) -> Decimal:
    """``amount`` rounded to the paisa, halves up."""
    return amount.quantize(PAISA, ROUND_HALF_UP, _EXACT)


def to_rupee(amount: Decimal) -> Decimal:
    """``amount`` rounded to the rupee, fifty paise up (section 170 of the CGST Act)."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP, _EXACT)


def agree(one: Decimal, other: Decimal, tolerance: Decimal = TOLERANCE) -> bool:
    """Whether two amounts differ by no more than rounding explains."""
    return abs(one - other) <= tolerance


def tax(taxable_value: Decimal, rate: Decimal) -> Decimal:
    """Tax in rupees and paise at ``rate`` percent."""
    return to_paisa(taxable_value * rate / 100)


def tax_within(price: Decimal, rate: Decimal) -> Decimal:
    """The tax inside a price that includes it (Rule 35 of the CGST Rules)."""
    return to_paisa(price * rate / (100 + rate))


def grouped(amount: Decimal, places: int = 2) -> str:
    """``amount`` with Indian grouping: 12,34,567.50."""
    text = f"{amount.copy_abs():.{places}f}"
    sign = "-" if amount < 0 and text.strip("0.") else ""
    whole, _, fraction = text.partition(".")
    head, last_three = whole[:-3], whole[-3:]
    pairs = re.findall(r"\d{1,2}(?=(?:\d{2})*$)", head)
    return sign + ",".join([*pairs, last_three]) + ("." + fraction if fraction else "")


def parse(text: str) -> Decimal | None:
    """The amount printed as ``text``, in any usual grouping; None if it is not exactly one amount.

    A leading or trailing minus sign or brackets around it make it negative.
    """
    body = re.sub(r"\s", "", _CURRENCY.sub("", text))
    negative = body.startswith(("-", "(")) or body.endswith("-")
    body = body.removesuffix("-").removeprefix("-")
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1]
    if not any(shape.fullmatch(body) for shape in (_PLAIN, _LAKHS, _THOUSANDS)):
        return None
    value = Decimal(body.replace(",", ""))
    return -value if negative else value
