"""Document numbers: what the law allows, and the normal form by which two prints of one number match."""

import re

from gst import financial_year
from gst.financial_year import FIRST_GST_YEAR, FinancialYear
from gst.problem import Problem

_RULE = "Rule 46(b) of the CGST Rules"
_PORTAL = "Invoice Registration Portal, schema of FORM GST INV-01, document number"
_MOST_WORDS = 50  # a number has sixteen characters; anything longer is no number
_LAST_YEAR = 2049  # later "years" are serial numbers


def check(number: str) -> Problem | None:
    """What Rule 46(b) has against a number; a breach is a remark, no ground to refuse the paper."""
    if not number:
        return Problem("number_missing", "The document has no number.", _RULE)
    if len(number) > 16:
        return Problem("number_length", f"{number!r} has {len(number)} characters; 16 are allowed.", _RULE)
    if strange := sorted(set(re.findall(r"[^A-Za-z0-9/-]", number))):
        message = f"{number!r} has {' '.join(map(repr, strange))}; only letters, digits, - and / are allowed."
        return Problem("number_characters", message, _RULE)
    return None


def check_registered(number: str) -> Problem | None:
    """What the portal has against an e-invoice's number: Rule 46(b), and no 0, / or - at the beginning."""
    if number[:1] in {"0", "/", "-"}:
        return Problem("number_start", f"An e-invoice's number cannot begin with {number[0]!r}.", _PORTAL)
    return check(number)


def normal_form(number: str, year: FinancialYear | None = None) -> str:
    """``number`` in capitals as words of letters or digits, without leading zeros and financial-year tokens.

    ``INV/2025-26/0012``, ``inv-12`` and ``INV 12/2526`` all become ``INV 12``. With ``year`` only that year's
    token is left out: use it when the document's date is known, since 2425 may also be a serial number.
    """
    words = re.findall(r"[A-Z]+|[0-9]+", number.upper())[:_MOST_WORDS]
    words = [word.lstrip("0") or "0" if word.isdigit() else word for word in words]
    while (shorter := _without_year(words, year)) != words:
        words = shorter
    return " ".join(words)


def _without_year(words: list[str], year: FinancialYear | None) -> list[str]:
    """``words`` without the first financial year in them, if digits remain."""
    for start in range(len(words)):
        for end in (start + 2, start + 1):
            if _is_year("-".join(words[start:end]), year):
                rest = words[:start] + words[end:]
                if any(word.isdigit() for word in rest):
                    return rest
    return words


def _is_year(text: str, year: FinancialYear | None) -> bool:
    found = financial_year.parse(text)
    return found is not None and (found == year if year else FIRST_GST_YEAR <= found.start <= _LAST_YEAR)
