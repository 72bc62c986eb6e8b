"""Columns of a table of items: what they hold, and how their headers are worded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from extraction.layout import Cell


class Kind(StrEnum):
    """What a column holds."""

    SERIAL = "serial"
    DESCRIPTION = "description"
    HSN = "hsn"
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price"
    DISCOUNT = "discount"
    TAXABLE = "taxable"
    AMOUNT = "amount"
    TOTAL = "total"
    TAX_RATE = "tax_rate"
    CGST_RATE = "cgst_rate"
    SGST_RATE = "sgst_rate"
    IGST_RATE = "igst_rate"
    CGST = "cgst"
    SGST = "sgst"
    IGST = "igst"
    OTHER = "other"


WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.CGST_RATE, (r"cgst\W*(?:rate|%|tax\s?%)", r"central\s*tax\W*(?:rate|%)")),
    (Kind.SGST_RATE, (r"(?:sgst\W*utgst|sgst|utgst)\W*(?:rate|%|tax\s?%)", r"state\s*tax\W*(?:rate|%)")),
    (Kind.IGST_RATE, (r"igst\W*(?:rate|%|tax\s?%)", r"integrated\s*tax\W*(?:rate|%)")),
    (Kind.CGST, (r"cgst(?:\W*(?:amount|amt|value|rs|tax))*", r"central\s*tax")),
    (Kind.SGST, (r"(?:sgst\W*utgst|sgst|utgst)(?:\W*(?:amount|amt|value|rs|tax))*", r"state\s*tax")),
    (Kind.IGST, (r"igst(?:\W*(?:amount|amt|value|rs|tax))*", r"integrated\s*tax")),
    (Kind.HSN, (r"hsn(?:\W*(?:/|or|&)?\W*s?ac[cs]?)?(?:\W*code)?", r"\bsac\b(?:\W*code)?", r"hsn\W*acs")),
    (
        Kind.OTHER,
        (
            *(r"m\.?r\.?p", r"batch", r"exp\.?\b", r"mfg", r"cess", r"tax\s*am(?:oun)?t", r"total\s*tax"),
            *(r"gst\s*am(?:oun)?t", r"pack(?:ing|s)?\b", r"weight", r"item\s*code", r"part\s*no"),
            *(r"material\s*code", r"scheme", r"cases?\b", r"non\W*tax\w*(?:\W*exempt\w*)?", r"exempt\w*"),
            *(r"^\W*(?:txn\W*)?date\W*$", r"^\W*reference\W*$", r"^\W*credits?\W*$"),
        ),
    ),
    (
        Kind.TAX_RATE,
        (r"(?:gst|tax)\W*(?:rate|%|per|percent\w*)", r"rate\s*of\s*(?:gst|tax)", r"\bgst\b", r"\btax\b"),
    ),
    (
        Kind.TAXABLE,
        (
            r"taxable(?:\W*(?:value|val|amount|amt))?",
            r"ass(?:essable|\.)\W*(?:value|val|amt|amount)",
            *(
                r"net\s*(?:amount|amt|value)",
                r"value\s*of\s*supply",
                r"basic(?!\W*(?:rate|price|cost))(?:\s*(?:amount|amt|value))?",
            ),
        ),
    ),
    (
        Kind.SERIAL,
        (
            r"\b(?:s[lrni1]?|si)\W{0,2}n[o0]\b\.?",
            *(r"^\W*(?:sl|si|sr|sn|no|s|#)\W*$", r"^\W*no\.?\W*$", r"serial\s*no", r"line\s*no"),
        ),
    ),
    (
        Kind.QUANTITY,
        (
            (
                r"(?:bill(?:ed)?|total|inv|net|actual|desp|disp)?\W{0,2}"
                r"(?:qty|qnty|qt|q[il1]y|aty|oty|quantity|quant)\b\W{0,2}(?:\(.{1,8}\))?"
            ),
            r"no\W*s?\W*of\s*(?:units?|days?|nos|pcs|pieces|hours|persons?|trips?|nights?|shifts?|months?)",
            r"^\W*(?:nos|pcs|pieces|days|hours|hrs|nights|shifts|duties|mtrs|mtr|kgs|kg|mt)\b\W*$",
            r"\bl(?:i?te?re?s?|ts)\b\.?",
        ),
    ),
    (
        Kind.PRICE,
        (
            r"(?:unit|basic|base|item|net|sale|selling|gross)\W*(?:rate|price|cost)",
            *(r"(?:rate|price)\s*(?:per|/)\W*\w+", r"\brate\b", r"\bprice\b", r"unit\s*value"),
        ),
    ),
    (Kind.UNIT, (r"\bu\.?o\.?m\b", r"\bunits?\b", r"\bper\b", r"\blicm\b", r"\bliom\b")),
    (
        Kind.DISCOUNT,
        (r"\bdis[ce]\b\.?(?:\W*(?:%|amt|amount|rs))*", r"discount(?:\W*(?:%|amt|amount|rs))*"),
    ),
    (
        Kind.TOTAL,
        (
            r"total\W*(?:amount|amt|value|price|rs|inr)?",
            *(r"amount\W*incl\w*", r"gross\W*(?:amount|amt|value)"),
        ),
    ),
    (
        Kind.AMOUNT,
        (
            r"amount",
            r"amt\b\.?",
            r"\bvalue\b",
            r"freight(?:\W*(?:amount|amt|charges?))?",
            r"\bcharges\b",
            r"\bdebits?\b",
            r"\bfare\b",
        ),
    ),
    (
        Kind.DESCRIPTION,
        (
            (
                r"(?:description|particulars?|name)\W*(?:of)?\W*(?:the)?\W*"
                r"(?:goods|services?|product|item|material|work)*(?:\W*(?:and|&|/)\W*(?:services?|goods))?"
            ),
            *(r"item\W*(?:name|description|details)?", r"product(?:\W*name)?", r"goods"),
            *(r"services?\s*description", r"\bdetails\b", r"materials?\b"),
            *(r"destination", r"consignee", r"vehicle(?:\W*no)?", r"l\.?r\.?\W*no"),  # transporters' bills
        ),
    ),
)
"""Names of columns as regular expressions; kinds further up win where several match."""
PATTERNS = tuple((kind, re.compile("|".join(words), re.IGNORECASE)) for kind, words in WORDS)
HEADS = {Kind.CGST: Kind.CGST_RATE, Kind.SGST: Kind.SGST_RATE, Kind.IGST: Kind.IGST_RATE}
MONEY_KINDS = frozenset({Kind.AMOUNT, Kind.TAXABLE, Kind.TOTAL})
TITLES = (
    *("description", "particulars", "quantity", "amount", "taxable", "discount"),
    *("product", "material", "services", "charges", "freight"),
)
"""Words of titles that are known again with one letter misread; quality is no quantity."""
TITLES_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds and where its header stands."""

    kind: Kind
    left: float
    right: float

    @property
    def centre(self) -> float:
        """Distance of the header's centre from the left edge."""
        return (self.left + self.right) / 2


