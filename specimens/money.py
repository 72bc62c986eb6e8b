"""Rupee amounts as Indian papers print them. Written apart from ``gst`` so that tests compare two hands."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gst.invoice import Line, TaxAmounts

PAISA = Decimal("0.01")
_ONES = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_SCALES = ((10_000_000, "Crore"), (100_000, "Lakh"), (1_000, "Thousand"), (100, "Hundred"))


def to_paise(amount: Decimal) -> Decimal:
    """Rounded half up to two places, as accounting packages do."""
    return amount.quantize(PAISA, ROUND_HALF_UP)


def add(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is printed; None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def tax_of(lines: Sequence[Line]) -> TaxAmounts:
    """The lines' tax by head."""
    return TaxAmounts(
        cgst=add(line.taxes.cgst for line in lines),
        sgst=add(line.taxes.sgst for line in lines),
        igst=add(line.taxes.igst for line in lines),
    )


def grouped(amount: Decimal) -> str:
    """1234567.5 as ``12,34,567.50``."""
    sign = "-" if amount < 0 else ""
    whole, paise = f"{abs(to_paise(amount)):f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    pairs: list[str] = []
    while head:
        head, pair = head[:-2], head[-2:]
        pairs.insert(0, pair)
    return f"{sign}{','.join([*pairs, tail])}.{paise}"


def plain(number: Decimal) -> str:
    """A quantity or a rate without trailing zeros."""
    return f"{number.normalize():f}"


def in_words(amount: Decimal) -> str:
    """1234.50 as ``One Thousand Two Hundred Thirty Four and Fifty Paise``."""
    rupees, paise = divmod(int(abs(amount) * 100), 100)
    words = _spell(rupees) or "Zero"
    return f"{words} and {_spell(paise)} Paise" if paise else words


def _spell(number: int) -> str:
    for scale, name in _SCALES:
        if number >= scale:
            count, rest = divmod(number, scale)
            return f"{_spell(count)} {name} {_spell(rest)}".strip()
    tens, ones = (0, number) if number < 20 else divmod(number, 10)
    return f"{_TENS[tens]} {_ONES[ones]}".strip()
