"""Input tax credit that section 17(5) of the CGST Act blocks, judged line by line."""

import datetime as dt
import re
from dataclasses import dataclass

from gst.tables import law_on, parts


@dataclass(frozen=True, slots=True)
class BlockedCredit:
    """A clause that may apply; ``unless`` says in words when it does not."""

    id: str
    title: str
    codes: tuple[str, ...]  # HSN or SAC prefixes
    words: tuple[str, ...]  # of a description, as whole words
    unless: str
    source: str


def clauses(on: dt.date) -> tuple[BlockedCredit, ...]:
    """All clauses in force on a day."""
    return tuple(
        BlockedCredit(
            row["id"], row["title"], parts(row["codes"]), parts(row["words"]), row["unless"], row["source"]
        )
        for row in law_on("blocked_credit", on)
    )


def possible(code: str | None, description: str | None, on: dt.date) -> tuple[BlockedCredit, ...]:
    """The clauses that a line may fall under by its code or, failing that, by words of its description."""
    named = tuple(clause for clause in clauses(on) if code and code.startswith(clause.codes))
    return named or tuple(clause for clause in clauses(on) if _mentions(description or "", clause.words))


def _mentions(description: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}s?\b", description, re.IGNORECASE) for word in words)
