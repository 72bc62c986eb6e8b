"""Place of supply and reverse charge, where they are printed."""

import re
from collections.abc import Iterator

from extraction.fields.candidate import Candidate
from extraction.labels import Vocabulary, labels, values_of
from extraction.layout import Sheet
from gst import states

PLACE_LABELS: Vocabulary = (
    ("Place of Supply", 1.0),
    ("Place of Supp", 0.9),
    ("POS", 0.5),
    ("Supply Place", 0.9),
)
RECIPIENT_PAYS = re.compile(
    r"payable\s*by\s*(?:the\s*)?(?:you|recipient|consign|service\s*rec|receiver)", re.IGNORECASE
)
ANSWER = re.compile(r"\b(yes|no|y|n|nil|not applicable|n\.?a)\b", re.IGNORECASE)
CHOICE = re.compile(r"\(?\b(?:y|yes)\s*/\s*(?:n|no)\b\)?", re.IGNORECASE)
CHARGE_LABELS: Vocabulary = (("Reverse Charge", 1.0), ("Reverse Charges Basis", 1.0), ("RCM", 0.6))


def places_of_supply(sheet: Sheet) -> Iterator[Candidate[str]]:
    """State codes behind a place-of-supply label."""
    for label in labels(sheet, PLACE_LABELS):
        for cell, where, likely in values_of(label, sheet):
            state = states.find(cell.text)
            if state:
                yield Candidate(state.code, label.score * likely, f'stands {where} "{label.cell.text}"', cell)
                break


def reverse_charges(sheet: Sheet) -> Iterator[Candidate[bool]]:
    """Yes or no behind a reverse-charge label, or a sentence that makes the recipient pay."""
    for cell in sheet.cells:
        if RECIPIENT_PAYS.search(cell.text):
            yield Candidate(True, 0.9, f'says "{cell.text}"', cell)
    for label in labels(sheet, CHARGE_LABELS):
        for cell, where, likely in values_of(label, sheet):
            answer = ANSWER.search(CHOICE.sub("", cell.text))
            if answer:
                value = answer[1].lower().startswith("y")
                yield Candidate(value, label.score * likely, f'stands {where} "{label.cell.text}"', cell)
                break