def named(cell: Cell) -> Iterator[tuple[Kind, Cell]]:
    """Column names in a header cell, from left to right; longer names win over those inside them."""
    taken: list[tuple[int, int, Kind]] = []
    text = respelled(cell.text)
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if match.end() > match.start() and all(
                match.end() <= a or match.start() >= b for a, b, _ in taken
            ):
                taken.append((match.start(), match.end(), kind))
    for start, end, kind in sorted(taken):
        yield kind, cell.part(start, end)


@lru_cache(maxsize=TITLES_KEPT)
def respelled(text: str) -> str:
    """A text with misread titles put right."""
    return re.sub(r"[A-Za-z0-9]{6,14}", lambda match: title_meant(match[0]), text)


def title_meant(word: str) -> str:
    """The title that a word is with one letter exchanged or too many; else the word."""
    lower = word.lower()
    return next((title for title in TITLES if title != lower and one_letter_off(lower, title)), word)


def one_letter_off(read: str, meant: str) -> bool:
    """Whether one letter was exchanged, or one too many was read."""
    if len(read) == len(meant):
        return sum(map(str.__ne__, read, meant)) == 1
    return len(read) == len(meant) + 1 and any(
        read[:place] + read[place + 1 :] == meant for place in range(len(read))
    )


def spans(columns: Sequence[Column]) -> list[tuple[float, float]]:
    """From where to where each column reaches: half-way to its neighbours."""
    edges = [0.0, *((a.right + b.left) / 2 for a, b in pairwise(columns)), 1.0]
    return list(pairwise(edges))
