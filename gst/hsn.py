"""The master of HSN codes (goods) and service accounting codes (SAC): shape, existence, meaning, parents."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gst import limits
from gst.problem import Problem
from gst.tables import rows

_DIGITS_RULE = "Notification 78/2020-Central Tax, from 1 April 2021"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry; ``parent`` is the next shorter code that exists, empty for a chapter."""

    code: str
    description: str
    parent: str

    @property
    def is_service(self) -> bool:
        """Services have the codes of chapter 99."""
        return self.code.startswith("99")


def normal(text: str) -> str:
    """The digits of a printed code, without blanks and dots."""
    return re.sub(r"[\s.]", "", text)


def check(text: str) -> Problem | None:
    """What is wrong with a printed code: its shape, or that no such code exists."""
    code = normal(text)
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{8}", code):
        return Problem("hsn_shape", f"{text!r} is not a code of 4, 6 or 8 digits.", _DIGITS_RULE)
    if not exists(code):
        return Problem("hsn_unknown", f"{code} is not in the HSN and SAC list.", "GSTN list HSN_SAC.xlsx")
    return None


def exists(code: str) -> bool:
    """Whether the list has exactly this code."""
    return code in _master()


def get(code: str) -> Code | None:
    """The list's entry for a code."""
    return _master().get(code)


def parents(code: str) -> tuple[Code, ...]:
    """The codes above this one, chapter first; it need not exist itself."""
    return tuple(found for length in range(2, len(code), 2) if (found := get(code[:length])))


@cache
def all_codes() -> tuple[Code, ...]:
    """All 22,470 entries, goods before services."""
    return tuple(_master().values())


def codes(length: int) -> tuple[str, ...]:
    """All codes with this number of digits."""
    return tuple(code for code in _master() if len(code) == length)


def digits_required(turnover: Decimal, on: dt.date) -> int:
    """Digits a supplier must print on invoices to registered buyers, by last year's turnover in rupees.

    An e-invoice needs six in any case. Before April 2021 no digits are asked for here.
    """
    threshold = limits.value("hsn_six_digit_turnover", on)
    return 0 if threshold is None else 6 if turnover > threshold else 4


@cache
def _master() -> dict[str, Code]:
    """Read once on first use."""
    return {
        row["code"]: Code(row["code"], row["description"], row["parent"])
        for row in rows("hsn_sac_master/hsn_sac_master.csv")
    }
