"""The financial year inside an invoice number: ``SB/210/2074-25`` of January 2025 is 2024-25."""

import datetime as dt
import re
from dataclasses import replace

from extraction.layout import Cell
from extraction.reading import Source
from extraction.solve.choice import Choice
from gst import financial_year

YEARS = re.compile(r"(?<!\d)(20)?(\d\d)-(\d\d)(?!\d)")


def with_year(number: Choice[str] | None, day: Choice[dt.date] | None) -> Choice[str] | None:
    """The number with the year of its date, where a digit of that was misread.

    Only beside a serial number: in ``SB/24-27`` the 27 is one.
    """
    if number is None or day is None or not is_read(number.cell):
        return number
    pairs = list(YEARS.finditer(number.value))
    elsewhere = re.search(r"\d", YEARS.sub("", number.value))
    start = financial_year.of(day.value).start
    if len(pairs) != 1 or not elsewhere or int(pairs[0][3]) == (int(pairs[0][2]) + 1) % 100:
        return number
    meant = f"{pairs[0][1] or ''}{start % 100:02}-{(start + 1) % 100:02}"
    if sum(map(str.__ne__, pairs[0][0], meant)) != 1:
        return number
    value = number.value[: pairs[0].start()] + meant + number.value[pairs[0].end() :]
    return replace(
        number, value=value, reason=f"{number.reason}; the year is that of the date", repaired=True
    )


def is_read(cell: Cell | None) -> bool:
    """Whether a value was read from a picture."""
    return cell is not None and cell.source is Source.OCR
