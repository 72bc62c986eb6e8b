"""Single figures of the law by date: turnovers, values, days. Each with its source."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from gst.tables import law_on


@dataclass(frozen=True, slots=True)
class Limit:
    """``value`` is in ``unit``: rupees, days, hours, characters or items."""

    name: str
    value: Decimal
    unit: str
    source: str


def get(name: str, on: dt.date) -> Limit | None:
    """The figure called ``name`` in ``gst/data/law/limits.csv`` on a day; None where there was none yet."""
    row = next((row for row in law_on("limits", on) if row["name"] == name), None)
    return Limit(name, Decimal(row["value"]), row["unit"], row["source"]) if row else None


def value(name: str, on: dt.date) -> Decimal | None:
    """The bare figure."""
    limit = get(name, on)
    return limit.value if limit else None
