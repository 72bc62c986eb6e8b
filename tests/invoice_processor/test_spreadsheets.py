"""Files for spreadsheet programs: nothing in them is a formula, and nothing is lost."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from invoice_processor.services.spreadsheets import FORMULA, Cell, csv_lines, neutral, write_xlsx

ROW: list[Cell] = ["Kaveri", Decimal("1208075.50"), dt.date(2025, 8, 20), None, 7]


def opened(
    rows: list[list[Cell]], heading: tuple[str, ...] = ("A", "B", "C", "D", "E")
) -> list[tuple[object, ...]]:
    file = io.BytesIO()
    write_xlsx(file, [("Sheet", heading, rows)])
    sheet = load_workbook(file)["Sheet"]
    return list(sheet.iter_rows(values_only=True))


def test_numbers_and_dates_stay_what_they_are() -> None:
    text, amount, day, *rest = opened([ROW])[1]
    assert (text, amount, rest) == ("Kaveri", 1208075.5, [None, 7])
    assert isinstance(day, dt.datetime)
    assert day.date() == dt.date(2025, 8, 20)
    (line,) = list(csv.reader(io.StringIO("".join(csv_lines(("A",), [ROW])))))[1:]
    assert line == ["Kaveri", "1208075.50", "2025-08-20", "", "7"]


@pytest.mark.parametrize("text", ["=1+1", "+91 98", "-2", "@SUM(A1)", "\t=1", '=cmd|"/c calc"!A1'])
def test_no_cell_is_a_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"
    file = io.BytesIO()
    write_xlsx(file, [("Sheet", ("A",), [[text]])])
    cell = load_workbook(file)["Sheet"]["A2"]
    assert cell.data_type == "s"
    assert next(iter(csv.reader(["".join(csv_lines(("A",), [[text]])).split("\r\n", 1)[1]]))) != [text]


@settings(max_examples=25)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    assert not neutral(text).startswith(FORMULA)
    assert len(opened([[text]], ("A",))) == 2
    read = list(csv.reader(io.StringIO("".join(csv_lines(("A",), [[text]])), newline="")))
    assert read[1:] in ([[neutral(text)]], [[]])


def test_csv_opens_as_utf_8_in_excel() -> None:
    assert "".join(csv_lines(("Vendor",), [["हिन्दी"]])).startswith("\ufeff")
