"""Compensation cess: whether an invoice for these goods could lawfully carry it, and at which printed rate.

Cess rates are prose ("21% or Rs. 4170 per thousand"), so nothing is computed. It ended on 22 September 2025
(notification 2/2025-Compensation Cess (Rate)), for pan masala and tobacco on 1 February 2026 (3/2025).
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from gst.rate_lists import PrintedCodes, read_codes
from gst.rate_rules import GST_BEGAN, REFORM
from gst.tables import rows

TOBACCO = ("21069020", "2401", "2402", "2403", "2404")
TOBACCO_CESS_ENDED = dt.date(2026, 2, 1)


@dataclass(frozen=True, slots=True)
class CessEntry:
    """One entry of notification 1/2017-Compensation Cess (Rate); ``rate`` as printed."""

    serial: str
    description: str
    rate: str
    codes: PrintedCodes


def entries(code: str, on: dt.date) -> tuple[CessEntry, ...]:
    """The entries that name an HSN code or its parents, if there was a cess on that day."""
    ended = TOBACCO_CESS_ENDED if code.startswith(TOBACCO) else REFORM
    if not GST_BEGAN <= on < ended:
        return ()
    return tuple(entry for entry in _entries() if code.startswith(entry.codes.codes))


@cache
def _entries() -> tuple[CessEntry, ...]:
    return tuple(
        CessEntry(
            row["S. No."],
            " ".join(row["Description of Goods"].split()),
            " ".join(row["Compensation Cess"].split()),
            read_codes(row["HSN Code"]),
        )
        for row in rows("rates_until_2025-09-21/GST_Goods_Rates.csv")
        if row["Schedules"].startswith("Compensation")
    )
