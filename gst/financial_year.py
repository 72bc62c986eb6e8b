"""The Indian financial year, April to March, in the forms in which it is printed."""

import datetime as dt
import re
from dataclasses import dataclass

FIRST_GST_YEAR = 2017
_PRINTED = re.compile(r"(?P<start>20\d\d|\d\d)\s*[-/.]?\s*(?P<end>20\d\d|\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """The year from 1 April of ``start`` to 31 March of the next one."""

    start: int

    def __str__(self) -> str:
        """As the Invoice Registration Portal writes it: 2025-26."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def first_day(self) -> dt.date:
        """1 April."""
        return dt.date(self.start, 4, 1)

    @property
    def last_day(self) -> dt.date:
        """31 March of the next calendar year."""
        return dt.date(self.start + 1, 3, 31)

    @property
    def itc_last_day(self) -> dt.date:
        """Last day for input tax credit on a document of this year, unless the annual return comes first.

        Section 16(4) of the CGST Act: 30 November after the year; section 16(5): 30 November 2021 for the
        first four years of GST.
        """
        return dt.date(max(self.start + 1, 2021), 11, 30)


def of(day: dt.date) -> FinancialYear:
    """The financial year in which ``day`` falls."""
    return FinancialYear(day.year if day.month >= 4 else day.year - 1)


def parse(text: str) -> FinancialYear | None:
    """The year meant by 2025-26, 2025-2026, 25-26, 25/26, 2526 or 202526; None if it is no financial year."""
    match = _PRINTED.fullmatch(text.strip())
    if match is None:
        return None
    start, end = (int(part) % 100 for part in match.group("start", "end"))
    short_then_long = len(match["start"]) < len(match["end"])
    return FinancialYear(2000 + start) if end == (start + 1) % 100 and not short_then_long else None
