"""A value that a page may mean, with the evidence for it."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from extraction.layout import Cell

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """``score`` orders candidates of one field: 0 is a guess, 1 what a label says outright."""

    value: Value
    score: float
    reason: str
    cell: Cell | None = None

    def scored(self, factor: float) -> "Candidate[Value]":
        """The same candidate, more or less likely."""
        return replace(self, score=self.score * factor)


def best_first(candidates: list[Candidate[Value]]) -> list[Candidate[Value]]:
    """Candidates by falling score; among equals the one further up the document comes first."""
    return sorted(
        candidates, key=lambda c: (-c.score, c.cell.page if c.cell else 0, c.cell.top if c.cell else 0)
    )


def voted(candidates: list[Candidate[Value]]) -> list[Candidate[Value]]:
    """One candidate a value: the best one, raised a little for each further place that says the same."""
    best: dict[Value, Candidate[Value]] = {}
    for candidate in best_first(candidates):
        kept = best.get(candidate.value)
        if kept is None:
            best[candidate.value] = candidate
        elif candidate.cell is not kept.cell:
            best[candidate.value] = replace(kept, score=kept.score + 0.1 * candidate.score)
    return best_first(list(best.values()))
