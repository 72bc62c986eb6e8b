"""A reading with a person's values in it, each with who put it there and when."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from extraction.amend.fields import PATHS, value_of, with_value
from extraction.amend.lines import evidence_kept
from extraction.amend.typed import Value
from extraction.confidence import KEY_FIELDS
from extraction.reading import Box, FieldValue, Reading, ReadingWarning, Source, normal_form
from gst.invoice import DocumentKind, Invoice, Line

LINES = "line_items"
MANUAL = "manual"
"""The engine of a reading that a person typed from nothing."""
SURE = 100


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who vouches for a value, and since when."""

    name: str
    on: dt.date

    def of(self, verb: str) -> str:
        """``typed by Asha Iyer on 20 Aug 2025``."""
        return f"{verb} by {self.name} on {self.on.day} {self.on:%b %Y}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the document a person picked a value up."""

    page: int
    box: Box


def blank() -> Reading:
    """What is known of a paper that no engine could read: nothing."""
    return Reading(
        invoice=Invoice(kind=DocumentKind.TAX_INVOICE), fields={}, confidence=0, engine=MANUAL, seconds=0
    )


def amend(
    reading: Reading,
    values: Mapping[str, Value],
    stamp: Stamp,
    *,
    lines: tuple[Line, ...] | None = None,
    places: Mapping[str, Place] | None = None,
    verb: str = "",
) -> Reading:
    """The reading with a person's values; one that it has already is confirmed.

    ``verb`` says how the person came by them; without it they were typed, checked or emptied.
    """
    invoice, fields = reading.invoice, dict(reading.fields)
    for field, value in values.items():
        how = verb or verb_for(value, value_of(reading.invoice, field))
        place = (places or {}).get(field) or place_of(reading, field, value)
        fields[field] = person(normal_form(value), stamp.of(how), place)
        invoice = with_value(invoice, field, value)
    cells = reading.lines
    if lines is not None:
        cells = evidence_kept(reading.invoice.lines, cells, lines)
        invoice = replace(invoice, lines=lines)
        fields[LINES] = person(str(len(lines)), stamp.of(verb or "typed"))
    doubts = tuple(doubt for doubt in reading.warnings if not is_settled(doubt, values))
    return with_confidence(
        reading.model_copy(update={"invoice": invoice, "fields": fields, "lines": cells, "warnings": doubts})
    )


def is_settled(doubt: ReadingWarning, values: Mapping[str, Value]) -> bool:
    """Whether a person answered a doubt of the reader; whether the sums are right, the rules will say."""
    return doubt.code == "totals_unproven" and any(PATHS[field][0] == "totals" for field in values)


def verb_for(value: Value, before: Value) -> str:
    """What a person did with a field."""
    if value == before:
        return "checked" if value is not None else "found missing on the paper"
    return "typed" if value is not None else "emptied"


def place_of(reading: Reading, field: str, value: Value) -> Place | None:
    """Where the value was read, as long as it stays the same."""
    known = reading.fields.get(field)
    if known is None or not known.page or not known.box or value != value_of(reading.invoice, field):
        return None
    return Place(known.page, known.box)


def person(value: str, reason: str, place: Place | None = None) -> FieldValue:
    """A value that a person vouches for."""
    return FieldValue(
        value=value,
        confidence=SURE,
        source=Source.PERSON,
        reason=reason,
        page=place.page if place else None,
        box=place.box if place else None,
    )


def with_fields_of(reading: Reading, other: Reading, names: Iterable[str], stamp: Stamp) -> Reading:
    """The reading with some fields as an engine read them anew, and as a person then took them over."""
    wanted = set(names)
    values = {name: value_of(other.invoice, name) for name in PATHS if name in wanted}
    places = {name: place for name, value in values.items() if (place := place_of(other, name, value))}
    lines = other.invoice.lines if LINES in wanted else None
    amended = amend(reading, values, stamp, lines=lines, places=places, verb="read anew, taken over")
    return amended if lines is None else amended.model_copy(update={"lines": other.lines})


def with_confidence(reading: Reading) -> Reading:
    """The reading as sure as its least sure key field, if people made that better than it was."""
    fields = (reading.fields.get(name) for name in KEY_FIELDS)
    least = min(field.confidence if field else 0 for field in fields)
    return reading.model_copy(update={"confidence": max(reading.confidence, least)})
