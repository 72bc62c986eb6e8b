"""The value chosen for a field, and why."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from extraction.fields.candidate import Candidate
from extraction.layout import Cell
from extraction.reading import Source

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """``proof`` names the kind of evidence, by which confidence is measured; ``strength`` its degree."""

    value: Value
    proof: str
    reason: str
    cell: Cell | None = None
    source: Source | None = None
    page: int | None = None
    rejected: tuple[Candidate[Value], ...] = ()
    strength: float = 1.0
    repaired: bool = False
