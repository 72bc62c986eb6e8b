"""Other papers that an invoice names: the invoice it amends, and the portal's acknowledgement."""

import re
from collections.abc import Iterator, Sequence

from extraction.fields.numbering import as_number
from extraction.labels import Vocabulary, labels, values_of
from extraction.layout import Sheet
from extraction.numbers import dates
from gst.invoice import Acknowledgement, DocumentReference

ORIGINAL_LABELS: Vocabulary = (
    ("Original Invoice No", 1.0), ("Original Invoice Number", 1.0), ("Original Invoice", 0.9),
    ("Against Invoice No", 1.0), ("Against Invoice", 0.9), ("Ref Invoice No", 1.0),
    ("Reference Invoice No", 1.0), ("Original Inv No", 1.0), ("Invoice Reference", 0.6),
)  # fmt: skip
ACK_NUMBER_LABELS: Vocabulary = (("Ack No", 1.0), ("Ack Number", 1.0), ("Acknowledgement No", 1.0))
ACK_DATE_LABELS: Vocabulary = (("Ack Date", 1.0), ("Ack Dt", 1.0), ("Acknowledgement Date", 1.0))
ACK_NUMBER = re.compile(r"(?<!\d)\d{15}(?!\d)")


def references(sheets: Sequence[Sheet]) -> tuple[DocumentReference, ...]:
    """The invoices that a credit or debit note names (Rule 53(1A)), each once."""
    found = {reference.number: reference for sheet in sheets for reference in references_on(sheet)}
    return tuple(found.values())


def references_on(sheet: Sheet) -> Iterator[DocumentReference]:
    """Number, and date if it stands behind it, at a label for the original invoice."""
    for label in labels(sheet, ORIGINAL_LABELS):
        for cell, _, _ in values_of(label, sheet):
            text = re.sub(r"^\W*(?:&|and)?\W*date\W*", "", cell.text, flags=re.IGNORECASE)
            number = as_number(text)
            if number:
                day = next((day for day, _, _ in dates(text)), None)
                yield DocumentReference(number=number, date=day)
                break


def acknowledgement(sheets: Sequence[Sheet]) -> Acknowledgement | None:
    """Number and date that the registration portal gave."""
    numbers = (
        match.group()
        for sheet in sheets
        for label in labels(sheet, ACK_NUMBER_LABELS)
        for cell, _, _ in values_of(label, sheet)
        if (match := ACK_NUMBER.search(cell.text.replace(" ", "")))
    )
    days = (
        day
        for sheet in sheets
        for label in labels(sheet, ACK_DATE_LABELS)
        for cell, _, _ in values_of(label, sheet)
        for day, _, _ in dates(cell.text)
    )
    number, day = next(numbers, None), next(days, None)
    return Acknowledgement(number=number, date=day) if number or day else None
