"""What words on the lines of a table say: codes inside descriptions, and rates that head several items."""

import re
from decimal import Decimal

from extraction.layout import Cell, Row
from gst import hsn

NAMED_CODE = re.compile(
    r"\b(?:h\.?s\.?n|s\.?a\.?c)\b\.?(?:\W{0,3}\b(?:sac|hsn|code|no)\b)*\W{0,4}"
    r"(\d{4}(?:[. ]?\d{2}){0,2})(?!\d)",
    re.IGNORECASE,
)
LEADING_CODE = re.compile(r"^\W*(\d{8}|\d{6})\s?[-\u2013:]\s?[A-Za-z]")
RATE = r"\W*(?:rate\W*)?@?\s*(\d{1,2}(?:\.\d+)?)\s*%"
WHOLE_RATE = re.compile(r"\b[iI]?gst\b" + RATE, re.IGNORECASE)
HALF_RATE = re.compile(r"\bcgst\b" + RATE, re.IGNORECASE)
OTHER_TAX = re.compile(r"\bvat\b|\bexempt|\bnil\W*rated", re.IGNORECASE)


def is_code(code: str) -> bool:
    """Whether digits are an HSN or SAC, or at least begin like one."""
    return hsn.exists(code) or (len(code) >= 6 and hsn.exists(code[:4]))


def is_listed(text: str) -> bool:
    """Whether a number is a code by itself, under no title: of so many digits few are."""
    return bool(re.fullmatch(r"\d{6}|\d{8}", text)) and hsn.exists(text)


def code_in_words(row: Row) -> tuple[str, Cell] | None:
    """An HSN or SAC that a line names among its words, and where it stands."""
    for cell in row.cells:
        for pattern in (NAMED_CODE, LEADING_CODE):
            match = pattern.search(cell.text)
            code = re.sub(r"\D", "", match[1]) if match else ""
            if match and is_code(code):
                return code, cell.part(match.start(1), match.end(1))
    return None


def heading_rate(row: Row) -> tuple[bool, Decimal | None]:
    """Whether a line heads items by their tax, as tills print it, and the rate in percent if it is GST."""
    half, whole = HALF_RATE.search(row.text), WHOLE_RATE.search(row.text)
    if half:
        return True, 2 * Decimal(half[1])
    return bool(whole or OTHER_TAX.search(row.text)), Decimal(whole[1]) if whole else None
