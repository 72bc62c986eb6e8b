"""Invoices as files for people and other programs: all columns, with the lines beside them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone

from invoice_processor.models import Invoice, InvoiceLine
from invoice_processor.services.spreadsheets import Cell, Row, csv_lines, write_xlsx

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
    "Received at": "created_at",
    "Batch": "batch",
    "File": "original_name",
}
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
    return csv_lines(list(COLUMNS), (invoice_row(invoice) for invoice in in_order(invoices)))


def as_xlsx(invoices: "QuerySet[Invoice]", target: IO[bytes]) -> None:
    """A sheet of invoices and one of their lines."""
    write_xlsx(
        target,
        [
            ("Invoices", list(COLUMNS), (invoice_row(invoice) for invoice in in_order(invoices))),
            ("Lines", ["Vendor", "Number", *LINE_COLUMNS], line_rows(in_order(invoices))),
        ],
    )


def as_json(invoices: "QuerySet[Invoice]") -> Iterator[str]:
    """An array of invoices with their lines; amounts are strings, so that no paisa is lost."""
    names, line_names = list(COLUMNS.values()), [*LINE_COLUMNS.values()][1:]
    comma = "[\n"
    for some in chunks(in_order(invoices)):
        lines = lines_of(some)
        for invoice in some:
            document: dict[str, object] = dict(zip(names, map(in_json, invoice_row(invoice)), strict=True))
            document["line_items"] = [
                {name: in_json(getattr(line, name)) for name in line_names}
                for line in lines.get(invoice.pk, [])
            ]
            yield comma + json.dumps(document, ensure_ascii=False)
            comma = ",\n"
    yield "[]\n" if comma == "[\n" else "\n]\n"


def in_order(invoices: "QuerySet[Invoice]") -> Iterator[Invoice]:
    """The invoices, newest first, a few at a time."""
    rows = invoices.select_related("batch").only(
        *(column for column in COLUMNS.values() if column not in ("pk", "batch")), "batch__name"
    )
    return rows.order_by("-pk").iterator(chunk_size=AT_ONCE)


def invoice_row(invoice: Invoice) -> Row:
    """The cells of one invoice."""
    values = (getattr(invoice, column) for column in COLUMNS.values())
    return [
        value.name if column == "batch" else plain(value)
        for column, value in zip(COLUMNS.values(), values, strict=True)
    ]


def plain(value: Cell) -> Cell:
    """A moment in the desk's time; everything else as it is."""
    return timezone.localtime(value).replace(microsecond=0) if isinstance(value, datetime) else value


def line_rows(invoices: Iterable[Invoice]) -> Iterator[Row]:
    """The cells of all lines, in the order of the invoices."""
    for some in chunks(invoices):
        lines = lines_of(some)
        for invoice in some:
            for line in lines.get(invoice.pk, []):
                cells = [getattr(line, column) for column in LINE_COLUMNS.values()]
                yield [invoice.vendor_name, invoice.number, *cells]


def lines_of(invoices: Sequence[Invoice]) -> dict[int, list[InvoiceLine]]:
    """The lines of some invoices in one query, by invoice."""
    found: dict[int, list[InvoiceLine]] = {}
    for line in InvoiceLine.objects.filter(invoice__in=[invoice.pk for invoice in invoices]):
        found.setdefault(line.invoice_id, []).append(line)
    return found


def chunks(invoices: Iterable[Invoice]) -> Iterator[list[Invoice]]:
    """The invoices a few at a time."""
    rest = iter(invoices)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def in_json(value: Cell) -> str | int | bool | None:
    """A cell as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
