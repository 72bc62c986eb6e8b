"""Invoices as files for people and other programs: all columns, with the lines beside them."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from invoice_processor.models import Invoice, InvoiceLine
from invoice_processor.services.spreadsheets import Cell, Row, csv_lines
from invoice_processor.services.workbooks import xlsx_pieces

AT_ONCE = 500  # invoices in memory
COLUMNS = {
    "ID": "pk",
    "State": "state",
    "Reason": "state_reason",
    "Kind": "kind",
    "Number": "number",
    "Date": "date",
    "Vendor": "vendor_name",
    "Vendor GSTIN": "vendor_gstin",
    "Buyer": "buyer_name",
    "Buyer GSTIN": "buyer_gstin",
    "IRN": "irn",
    "Place of supply": "place_of_supply",
    "Currency": "currency",
    "Taxable value": "taxable_value",
    "CGST": "cgst",
    "SGST": "sgst",
    "IGST": "igst",
    "Cess": "cess",
    "Round off": "round_off",
    "Grand total": "grand_total",
    "Bank account": "bank_account",
    "Certainty (%)": "confidence",
    "Health score": "health_score",
    "Health": "health_grade",
    "Vendor GSTIN verified": "verification",
    "Decision": "decision",
    "Decided at": "decided_at",
    "Decided by": "decided_by",
    "Assigned to": "assigned_to",
    "Received at": "created_at",
    "Batch": "batch",
    "File": "original_name",
    "First page": "first_page",
}
"""The heading of each column, and its name in JSON."""
NAMED = {"batch": "batch__name", "decided_by": "decided_by__email", "assigned_to": "assigned_to__email"}
SOURCES = [NAMED.get(name, name) for name in COLUMNS.values()]
LINE_COLUMNS = {
    "Invoice ID": "invoice_id",
    "Position": "position",
    "Description": "description",
    "HSN/SAC": "hsn_sac",
    "Quantity": "quantity",
    "Unit": "unit",
    "Unit price": "unit_price",
    "GST rate (%)": "gst_rate",
    "Taxable value": "amount",
}


def file_name(what: str, ending: str) -> str:
    """A name that tells what is in the file and when it was made: invoices-20250820-141502.csv."""
    return f"{what}-{timezone.localtime():%Y%m%d-%H%M%S}.{ending}"


def as_csv(invoices: "QuerySet[Invoice]") -> Iterator[str]:
    """One row an invoice, without the lines."""
    yield from csv_lines(list(COLUMNS), invoice_rows(ids_of(invoices)))


def as_xlsx(invoices: "QuerySet[Invoice]") -> Iterator[bytes]:
    """A sheet of invoices and one of their lines."""
    ids = ids_of(invoices)
    sheets = [
        ("Invoices", list(COLUMNS), invoice_rows(ids)),
        ("Lines", ["Vendor", "Number", *LINE_COLUMNS], line_rows(ids)),
    ]
    yield from xlsx_pieces(sheets)


def as_json(invoices: "QuerySet[Invoice]") -> Iterator[str]:
    """An array of invoices with their lines; amounts are strings, so that no paisa is lost."""
    names, line_names = list(COLUMNS.values()), list(LINE_COLUMNS.values())
    comma = "[\n"
    for some in chunks(ids_of(invoices)):
        lines = lines_of(some)
        for row in rows_of(some):
            document: dict[str, object] = dict(zip(names, map(in_json, row), strict=True))
            document["line_items"] = [
                dict(zip(line_names[1:], map(in_json, line[1:]), strict=True)) for line in lines[row[0]]
            ]
            yield comma + json.dumps(document, ensure_ascii=False)
            comma = ",\n"
    yield "[]\n" if comma == "[\n" else "\n]\n"


def ids_of(invoices: "QuerySet[Invoice]") -> "array[int]":
    """Which invoices, newest first: eight bytes each, so that no query stays open while a file leaves."""
    return array("q", invoices.order_by("-pk").values_list("pk", flat=True).iterator())


def chunks(ids: "array[int]") -> "Iterator[array[int]]":
    """The ids a few at a time."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def invoice_rows(ids: "array[int]") -> Iterator[Row]:
    """The cells of all invoices."""
    return (row for some in chunks(ids) for row in rows_of(some))


def rows_of(ids: "array[int]") -> Iterator[Row]:
    """The cells of some invoices."""
    rows = Invoice.objects.filter(pk__in=ids).order_by("-pk").values_list(*SOURCES)
    return (tuple(map(plain, row)) for row in rows)


def plain(value: Cell) -> Cell:
    """A moment in the desk's time; everything else as it is."""
    return timezone.localtime(value).replace(microsecond=0) if isinstance(value, datetime) else value


def line_rows(ids: "array[int]") -> Iterator[Row]:
    """The cells of all lines, in the order of the invoices."""
    for some in chunks(ids):
        lines = lines_of(some)
        invoices = Invoice.objects.filter(pk__in=some).order_by("-pk")
        for pk, *names in invoices.values_list("pk", "vendor_name", "number"):
            yield from ((*names, *line) for line in lines[pk])


def lines_of(ids: "array[int]") -> dict[Cell, list[Row]]:
    """The lines of some invoices in one query, by invoice."""
    found: defaultdict[Cell, list[Row]] = defaultdict(list)
    for line in InvoiceLine.objects.filter(invoice__in=ids).values_list(*LINE_COLUMNS.values()):
        found[line[0]].append(line)
    return found


def in_json(value: Cell) -> str | int | bool | None:
    """A cell as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
