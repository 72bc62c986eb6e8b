"""How sure a value is, in percent: how often values with the same kind of evidence were right.

The table is fitted on labelled invoices by ``benchmarks/fit_confidence.py``. A person can check each figure:
it is the share of right values among those with this evidence, drawn towards caution where there were few.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from extraction.solve.choice import Choice

KEY_FIELDS = ("invoice_number", "invoice_date", "vendor_gstin", "buyer_gstin", "grand_total")
LINE_POOL = "line.*"
UNKNOWN = 50
"""For evidence that was never seen when the table was fitted."""
BANDS = (0.5, 0.8, 1.0)
"""Scores at which evidence of one kind is told apart."""
DOCUMENT_BANDS = (60, 80, 90, 95)
"""Percent of the least sure key field at which documents are told apart."""


@cache
def table() -> Mapping[str, int]:
    """Percent by field and evidence, such as ``invoice_date/label/2``; ``*`` stands for all fields."""
    text = files("extraction").joinpath("confidence.json").read_text(encoding="utf-8")
    fitted: dict[str, int] = json.loads(text)["percent"]
    return fitted


def evidence_key(choice: Choice[Any]) -> str:
    """The kind of evidence, with the band of its score; a repaired value is evidence of its own kind."""
    kind = f"{choice.proof}-repaired" if choice.repaired else choice.proof
    return f"{kind}/{sum(choice.strength >= band for band in BANDS)}"


def percent(field: str, choice: Choice[Any]) -> int:
    """How sure a chosen value is."""
    key = evidence_key(choice)
    known = table()
    return known.get(f"{field}/{key}", known.get(f"{pool_of(field)}/{key}", UNKNOWN))


def pool_of(field: str) -> str:
    """What the values of a field are counted with where it has few of its own."""
    return "document" if field == "document" else LINE_POOL if field.startswith("line.") else "*"


def document_key(choices: Mapping[str, Choice[Any]]) -> str:
    """The evidence of a whole document: which key fields are missing, else how sure the least sure one is.

    Doubts are not independent (one bad scan spoils all), so the weakest field speaks for the document.
    """
    return percents_key({field: percent(field, choices[field]) for field in KEY_FIELDS if field in choices})


def percents_key(known: Mapping[str, int]) -> str:
    """The same from percents by field."""
    missing = [field for field in KEY_FIELDS if field not in known]
    if missing:
        return "missing/" + ("buyer" if missing == ["buyer_gstin"] else "other")
    least = min(known[field] for field in KEY_FIELDS)
    return f"least/{sum(least >= band for band in DOCUMENT_BANDS)}"


def key_percent(known: Mapping[str, int]) -> int:
    """How sure it is that every key field that is printed was read right, from percents by field."""
    return table().get(f"document/{percents_key(known)}", UNKNOWN)


def document_percent(choices: Mapping[str, Choice[Any]]) -> int:
    """How sure it is that every key field that is printed was read right."""
    return table().get(f"document/{document_key(choices)}", UNKNOWN)
