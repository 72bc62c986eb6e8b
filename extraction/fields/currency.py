"""The currency of the amounts."""

import re
from collections.abc import Sequence

from extraction.layout import Sheet

HOME = re.compile(r"₹|\b(?:inr|rs|rupees?|paise|gstin)\b", re.IGNORECASE)
FOREIGN = {
    "USD": re.compile(r"\bUSD\b|US\s?\$|\bUS dollars?\b", re.IGNORECASE),
    "EUR": re.compile(r"\bEUR\b|€|\beuros?\b", re.IGNORECASE),
    "GBP": re.compile(r"\bGBP\b|£"),
    "AED": re.compile(r"\bAED\b|\bdirhams?\b", re.IGNORECASE),
    "SGD": re.compile(r"\bSGD\b|S\$"),
}


def currency(sheets: Sequence[Sheet]) -> str:
    """The ISO 4217 code: rupees, unless the paper names another currency and nothing Indian."""
    text = "\n".join(cell.text for sheet in sheets for cell in sheet.cells)
    named = [code for code, words in FOREIGN.items() if words.search(text)]
    return named[0] if len(named) == 1 and not HOME.search(text) else "INR"
