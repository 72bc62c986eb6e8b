"""Unique quantity codes (UQC): the portal's names of units, and the prints that mean them."""

import re
from functools import cache

from gst.tables import rows


@cache
def codes() -> frozenset[str]:
    """All codes of the portal's list."""
    return frozenset(row["uqc"] for row in rows("state_codes/uqc_codes.csv"))


def uqc(printed: str) -> str | None:
    """The code that a printed unit means: ``Nos.``, ``KG``, ``Sq. Ft``; None if it is not known."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", printed.lower()).split())
    return _spellings().get(plain) or _spellings().get(plain.replace(" ", ""))


@cache
def _spellings() -> dict[str, str]:
    return {code.lower(): code for code in codes()} | {
        row["spelling"]: row["uqc"] for row in rows("state_codes/uqc_spellings.csv")
    }
