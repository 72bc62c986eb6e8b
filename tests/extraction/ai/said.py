"""A paper that the offline reader read well or badly, and what a model says of it."""

from copy import deepcopy
from typing import Any

from extraction.layout import lay_out
from extraction.reading import Reading
from extraction.report import report
from extraction.understand import understand
from tests.extraction.papers import BUYER, INVOICE, VENDOR, page


def offline(**misread: str) -> Reading:
    """The offline reading of the paper; ``misread`` gives cells by their name here another text, or none."""
    words = tuple((x, y, misread.get(NAMES.get(text, ""), text)) for x, y, text in INVOICE)
    paper = page(*(word for word in words if word[2]))
    return report(understand([lay_out(paper)], []), [paper], "local", 0.1)


NAMES = {
    "Invoice No.": "number_label",
    "SP/25-26/117": "number",
    "12-Aug-25": "date",
    f"GSTIN/UIN : {BUYER}": "buyer",
    "25,375.00": "total",
    "21,504.00": "taxable",
    "3,870.72": "tax",
    "1,504.00": "line",
    "848410": "code",
    "INR Twenty Five Thousand Three Hundred Seventy Five Only": "words",
}
UNPROVED = {"total": "25,B75.0O", "words": "lNR Twxnty Fyve", "number_label": "Inv0!ce"}
"""Cells as a bad scan leaves them: no number, and no sum that adds up."""


def printed(text: str) -> dict[str, Any]:
    return {"text": text, "page": 1, "box": None}


ANSWER: dict[str, Any] = {
    "kind": "tax_invoice",
    "number": printed("SP/25-26/117"),
    "date": printed("12-Aug-25"),
    "vendor": {"name": printed("Sahyadri Pumps Pvt Ltd"), "gstin": printed(VENDOR)},
    "buyer": {"name": printed("Kutch Salt Works Limited"), "gstin": printed(BUYER)},
    "place_of_supply": printed("Gujarat"),
    "totals": {
        "taxable_value": printed("21,504.00"),
        "taxes": {"igst": printed("3,870.72")},
        "round_off": printed("0.28"),
        "grand_total": printed("25,375.00"),
    },
    "lines": [
        {"description": "Pump 2 HP with foot valve", "hsn_sac": "841370", "quantity": "4", "unit": "NOS",
         "unit_price": "5,000.00", "taxable_value": "20,000.00"},
        {"description": "Gasket set", "hsn_sac": "848410", "quantity": "10", "unit": "SET",
         "unit_price": "150.40", "taxable_value": "1,504.00"},
    ],
}  # fmt: skip


def answer(**changes: Any) -> dict[str, Any]:
    """The true answer with some members changed; ``vendor__gstin="…"`` changes a nested one."""
    said = deepcopy(ANSWER)
    for path, value in changes.items():
        *steps, last = path.split("__")
        part = said
        for step in steps:
            part = part.setdefault(step, {})
        part[last] = printed(value) if isinstance(value, str) and last != "kind" else value
    return said
