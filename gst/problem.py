"""A problem as data: what is wrong, in words for a person, and which law or specification says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Nothing here raises for a bad identifier; it returns one of these."""

    code: str
    message: str
    source: str
