"""Who bills whom under which number and date: candidates that prove each other.

An IRN is the hash of vendor GSTIN, financial year, document type and number: where the hash of candidates
meets the printed IRN, all four are proven, and a misread character is found by trying its look-alikes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from gst import financial_year, irn

LOOKALIKES = {
    "0": "OQD", "O": "0Q", "1": "IL7", "I": "1L", "L": "1I", "5": "S", "S": "5", "8": "B", "B": "8",
    "2": "Z", "Z": "2", "6": "G", "G": "6", "-": "/", "/": "-1I", "7": "1", "4": "A", "A": "4", "U": "V",
    "V": "U", "D": "0O", "Q": "O0",
}  # fmt: skip
NUMBERS_TRIED = 20
NUMBERS_VARIED = 5
MOST_VARIANTS = 250


def prove_by_irn(
    printed: Sequence[str],
    vendors: Iterable[str],
    numbers: Sequence[str],
    days: Iterable[dt.date],
    *,
    misread: bool = True,
) -> irn.Proof | None:
    """The combination of candidates whose hash a printed IRN is; the IRN may be misread in places.

    ``misread``: whether the numbers may be, too; look-alikes of them are many.
    """
    sellers, years = list(dict.fromkeys(vendors)), list(dict.fromkeys(map(financial_year.of, days)))
    exact = list(dict.fromkeys(form for number in numbers[:NUMBERS_TRIED] for form in forms(number)))
    varied = list(dict.fromkeys(form for number in exact[:NUMBERS_VARIED] for form in variants(number)))
    for candidates, kinds in ((exact, irn.DOCUMENT_TYPES), (varied, irn.DOCUMENT_TYPES[:1]))[: 1 + misread]:
        for text in printed:
            proof = irn.prove(text, sellers, candidates, kinds, years)
            if proof:
                return proof
    return None


def forms(number: str) -> Iterator[str]:
    """The ways in which a printed number may be registered: without blanks, without leading zeros."""
    bare = "".join(number.split())
    yield from (bare, number, bare.lstrip("0/-"))


def variants(number: str) -> Iterator[str]:
    """Numbers one or two look-alikes away, or without a stray character at an end."""
    yield from (number[1:], number[:-1])
    once = list(one_change(number))
    yield from once
    twice = (again for changed in once for again in one_change(changed))
    for _, variant in zip(range(MOST_VARIANTS), twice, strict=False):
        yield variant


def one_change(number: str) -> Iterator[str]:
    """The number with one character exchanged for a look-alike."""
    for place, character in enumerate(number):
        for other in LOOKALIKES.get(character, ""):
            yield number[:place] + other + number[place + 1 :]
