"""Files for spreadsheet programs: nothing in them is a formula, and nothing is lost."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from invoice_processor.services import workbooks
from invoice_processor.services.outgoing import PIECE
from invoice_processor.services.spreadsheets import FORMULA, Cell, Row, csv_lines, neutral
from invoice_processor.services.workbooks import escaped, xlsx_pieces

ROW: list[Cell] = ["Kaveri", Decimal("1234075.50"), dt.date(2025, 8, 20), None, 7]


def opened(
    rows: list[list[Cell]], heading: tuple[str, ...] = ("A", "B", "C", "D", "E")
) -> list[tuple[object, ...]]:
    return list(book_of(rows, heading)["Sheet"].iter_rows(values_only=True))


def book_of(rows: Iterable[Row], heading: Sequence[str] = ("A",)) -> Workbook:
    return load_workbook(io.BytesIO(b"".join(xlsx_pieces([("Sheet", heading, rows)]))))


def test_numbers_and_dates_stay_what_they_are() -> None:
    text, amount, day, *rest = opened([ROW])[1]
    assert (text, amount, rest) == ("Kaveri", 1234075.5, [None, 7])
    assert isinstance(day, dt.datetime)
    assert day.date() == dt.date(2025, 8, 20)
    (line,) = list(csv.reader(io.StringIO("".join(csv_lines(("A",), [ROW])))))[1:]
    assert line == ["Kaveri", "1234075.50", "2025-08-20", "", "7"]


@pytest.mark.parametrize("text", ["=1+1", "+91 98", "-2", "@SUM(A1)", "\t=1", '=cmd|"/c calc"!A1'])
def test_no_cell_is_a_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"
    cell = book_of([[text]])["Sheet"]["A2"]
    assert cell.data_type == "s"
    assert next(iter(csv.reader(["".join(csv_lines(("A",), [[text]])).split("\r\n", 1)[1]]))) != [text]


@settings(max_examples=25)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    assert not neutral(text).startswith(FORMULA)
    assert opened([[text, 1]], ("A", "B"))[1][1] == 1
    read = list(csv.reader(io.StringIO("".join(csv_lines(("A",), [[text]])), newline="")))
    assert read[1:] in ([[neutral(text)]], [[]])


def test_csv_opens_as_utf_8_in_excel() -> None:
    assert "".join(csv_lines(("Vendor",), [["हिन्दी"]])).startswith("\ufeff")


def test_moments_booleans_and_days_before_excel_are_told() -> None:
    row: list[Cell] = [dt.datetime(2025, 8, 20, 14, 15, 2), True, dt.date(1, 1, 1), -5]  # noqa: DTZ001
    assert opened([row], ("A", "B", "C", "D"))[1] == (*row[:2], "0001-01-01", -5)


@pytest.mark.parametrize("hidden", ["_x003D_1+1", "\x00=1+1", "\r=1+1"])
def test_a_formula_does_not_hide_behind_what_excel_reads_away(hidden: str) -> None:
    """Excel shows ``_x003D_`` as an equals sign, and saved as CSV it would be one."""
    (shown,) = opened([[hidden]], ("A",))[1]
    assert shown in ("'=1+1", "_x005F_x003D_1+1")


def test_any_text_is_well_formed_in_a_sheet() -> None:
    text = "".join(map(chr, [*range(0x300), 0xFFFE, 0xFFFF, 0x1F600])) + "]]><c>&amp;"
    (shown,) = opened([[f"x{text}"]], ("A",))[1]
    assert str(shown).endswith("]]><c>&amp;")


def test_a_long_list_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    book = book_of([[n] for n in range(5)])
    found = {sheet.title: [row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert found == {"Sheet": ["A", 0, 1], "Sheet 2": ["A", 2, 3], "Sheet 3": ["A", 4]}
    assert [sheet.max_row for sheet in book_of([])] == [1]


def test_a_workbook_leaves_while_its_rows_are_made() -> None:
    made = 0

    def rows() -> Iterator[Row]:
        nonlocal made
        for made in range(1, 40_001):
            yield [f"{made * 7919 % 10_007} paper"]

    pieces = xlsx_pieces([("Sheet", ("A",), rows())])
    first = next(pieces)
    assert 0 < made < 40_000
    rest = list(pieces)
    assert max(map(len, rest)) < 2 * PIECE
    with zipfile.ZipFile(io.BytesIO(b"".join([first, *rest]))) as file:
        assert file.testzip() is None


def test_plain_text_is_left_as_it_is() -> None:
    assert escaped("Kaveri Packaging, हिन्दी") == "Kaveri Packaging, हिन्दी"
