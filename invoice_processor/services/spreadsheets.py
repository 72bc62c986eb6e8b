"""Rows as CSV and XLSX that stream, and that no spreadsheet program can be tricked by."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | Decimal | date | datetime | bool | None
Row = Sequence[Cell]
Sheet = tuple[str, Sequence[str], Iterable[Row]]  # name, heading, rows

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so may be taken for a formula (OWASP, CSV Injection)."""
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
"""Control characters, which XML does not allow."""
LONGEST = 32_767  # characters of a cell
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


def write_xlsx(target: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """An XLSX file with real numbers and dates; rows go to disk as they come, so memory stays small."""
    book = Workbook(write_only=True)
    for name, heading, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, title in enumerate(heading, 1):
            sheet.column_dimensions[get_column_letter(number)].width = max(12, len(title) + 2)
        titles = [WriteOnlyCell(sheet, title) for title in heading]
        for title in titles:
            title.font = Font(bold=True)
        sheet.append(titles)
        for row in rows:
            sheet.append([_in_xlsx(cell) for cell in row])
    book.save(target)


def _in_xlsx(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return neutral(cell.translate(FORBIDDEN))[:LONGEST]
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
