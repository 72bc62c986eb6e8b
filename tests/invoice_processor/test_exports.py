"""Invoices as files, opened again."""

import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from invoice_processor.models import Invoice
from invoice_processor.services.exports import COLUMNS, as_csv, as_json, as_xlsx
from tests.conftest import Take
from tests.invoice_processor.papers import finished, with_line


@pytest.fixture
def invoices(take: Take) -> list[Invoice]:
    first, second = take("", "")
    finished(first, number="AB/1", vendor_name="=SUM(A1)", grand_total=Decimal("1208075.50"))
    for hsn_sac in ("4802", "4819"):
        with_line(first, hsn_sac=hsn_sac, description="Paper", amount=Decimal(50))
    return [first, second]


def test_xlsx_has_all_columns_and_the_lines(invoices: list[Invoice]) -> None:
    file = io.BytesIO()
    as_xlsx(Invoice.objects.all(), file)
    book = load_workbook(file)
    heading, *rows = book["Invoices"].iter_rows(values_only=True)
    assert heading == tuple(COLUMNS)
    last = dict(zip(heading, rows[-1], strict=True))
    assert len(rows) == 2
    assert (last["Number"], last["Grand total"], last["Vendor"]) == ("AB/1", 1208075.5, "'=SUM(A1)")
    lines = list(book["Lines"].iter_rows(values_only=True))
    assert [line[5] for line in lines] == ["HSN/SAC", "4802", "4819"]
    assert {line[1] for line in lines[1:]} == {"AB/1"}


def test_csv_has_a_row_an_invoice(invoices: list[Invoice]) -> None:
    lines = "".join(as_csv(Invoice.objects.all())).splitlines()
    assert len(lines) == 3
    assert "1208075.50" in lines[2]


def test_json_loses_no_paisa(invoices: list[Invoice]) -> None:
    documents = json.loads("".join(as_json(Invoice.objects.all())))
    assert [document["number"] for document in documents] == ["", "AB/1"]
    assert documents[1]["grand_total"] == "1208075.50"
    assert [line["hsn_sac"] for line in documents[1]["line_items"]] == ["4802", "4819"]
    assert json.loads("".join(as_json(Invoice.objects.none()))) == []


def test_queries_do_not_grow_with_the_rows(invoices: list[Invoice], take: Take) -> None:
    with CaptureQueriesContext(connection) as few:
        list(as_json(Invoice.objects.filter(pk=invoices[0].pk)))
    with CaptureQueriesContext(connection) as many:
        list(as_json(Invoice.objects.all()))
    assert len(few) == len(many)
