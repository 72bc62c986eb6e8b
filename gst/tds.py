"""Tax deducted at source from payments to vendors: sections until March 2026, payment codes from April 2026.

The base is the value without GST where the invoice shows GST separately (CBDT circular 23/2017).
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from gst.tables import law_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One line of the table; rates in percent, thresholds in rupees."""

    section: str  # of the Income-tax Act 1961, or 393 of the Act of 2025
    code: str  # payment code of the Act of 2025, else empty
    nature: str
    payee: str  # "individual_huf", "other" or "any": the fourth letter of the PAN tells
    rate: Decimal
    rate_without_pan: Decimal
    single_threshold: Decimal | None  # one payment above it is enough
    period_threshold: Decimal
    period: str  # "year" or "month"
    taxes_whole: bool  # beyond the threshold: the whole sum, or only the excess
    source: str


def deductions(on: dt.date) -> tuple[Deduction, ...]:
    """The table for a day of payment or credit, whichever is earlier."""
    return tuple(
        Deduction(
            section=row["section"],
            code=row["code"],
            nature=row["nature"],
            payee=row["payee"],
            rate=Decimal(row["rate"]),
            rate_without_pan=Decimal(row["rate_without_pan"]),
            single_threshold=Decimal(row["single_threshold"]) if row["single_threshold"] else None,
            period_threshold=Decimal(row["period_threshold"]),
            period=row["period"],
            taxes_whole=row["taxes"] == "whole",
            source=row["source"],
        )
        for row in law_on("tds", on)
    )
