"""From which value a consignment needs an e-way bill (Rule 138 of the CGST and SGST Rules)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from gst import limits, states
from gst.tables import law_on


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bill is needed above ``value`` rupees, tax included and exempt goods left out."""

    value: Decimal
    note: str
    source: str


def threshold(from_state: str, to_state: str, on: dt.date) -> Threshold | None:
    """The threshold between two State codes; within a State its own rule counts, else the national one.

    None where no bill is needed. The State rows are from secondary sources; some States also exempt goods.
    """
    national = limits.get("eway_bill_interstate", on)
    if national is None:
        return None
    here, there = _current(from_state), _current(to_state)
    own = next(
        (row for row in law_on("eway_bill_intrastate", on) if row["state_code"] == here == there), None
    )
    if own is None:
        return Threshold(national.value, "", national.source)
    return (
        None
        if own["threshold"] == "none"
        else Threshold(Decimal(own["threshold"]), own["note"], own["source"])
    )


def _current(code: str) -> str:
    state = states.get(code)
    return state.current_code if state else code
