"""Micro and small enterprises: by when they must be paid so that the expense counts (section 43B(h)).

The clock starts when goods or services are accepted, not with the invoice's date.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from gst import limits
from gst.problem import Problem

_UDYAM = re.compile(r"UDYAM-[A-Z]{2}-\d{2}-\d{7}")


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """The most that an enterprise of a class may have, in rupees."""

    investment: Decimal
    turnover: Decimal
    source: str


def pay_by(accepted: dt.date, agreed_days: int | None = None) -> dt.date | None:
    """The last day to pay a micro or small enterprise; None before the rule existed."""
    unagreed = limits.value("msme_days_without_agreement", accepted)
    longest = limits.value("msme_days_agreed_at_most", accepted)
    if unagreed is None or longest is None:
        return None
    days = int(unagreed) if agreed_days is None else min(agreed_days, int(longest))
    return accepted + dt.timedelta(days=days)


def size_limits(size: str, on: dt.date) -> SizeLimits | None:
    """The limits of a ``micro``, ``small`` or ``medium`` enterprise on a day."""
    investment = limits.get(f"msme_{size}_investment", on)
    turnover = limits.get(f"msme_{size}_turnover", on)
    return SizeLimits(investment.value, turnover.value, turnover.source) if investment and turnover else None


def check_udyam(text: str) -> Problem | None:
    """What is wrong with the shape of a Udyam registration number, such as UDYAM-MH-01-0000001."""
    if _UDYAM.fullmatch(text.strip().upper()):
        return None
    return Problem("udyam_shape", f"{text!r} is no Udyam number.", "S.O. 2119(E) of 26 June 2020")
