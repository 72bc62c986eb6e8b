"""Invoice reference numbers: computing one, and using a printed one as proof of what stands on the page.

The IRN is the SHA-256 of supplier GSTIN, financial year, document type and number (Rule 48(4); e-invoice
schema INV-01). From 1 June 2025 the portal puts the number in capitals first (GSTN advisory, 4 April 2025).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from gst.financial_year import FinancialYear

DOCUMENT_TYPES = ("INV", "CRN", "DBN")
LENGTH = 64
ENOUGH = 24
"""Agreeing characters that make a proof: 24 of 64 agree by chance less than once in 10**12."""

_SHIFTS = (0, 1, -1, 2, -2, 3, -3)


@dataclass(frozen=True, slots=True)
class Proof:
    """The combination whose hash is the printed IRN: all four values are proven at once."""

    gstin: str
    number: str  # as the caller gave it
    document_type: str
    financial_year: FinancialYear
    irn: str  # complete, recomputed
    agreeing: int  # characters of the print that agree, of 64


def compute(gstin: str, financial_year: FinancialYear, document_type: str, number: str) -> str:
    """The IRN of exactly this text, 64 small hexadecimal digits."""
    text = f"{gstin}{financial_year}{document_type}{number}"
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def is_irn(text: str) -> bool:
    """Whether ``text`` is a complete IRN in normal form."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def agrees(irn: str, gstin: str, financial_year: FinancialYear, document_type: str, number: str) -> bool:
    """Whether a complete IRN belongs to these values, the number as typed or in capitals."""
    numbers = {number, number.upper()}
    return irn.lower() in {compute(gstin, financial_year, document_type, each) for each in numbers}


def prove(
    printed: str,
    gstins: Iterable[str],
    numbers: Iterable[str],
    document_types: Iterable[str],
    years: Iterable[FinancialYear],
) -> Proof | None:
    """The combination of candidates that the printed IRN proves, if there is one.

    Whatever is not a hexadecimal digit counts as unreadable; a few lost, added or misread characters do no
    harm. Each number is tried as given and in capitals. Takes some thirty microseconds a combination.
    """
    read = re.sub(r"\s", "", printed).lower()
    if len(re.findall(r"[0-9a-f]", read)) < ENOUGH:
        return None
    numbers = tuple(numbers)
    spellings = {number.upper(): number for number in numbers} | {number: number for number in numbers}
    best: Proof | None = None
    for gstin, year, kind, (spelling, number) in product(
        set(gstins), set(years), set(document_types), spellings.items()
    ):
        irn = compute(gstin, year, kind, spelling)
        agreeing = _agreeing(irn, read)
        if agreeing >= ENOUGH and (best is None or agreeing > best.agreeing):
            best = Proof(gstin, number, kind, year, irn, agreeing)
    return best


def _agreeing(irn: str, read: str) -> int:
    """How many characters agree when the print is shifted, as by a lost character, in the best way."""
    if irn == read:
        return LENGTH
    return max(sum(map(str.__eq__, irn[max(0, -shift) :], read[max(0, shift) :])) for shift in _SHIFTS)
