"""What a rule says about an invoice."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: critical stops payment, a warning wants a look, info is good to know."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, with its explanation; ``field`` is a key of the public reading."""

    rule: str
    severity: Severity
    title: str
    message: str
    advice: str
    field: str = ""
    expected: str = ""
    found: str = ""
    source: str = ""  # section, rule or notification
