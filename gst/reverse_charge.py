"""Supplies on which the recipient pays the tax (sections 9(3), 9(4) of the CGST, 5(3) of the IGST Act)."""

import datetime as dt
from dataclasses import dataclass

from gst.tables import law_on, parts


@dataclass(frozen=True, slots=True)
class ReverseCharge:
    """A notified category; whether supplier and recipient fit it is for the caller to find out."""

    id: str
    title: str
    codes: tuple[str, ...]  # HSN or SAC prefixes; empty where no code tells
    supplier: str
    recipient: str
    source: str


def categories(on: dt.date) -> tuple[ReverseCharge, ...]:
    """All categories notified on a day."""
    return tuple(
        ReverseCharge(
            row["id"], row["title"], parts(row["codes"]), row["supplier"], row["recipient"], row["source"]
        )
        for row in law_on("reverse_charge", on)
    )


def possible(code: str, on: dt.date) -> tuple[ReverseCharge, ...]:
    """The categories that an HSN code or SAC may fall under; the import of services is not among them.

    A code of four digits, as small suppliers print it, may fall under every category of its heading.
    """
    return tuple(
        category
        for category in categories(on)
        if category.id != "import_of_services"
        and (code.startswith(category.codes) or (len(code) >= 4 and _begins(code, category.codes)))
    )


def _begins(code: str, longer: tuple[str, ...]) -> bool:
    return any(each.startswith(code) for each in longer)
