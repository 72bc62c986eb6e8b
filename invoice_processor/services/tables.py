"""Tables that people send: CSV and XLSX as rows of text, whatever the file tries.

Formulas are never evaluated: of an XLSX the values count that were stored with it.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice

from openpyxl import load_workbook

LARGEST_FILE = 5_000_000  # bytes
LARGEST_UNPACKED = 60_000_000  # bytes of an XLSX, which is a ZIP
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 1_000  # characters that are kept

Value = str | dt.date
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also XLSX with a password


class UnreadableTable(Exception):
    """Why a file is no table: a sentence for a person."""


def read_table(content: bytes) -> list[tuple[Value, ...]]:
    """The rows of a file, in order; empty rows stay, so that numbers fit what people see.

    Raises:
        UnreadableTable: too large, damaged, or of another kind.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableTable(f"The file is larger than {LARGEST_FILE // 1_000_000} MB: split it.")
    if content.startswith(OLD_EXCEL):
        raise UnreadableTable(
            "This is an old Excel file, or one with a password: save it as XLSX without one."
        )
    rows = list(islice(_of_xlsx(content) if content.startswith(b"PK") else _of_csv(content), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise UnreadableTable(f"The file has more than {MOST_ROWS} rows: split it.")
    return rows


def _of_csv(content: bytes) -> Iterator[tuple[Value, ...]]:
    text = _decoded(content)
    first = text[:4000].partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(_cell(value) for value in row[:MOST_COLUMNS])
    except csv.Error as error:
        raise UnreadableTable("This CSV file is damaged: save it again, or as XLSX.") from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\x00", "")
    if b"\x00" in content[:4000]:
        raise UnreadableTable("This is neither a CSV nor an XLSX file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel saves CSV by default
    return text.replace("\x00", "")


def _of_xlsx(content: bytes) -> Iterator[tuple[Value, ...]]:
    try:
        if _unpacked(content) > LARGEST_UNPACKED:
            raise UnreadableTable("This XLSX file unpacks to more than a list can be.")  # noqa: TRY301
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        rows: Iterable[tuple[object, ...]] = book.worksheets[0].iter_rows(
            max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True
        )
        for row in rows:
            yield tuple(_cell(value) for value in row)
    except UnreadableTable:
        raise
    except Exception as error:  # a damaged file fails in any way it likes
        raise UnreadableTable("This XLSX file is damaged: open it and save it again.") from error


def _unpacked(content: bytes) -> int:
    """The size of a ZIP's parts together, in bytes; reading a part never gives more than it declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return sum(part.file_size for part in parts.infolist())


def _cell(value: object) -> Value:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return "" if value is None else str(value)[:LONGEST_CELL].strip()
