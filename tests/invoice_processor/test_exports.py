"""Invoices as files, opened again."""

import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from invoice_processor.models import Invoice
from invoice_processor.services import exports
from invoice_processor.services.exports import COLUMNS, as_csv, as_json, as_xlsx
from tests.conftest import Take
from tests.invoice_processor.papers import finished, with_line


@pytest.fixture
def invoices(take: Take) -> list[Invoice]:
    first, second = take("", "")
    finished(first, number="AB/1", vendor_name="=SUM(A1)", grand_total=Decimal("1234075.50"))
    for hsn_sac in ("4802", "4819"):
        with_line(first, hsn_sac=hsn_sac, description="Paper", amount=Decimal(50))
    return [first, second]


def test_xlsx_has_all_columns_and_the_lines(invoices: list[Invoice]) -> None:
    book = load_workbook(io.BytesIO(b"".join(as_xlsx(Invoice.objects.all()))))
    heading, *rows = book["Invoices"].iter_rows(values_only=True)
    assert heading == tuple(COLUMNS)
    last = dict(zip(heading, rows[-1], strict=True))
    assert len(rows) == 2
    assert (last["Number"], last["Grand total"], last["Vendor"]) == ("AB/1", 1234075.5, "'=SUM(A1)")
    lines = list(book["Lines"].iter_rows(values_only=True))
    assert [line[5] for line in lines] == ["HSN/SAC", "4802", "4819"]
    assert {line[1] for line in lines[1:]} == {"AB/1"}


def test_csv_has_a_row_an_invoice(invoices: list[Invoice]) -> None:
    lines = "".join(as_csv(Invoice.objects.all())).splitlines()
    assert len(lines) == 3
    assert "1234075.50" in lines[2]


def test_json_loses_no_paisa(invoices: list[Invoice]) -> None:
    documents = json.loads("".join(as_json(Invoice.objects.all())))
    assert [document["number"] for document in documents] == ["", "AB/1"]
    assert documents[1]["grand_total"] == "1234075.50"
    assert [line["hsn_sac"] for line in documents[1]["line_items"]] == ["4802", "4819"]
    assert json.loads("".join(as_json(Invoice.objects.none()))) == []


@pytest.mark.parametrize("write", [as_csv, as_json, as_xlsx])
def test_neither_queries_nor_memory_grow_with_the_rows(
    invoices: list[Invoice], monkeypatch: pytest.MonkeyPatch, write: Callable[..., Iterator[str | bytes]]
) -> None:
    """What leaves does so in pieces, each made of a bounded number of invoices."""
    with CaptureQueriesContext(connection) as few:
        list(write(Invoice.objects.filter(pk=invoices[0].pk)))
    with CaptureQueriesContext(connection) as many:
        list(write(Invoice.objects.all()))
    assert len(few) == len(many)
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    with CaptureQueriesContext(connection) as chunked:
        list(write(Invoice.objects.all()))
    assert len(chunked) > len(many)


def test_what_is_exported_was_chosen_when_the_export_began(invoices: list[Invoice], take: Take) -> None:
    pieces = as_json(Invoice.objects.all())
    first = next(pieces)
    finished(take("late")[0], number="LATE/1")
    assert "LATE/1" not in first + "".join(pieces)
