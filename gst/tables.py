"""Where the bundled tables are, and how they are read."""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a bundled CSV table by its path below ``gst/data``."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def law(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of law, ``gst/data/law/{name}.csv``, read once."""
    return tuple(rows(f"law/{name}.csv"))


def law_on(name: str, on: dt.date) -> tuple[dict[str, str], ...]:
    """The rows of a dated table of law that are in force on a day."""
    day = on.isoformat()
    return tuple(
        row
        for row in law(name)
        if row["first_day"] <= day and (not row["last_day"] or day <= row["last_day"])
    )


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values, separated by semicolons."""
    return tuple(part for part in cell.split(";") if part)
