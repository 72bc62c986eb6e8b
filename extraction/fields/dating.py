"""Whether dates fit the time of the other dates on a paper."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from extraction.fields.candidate import Candidate
from extraction.layout import Sheet
from extraction.numbers import dates

AWAY = dt.timedelta(days=700)
OUT_OF_TIME = 0.4
"""How likely a date is that lies farther than ``AWAY`` from all others."""


def in_their_time(days: Iterable[Candidate[dt.date]], sheets: Sequence[Sheet]) -> list[Candidate[dt.date]]:
    """The dates, those less likely that are years from all others on the paper: 2075 is a misread 2025."""
    printed = {day for sheet in sheets for cell in sheet.cells for day, _, _ in dates(cell.text)}
    return [c.scored(OUT_OF_TIME) if is_out_of_time(c.value, printed - {c.value}) else c for c in days]


def is_out_of_time(day: dt.date, others: Collection[dt.date]) -> bool:
    """Whether a date is years away from each of several others."""
    return len(others) > 1 and all(abs(day - other) > AWAY for other in others)
