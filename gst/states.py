"""States and Union territories by GST code, and by the many ways in which they are printed."""

import re
from dataclasses import dataclass
from functools import cache

from gst.spelling import neighbours
from gst.tables import rows

EXPORT = "96"
"""Place of supply outside India; never the beginning of a GSTIN."""

SUCCESSORS = {"25": "26", "28": "37"}
"""Codes that still stand on old papers, and the code of the same place today."""


@dataclass(frozen=True, slots=True)
class State:
    """``code`` is the two-digit GST code, ``letters`` the common abbreviation."""

    code: str
    name: str
    letters: str
    levies_utgst: bool  # UTGST in place of SGST: Union territories without a legislature, and Ladakh

    @property
    def current_code(self) -> str:
        """The code of the same place today (25 became 26, 28 became 37)."""
        return SUCCESSORS.get(self.code, self.code)


@cache
def all_states() -> dict[str, State]:
    """Every code of the table, 96, 97 and 99 included."""
    return {
        row["code"]: State(row["code"], row["name"], row["letter_code"], "UTGST" in row["tax_type"])
        for row in rows("state_codes/gst_state_codes.csv")
    }


def get(code: str) -> State | None:
    """The State of a two-digit code."""
    return all_states().get(code)


def today(code: str) -> State | None:
    """The State that the place of a two-digit code belongs to today."""
    state = get(code)
    return get(state.current_code) if state else None


def find(printed: str) -> State | None:
    """The State meant by printed text: ``27``, ``27-Maharashtra``, ``TN``, ``Orissa``, ``State Code: 29``.

    None when nothing is recognised, or when a printed code and a printed name contradict each other.
    """
    letters = _letters(printed)
    by_name = _by_name(letters)
    shape = _CODE_OF_A_STRANGER if letters and by_name is None else _CODE
    codes = (next(filter(None, match.groups())) for match in shape.finditer(printed))
    by_code = next((state for code in codes if (state := get(code.zfill(2)))), None)
    if by_code and by_name:
        return by_code if by_code.current_code == by_name.current_code else None
    return by_code or by_name


_CODE = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
# Beside letters that name no State, a number has to look like a code: in an address it is a house.
_CODE_OF_A_STRANGER = re.compile(r"\bcode\W*(\d\d)\b|\((\d\d)\)|^\W*(\d\d)\s*[-:]\s*[a-z]{4}", re.IGNORECASE)


def _by_name(letters: str) -> State | None:
    code = _names().get(letters)
    if code is None and 6 <= len(letters) <= 40:
        near = {_names()[name] for name in neighbours(letters, _names())}
        code = near.pop() if len(near) == 1 else None
    return get(code) if code else None


@cache
def _names() -> dict[str, str]:
    """Every known spelling, letters only, with the code it has today."""
    spellings = [
        (spelling, state.code)
        for state in all_states().values()
        if state.code not in SUCCESSORS
        for spelling in (state.name, state.letters)
    ]
    spellings += [(row["spelling"], row["code"]) for row in rows("state_codes/spellings.csv")]
    return {_letters(spelling): code for spelling, code in spellings if spelling}


_LABELS = re.compile(r"\b(?:place|of|supply|state|code|name|the|and|india|old|new|before|division)\b|[^a-z]")


def _letters(printed: str) -> str:
    """What is left of a printed name without labels, small words and signs."""
    return re.sub(r"[^a-z]", "", _LABELS.sub(" ", printed.lower()))
