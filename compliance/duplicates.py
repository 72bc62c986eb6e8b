"""When two papers are the same invoice."""

from dataclasses import dataclass
from enum import StrEnum

from compliance.findings import Finding, Severity


class Reason(StrEnum):
    """Why a paper repeats an earlier one, the surest first."""

    SAME_FILE = "same_file"
    SAME_IRN = "same_irn"
    SAME_NUMBER = "same_number"


SENTENCES = {
    Reason.SAME_FILE: "It is the same file, byte for byte,",
    Reason.SAME_IRN: "It has the same invoice reference number (IRN)",
    Reason.SAME_NUMBER: "It has the same vendor, number and financial year",
}


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier invoice that the one at hand repeats."""

    original_id: int
    original_name: str
    reason: Reason


def duplicate(repeats: tuple[Repeat, ...]) -> Finding | None:
    """The finding for an invoice that repeats earlier ones; it names the surest."""
    if not repeats:
        return None
    repeat = min(repeats, key=lambda r: (list(Reason).index(r.reason), r.original_id))
    return Finding(
        rule=f"duplicate_{repeat.reason}",
        severity=Severity.CRITICAL,
        title="Taken in before",
        message=f"{SENTENCES[repeat.reason]} as {repeat.original_name}.",
        advice="Compare the two. Do not pay this one again; delete it if it is a copy.",
        field="invoice_number",
        source="CGST Rules, Rule 46(b): a number is unique in a financial year",
    )
