"""Versions of an invoice: what a person saw, what changed, and what an engine reads otherwise."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from extraction.amend.amended import LINES
from extraction.amend.fields import PATHS, value_of
from extraction.amend.lines import in_cells
from extraction.reading import FieldValue, Reading, normal_form
from gst.invoice import Invoice as Paper
from invoice_processor.judging.current import engine_reading
from invoice_processor.models import Event, Invoice, InvoiceVersion

Json = str | list[dict[str, str]]
"""A value as versions keep it: text in normal form, or the cells of all lines."""

ENGINE = "r"
VERSION = "v"


def basis_of(invoice: Invoice) -> str:
    """The name of what counts now: ``v3`` for a third version, ``r…`` for an engine's reading, or empty."""
    return standing(invoice)[1]


def standing(invoice: Invoice) -> tuple[Reading | None, str]:
    """What counts now, with its name."""
    versions = InvoiceVersion.objects.filter(invoice_id=invoice.pk).order_by("-number")
    if latest := versions.values_list("number", "reading").first():
        number, kept = latest
        return Reading.model_validate_json(kept), f"{VERSION}{number}"
    read = engine_reading(invoice)
    return read, name_of(read) if read else ""


def name_of(read: Reading) -> str:
    """The name of an engine's reading: it changes with what was read."""
    return ENGINE + sha256(read.model_dump_json().encode()).hexdigest()[:16]


def reading_at(invoice: Invoice, basis: str) -> Reading | None:
    """What a person saw under a name; None where it is gone, as when the file was read anew since."""
    if basis.startswith(VERSION) and basis[1:].isdecimal():
        versions = InvoiceVersion.objects.filter(invoice_id=invoice.pk, number=int(basis[1:]))
        kept = versions.values_list("reading", flat=True).first()
        return Reading.model_validate_json(kept) if kept else None
    read = engine_reading(invoice)
    return read if read and name_of(read) == basis else None


def in_json(paper: Paper, field: str) -> Json:
    """What a paper says in a field, as versions keep it."""
    return [in_cells(line) for line in paper.lines] if field == LINES else normal_form(value_of(paper, field))


def differences(before: Reading, after: Reading, also: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The fields in which two readings differ, and ``also`` those that a person confirmed."""
    found = []
    for field in (*PATHS, LINES):
        old, new = in_json(before.invoice, field), in_json(after.invoice, field)
        if old != new or field in also:
            found.append({"field": field, "before": old, "after": new})
    return found


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an engine reads where a person's version says something else."""

    field: str
    value: Json
    evidence: FieldValue | None


def suggestions(invoice: Invoice, current: Reading | None) -> list[Suggestion]:
    """What the engine reads otherwise than the latest version, unless people have turned it down before."""
    if current is None or not invoice.versions.exists() or not (read := engine_reading(invoice)):
        return []
    refused = turned_down(invoice)
    return [
        Suggestion(change["field"], change["after"], read.fields.get(change["field"]))
        for change in differences(current, read)
        if change["after"] and (change["field"], str(change["after"])) not in refused
    ]


def turned_down(invoice: Invoice) -> set[tuple[str, str]]:
    """Values by field that people replaced by others, or said to ignore."""
    versions = InvoiceVersion.objects.filter(invoice_id=invoice.pk).values_list("changes", flat=True)
    replaced = {(change["field"], str(change["before"])) for changes in versions for change in changes}
    events = Event.objects.filter(invoice_id=invoice.pk, action="invoice.reading_ignored")
    for data in events.values_list("data", flat=True):
        replaced |= {(field, str(value)) for field, value in data["values"].items()}
    return replaced
