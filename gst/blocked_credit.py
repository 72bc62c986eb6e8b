"""Input tax credit that section 17(5) of the CGST Act blocks, judged line by line."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

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


@lru_cache(maxsize=1024)
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
    if named or not description:
        return named
    return tuple(
        clause for clause in clauses(on) if clause.words and _any_of(clause.words).search(description)
    )


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, also in the plural."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)
