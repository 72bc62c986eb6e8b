"""What the rules ask of line items together."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from gst import hsn
from gst.invoice import Invoice, Line

SHOWN = 6
RATES_OF_ONE_HEAD = frozenset(map(Decimal, ("2.5", "6", "9", "14", "20")))
"""Percent of CGST or SGST that are no rates of both together, but for bricks at 6."""
USUAL_DISCOUNTS = (
    1,
    2,
    Decimal("2.5"),
    3,
    4,
    5,
    6,
    7,
    Decimal("7.5"),
    8,
    10,
    12,
    Decimal("12.5"),
    15,
    20,
    25,
    30,
    40,
    50,
)
"""Percent, by which a discount that was not read is known."""
BRICKS = ("68", "69")


def listed(places: Sequence[int]) -> str:
    """``line 3``, ``lines 1, 2 and 5``; of many only the first."""
    if len(places) == 1:
        return f"line {places[0]}"
    if len(places) > SHOWN:
        return f"lines {', '.join(map(str, places[:SHOWN]))} and {len(places) - SHOWN} more"
    return f"lines {', '.join(map(str, places[:-1]))} and {places[-1]}"


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of amounts, in rupees; None unless there are some and each is known."""
    known = list(amounts)
    if not known:
        return None
    return sum((amount for amount in known if amount is not None), Decimal(0)) if None not in known else None


def combined_rate(line: Line, invoice: Invoice) -> Decimal | None:
    """The rate of all heads together, in percent; a column of 9 beside CGST and SGST means 18."""
    rate = line.gst_rate
    on_bricks = (line.hsn_sac or "").startswith(BRICKS)
    if rate in RATES_OF_ONE_HEAD and not invoice.totals.taxes.igst and not on_bricks:
        return 2 * rate
    return rate


def codes(invoice: Invoice) -> tuple[str, ...]:
    """The HSN codes and SACs that were read, without blanks and dots."""
    return tuple(hsn.normal(line.hsn_sac) for line in invoice.lines if line.hsn_sac)
