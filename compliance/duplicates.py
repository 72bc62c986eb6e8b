"""When two papers are the same invoice."""

from dataclasses import dataclass
from enum import StrEnum

from compliance.catalogue import finding
from compliance.findings import Finding
from compliance.likeness import NearRepeat


class Reason(StrEnum):
    """Why a paper repeats an earlier one, the surest first."""

    SAME_FILE = "same_file"
    SAME_IRN = "same_irn"
    CONFIRMED = "confirmed"  # by a person who compared the two
    SAME_NUMBER = "same_number"


SENTENCES = {
    Reason.SAME_FILE: "It is the same file, byte for byte,",
    Reason.SAME_IRN: "It has the same invoice reference number (IRN)",
    Reason.CONFIRMED: "A person compared it and found the same invoice",
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
    message = f"{SENTENCES[repeat.reason]} as {repeat.original_name}."
    return finding(f"duplicate_{repeat.reason}", message, field="invoice_number")


def near_duplicate(near: tuple[NearRepeat, ...]) -> Finding | None:
    """The finding for an invoice that is suspiciously like earlier ones; it names the likest."""
    if not near:
        return None
    like = max(near, key=lambda each: (each.likeness, -each.original_id))
    message = f"It is {like.likeness} % like {like.original_name}: {', '.join(like.reasons)}."
    return finding("near_duplicate", message, field="invoice_number")
