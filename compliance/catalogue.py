"""Every finding there is: its severity, its part in the health score, its law, and what to do about it.

The rows stand in ``compliance/data/catalogue.csv``, in the order of the rule files.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from compliance.findings import Finding, Severity

_TABLE = Path(__file__).parent / "data" / "catalogue.csv"


class Part(StrEnum):
    """The five parts of the health score."""

    COMPLETENESS = "completeness"
    VERIFICATION = "verification"
    COMPLIANCE = "compliance"
    ANOMALY = "anomaly"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One kind of finding."""

    rule: str
    severity: Severity
    part: Part
    title: str
    source: str  # section, rule or notification; empty where no law is touched
    advice: str


@cache
def entries() -> dict[str, Entry]:
    """All kinds of findings by the id of their rule."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["rule"]: Entry(
                rule=row["rule"],
                severity=Severity(row["severity"]),
                part=Part(row["part"]),
                title=row["title"],
                source=row["source"],
                advice=row["advice"],
            )
            for row in csv.DictReader(file)
        }


def finding(
    rule: str, message: str, *, field: str = "", expected: object = "", found: object = "", source: str = ""
) -> Finding:
    """A finding of the catalogue, told about one invoice; ``source`` where the table of law knows it closer.

    Raises ``KeyError`` for a rule that the catalogue does not have.
    """
    entry = entries()[rule]
    return Finding(
        rule=rule,
        severity=entry.severity,
        title=entry.title,
        message=message,
        advice=entry.advice,
        field=field,
        expected=str(expected),
        found=str(found),
        source=source or entry.source,
    )
