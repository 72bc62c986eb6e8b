"""The vendor's PAN where it is printed by itself."""

import re
from collections.abc import Iterator, Sequence

from extraction.fields.candidate import Candidate, best_first
from extraction.labels import Vocabulary, labels, values_of
from extraction.layout import Sheet
from gst.pan import SHAPE

LABELS: Vocabulary = (
    ("Company's PAN", 1.0), ("Our PAN", 1.0), ("PAN of Supplier", 1.0), ("Vendor PAN", 1.0),
    ("PAN No", 0.7), ("PAN Number", 0.7), ("PAN", 0.7), ("I.T. PAN", 0.7), ("Permanent Account Number", 0.7),
)  # fmt: skip
PAN = re.compile(rf"(?<![A-Z0-9]){SHAPE}(?![A-Z0-9])")
FOOT = 0.55
"""Fraction of the page below which, as in the letterhead, a PAN is the vendor's own."""
OWN = 0.9


def vendor_pans(sheets: Sequence[Sheet], vendor: str | None, buyer: str | None) -> list[Candidate[str]]:
    """PANs that may be the vendor's, by the GSTINs known; that of the buyer is none."""
    known, others = (gstin[2:12] if gstin else None for gstin in (vendor, buyer))
    found = [c for sheet in sheets for c in pans_on(sheet) if c.value != others or c.value == known]
    if known:
        return [
            Candidate(c.value, 1.0, f"{c.reason}; the GSTIN holds it too", c.cell)
            for c in found
            if c.value == known
        ]
    return best_first([c for c in found if c.score >= OWN or c.cell is None or c.cell.middle > FOOT])


def pans_on(sheet: Sheet) -> Iterator[Candidate[str]]:
    """PANs at their labels."""
    for label in labels(sheet, LABELS):
        for cell, where, likely in values_of(label, sheet):
            found = PAN.search(cell.text.upper())
            if found:
                yield Candidate(found[0], label.score * likely, f'stands {where} "{label.cell.text}"', cell)
                break
