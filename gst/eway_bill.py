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

    Some States also list goods that need no bill; the State rows are from secondary sources. None before
    April 2018.
    """
    national = limits.get("eway_bill_interstate", on)
    if national is None:
        return None
    if _current(from_state) == _current(to_state):
        for row in law_on("eway_bill_intrastate", on):
            if row["state_code"] == _current(from_state):
                return Threshold(Decimal(row["threshold"]), row["note"], row["source"])
    return Threshold(national.value, "", national.source)


def _current(code: str) -> str:
    state = states.get(code)
    return state.current_code if state else code
