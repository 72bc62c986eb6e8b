"""Which dates are less likely than their labels say: those out of their time, and those in sentences."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from extraction.fields.candidate import Candidate
from extraction.layout import Sheet
from extraction.numbers import dates

GST_BEGAN = dt.date(2017, 7, 1)
AWAY = dt.timedelta(days=700)
OUT_OF_TIME = 0.25
"""How likely a date is that lies farther than ``AWAY`` from all others."""
SENTENCE, IN_SENTENCE = 20, 0.5
"""Letters behind a date that make it part of a sentence, ``dt. 1-4-25 for supplies without payment of``."""


def weighed(days: Iterable[Candidate[dt.date]], sheets: Sequence[Sheet]) -> list[Candidate[dt.date]]:
    """The dates, those less likely that are years from all others on the paper: 2075 is a misread 2025."""
    printed = {day for sheet in sheets for cell in sheet.cells for day, _, _ in dates(cell.text)}
    in_time = [c.scored(OUT_OF_TIME) if is_out_of_time(c.value, printed - {c.value}) else c for c in days]
    return [c.scored(IN_SENTENCE) if is_in_sentence(c) else c for c in in_time]


def is_in_sentence(day: Candidate[dt.date]) -> bool:
    """Whether a sentence goes on behind a date."""
    text = day.cell.text if day.cell else ""
    ends = [end for value, _, end in dates(text) if value == day.value]
    return any(sum(map(str.isalpha, text[end:])) > SENTENCE for end in ends)


def is_out_of_time(day: dt.date, others: Collection[dt.date]) -> bool:
    """Whether a date is from before GST, or years away from each of several others."""
    return day < GST_BEGAN or (len(others) > 1 and all(abs(day - other) > AWAY for other in others))
