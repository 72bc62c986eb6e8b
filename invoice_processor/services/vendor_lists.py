"""Vendor lists as people keep them, in any order of columns: read row by row, each with its own problem."""

import datetime as dt
from dataclasses import dataclass

from gst import gstin as gstins
from gst.problem import Problem
from invoice_processor.portal.record import PortalRecord, text, yes_or_no
from invoice_processor.services.tables import UnreadableTable, Value, read_table

HEADINGS = {
    "gstin": ("gstin", "gstno", "gstnumber", "gstinno", "gstinuin", "vendorgstin", "suppliergstin"),
    "legal_name": ("legalname", "vendorname", "suppliername", "partyname", "name", "vendor", "supplier"),
    "trade_name": ("tradename", "brandname"),
    "status": ("status", "gststatus", "gstinstatus", "registrationstatus"),
    "taxpayer_type": ("taxpayertype", "registrationtype", "gstregistrationtype", "gsttreatment"),
    "constitution": ("constitution", "constitutionofbusiness"),
    "address": ("address", "principalplaceofbusiness", "billingaddress"),
    "registered_on": ("registeredon", "registrationdate", "dateofregistration"),
    "cancelled_on": ("cancelledon", "cancellationdate", "dateofcancellation"),
    "einvoice_enabled": ("einvoice", "einvoicestatus", "einvoiceenabled"),
}
"""What columns may be called, letters only; of two that fit the one whose name stands first counts."""
LENGTHS = {
    "legal_name": 300,
    "trade_name": 300,
    "status": 100,
    "taxpayer_type": 100,
    "constitution": 100,
    "address": 500,
}
HEADING_WITHIN = 20  # rows from the top
DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is not taken; ``row`` counts from 1 as spreadsheet programs do."""

    row: int
    gstin: str
    reason: str


@dataclass(frozen=True, slots=True)
class VendorList:
    """A list as read: nothing of it is kept yet."""

    vendors: tuple[PortalRecord, ...]
    problems: tuple[RowProblem, ...]
    columns: tuple[str, ...]  # the known ones that it has


def read_list(content: bytes) -> VendorList:
    """The vendors in a CSV or XLSX file.

    Raises:
        UnreadableTable: it is no table, or no column is headed GSTIN.
    """
    rows = read_table(content)
    start, columns = heading(rows)
    vendors: dict[str, tuple[int, PortalRecord]] = {}
    problems = []
    for number, row in enumerate(rows[start:], start + 1):
        if not any(row):
            continue
        values = {name: row[place] for name, place in columns.items() if place < len(row)}
        found = vendor(values)
        if isinstance(found, str):
            problems.append(RowProblem(number, text(values.get("gstin"), 20), found))
        elif found.gstin in vendors:
            reason = f"Row {vendors[found.gstin][0]} is about this GSTIN as well: only that one is taken."
            problems.append(RowProblem(number, found.gstin, reason))
        else:
            vendors[found.gstin] = (number, found)
    return VendorList(tuple(one for _, one in vendors.values()), tuple(problems), tuple(columns))


def heading(rows: list[tuple[Value, ...]]) -> tuple[int, dict[str, int]]:
    """The number of the row that names the columns, and the place of each known one."""
    for number, row in enumerate(rows[:HEADING_WITHIN], 1):
        named = {letters(cell): place for place, cell in reversed(list(enumerate(row)))}
        places = {
            field: next((named[name] for name in names if name in named), None)
            for field, names in HEADINGS.items()
        }
        if places["gstin"] is not None:
            return number, {field: place for field, place in places.items() if place is not None}
    raise UnreadableTable("No column is headed GSTIN: the first row must name the columns.")


def letters(cell: Value) -> str:
    """A heading in small letters without anything else."""
    return "".join(char for char in str(cell).lower() if char.isalpha())


def vendor(values: dict[str, Value]) -> PortalRecord | str:
    """The vendor in a row, or why there is none."""
    parsed = gstins.parse(str(values.get("gstin", "")))
    if isinstance(parsed, Problem):
        return parsed.message if values.get("gstin") else "There is no GSTIN in this row."
    days: dict[str, dt.date | None] = {}
    for field in ("registered_on", "cancelled_on"):
        found = day(values.get(field, ""))
        if isinstance(found, str):
            return f"“{found[:30]}” is not a date: write it like 31/07/2025."
        days[field] = found
    written = {field: text(values.get(field), length) for field, length in LENGTHS.items()}
    einvoice = yes_or_no(values.get("einvoice_enabled"))
    return PortalRecord(gstin=parsed.value, **written, **days, einvoice_enabled=einvoice)  # type: ignore[arg-type]


def day(value: Value) -> dt.date | str | None:
    """A date, None where nothing is written, or what is no date."""
    if isinstance(value, dt.date):
        return value
    if not text(value, 30):
        return None
    for form in DAYS:
        try:
            return dt.datetime.strptime(value.split(" 00:00")[0], form).date()  # noqa: DTZ007 - a mere day
        except ValueError:
            continue
    return value
