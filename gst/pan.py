"""Permanent Account Numbers: the income-tax identity inside an ordinary GSTIN."""

import re
from dataclasses import dataclass

from gst.problem import Problem

SOURCE = "Rule 114 of the Income-tax Rules; the fourth letter is the holder's status"

HOLDERS = {
    "A": "association of persons",
    "B": "body of individuals",
    "C": "company",
    "E": "limited liability partnership",  # on older lists only; most LLPs hold an F
    "F": "firm or limited liability partnership",
    "G": "government",
    "H": "Hindu undivided family",
    "J": "artificial juridical person",
    "K": "trust (Krish)",  # on older lists only
    "L": "local authority",
    "P": "individual",
    "T": "trust",
}

SHAPE = rf"[A-Z]{{3}}[{''.join(HOLDERS)}][A-Z](?!0000)[0-9]{{4}}[A-Z]"
_SHAPE = re.compile(SHAPE)


@dataclass(frozen=True, slots=True)
class Pan:
    """A well-formed PAN; it carries no public check digit."""

    value: str
    holder: str


def parse(text: str) -> Pan | Problem:
    """The PAN in ``text`` (case and blanks do not matter), or what is wrong with it."""
    value = "".join(text.split()).upper()
    if not _SHAPE.fullmatch(value):
        return Problem(
            "pan_shape", f"{value!r} is not the five letters, four digits and letter of a PAN.", SOURCE
        )
    return Pan(value, HOLDERS[value[3]])
