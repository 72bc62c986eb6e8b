"""Indian Financial System Codes of bank branches."""

import re

from gst.problem import Problem

_SHAPE = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")


def check(text: str) -> Problem | None:
    """What is wrong with an IFSC's shape: four letters of the bank, a zero, six characters of the branch."""
    if _SHAPE.fullmatch(text.strip().upper()):
        return None
    return Problem("ifsc_shape", f"{text!r} is no IFSC.", "Reserve Bank of India: structure of the IFSC")
