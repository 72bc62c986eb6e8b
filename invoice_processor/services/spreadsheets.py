"""Rows for spreadsheet programs, which nothing in them can trick; as CSV that streams."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | datetime | bool | None
Row = Sequence[Cell]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so may be taken for a formula (OWASP, CSV Injection)."""
BOM = "\ufeff"  # so that Excel takes a CSV file for UTF-8
AT_ONCE = 200  # rows


def neutral(text: str) -> str:
    """A text that is no formula in any spreadsheet program: what looks like one begins with an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_lines(heading: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A CSV file piece by piece."""
    buffer = io.StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer)
    writer.writerow(heading)
    for number, row in enumerate(rows, 1):
        writer.writerow([_in_csv(cell) for cell in row])
        if number % AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
