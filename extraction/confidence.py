"""How sure a value is, in percent: how often values with the same kind of evidence were right.

The table is fitted on labelled invoices by ``benchmarks/fit_confidence.py``. A person can check each figure:
it is the share of right values among those with this evidence, drawn towards caution where there were few.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extraction.solve.choice import Choice

KEY_FIELDS = ("invoice_number", "invoice_date", "vendor_gstin", "buyer_gstin", "grand_total")
UNKNOWN = 50
REPAIRED = 0.97
"""Factor for values in which a character was put right."""
BANDS = (0.5, 0.8, 1.0)
"""Scores at which evidence of one kind is told apart."""


@cache
def table() -> Mapping[str, int]:
    """Percent by field and evidence, such as ``invoice_date/label/2``; ``*`` stands for all fields."""
    text = files("extraction").joinpath("confidence.json").read_text(encoding="utf-8")
    fitted: dict[str, int] = json.loads(text)["percent"]
    return fitted


def evidence_key(choice: Choice[object]) -> str:
    """The kind of evidence, with the band of its score."""
    return f"{choice.proof}/{sum(choice.strength >= band for band in BANDS)}"


def percent(field: str, choice: Choice[object]) -> int:
    """How sure a chosen value is."""
    key = evidence_key(choice)
    known = table()
    found = known.get(f"{field}/{key}", known.get(f"*/{key}", UNKNOWN))
    return round(found * REPAIRED) if choice.repaired else found


def document_percent(sure: Mapping[str, int], *, expects_buyer: bool) -> int:
    """How sure it is that every key field is right; a key field that should be there and is not counts as wrong.

    Doubts are not independent (one bad scan spoils all), so the weakest field speaks for the document and
    the others only soften it.
    """
    wanted = [field for field in KEY_FIELDS if expects_buyer or field != "buyer_gstin"]
    if any(field not in sure for field in wanted):
        return 0
    weakest, *others = sorted(sure[field] for field in wanted)
    product = float(weakest)
    for other in others:
        product *= 0.5 + other / 200
    return round(product)
