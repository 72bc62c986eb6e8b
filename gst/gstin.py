"""GST identification numbers of every family: what they carry, whether they can be real, and what OCR meant.

Fifteen characters: State, then a PAN (or another identity), the entity's number, the family's letter, and a
check character. Source of the shapes: sections 22 to 25, 51 and 52 of the CGST Act, Forms REG-06 to REG-13.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gst import pan
from gst.problem import Problem
from gst.states import EXPORT, all_states

SOURCE = "Section 25 of the CGST Act; Form GST REG-06"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Kind(StrEnum):
    """The family of a registration."""

    REGULAR = "regular"  # also composition, SEZ, casual, service distributors: the number does not tell
    GOVERNMENT = "government"  # a department without a PAN, under its TAN
    UIN = "uin"  # United Nations bodies and embassies, section 25(9)
    TAX_DEDUCTOR = "tax_deductor"  # section 51
    ECOMMERCE_COLLECTOR = "ecommerce_collector"  # section 52
    NON_RESIDENT = "non_resident"  # section 2(77)
    OIDAR = "oidar"  # online services from abroad, section 14 of the IGST Act


_STATE = r"(?:0[1-9]|[12][0-9]|3[0-8]|97|99)"
_TAN = r"[A-Z]{4}[0-9]{5}[A-Z]"
_ABROAD = r"[0-9]{2}[A-Z]{3}[0-9]{5}"
_FAMILIES = {
    Kind.REGULAR: rf"{_STATE}{pan.SHAPE}[1-9A-Z][1-9ABD-JZ][0-9A-Z]",
    Kind.GOVERNMENT: rf"{_STATE}{_TAN}[0-9]Z[0-9A-Z]",
    Kind.UIN: rf"{_STATE}{_ABROAD}[UO]N[0-9A-Z]",
    Kind.TAX_DEDUCTOR: rf"{_STATE}(?:{pan.SHAPE}|{_TAN})[1-9A-Z]D[0-9A-Z]",
    Kind.ECOMMERCE_COLLECTOR: rf"{_STATE}(?:{pan.SHAPE}|{_TAN})[1-9A-Z]C[0-9A-Z]",
    Kind.NON_RESIDENT: rf"{_STATE}{_ABROAD}NR[0-9A-Z]",
    Kind.OIDAR: rf"99{_ABROAD}OS[0-9A-Z]",
}
_SHAPES = {kind: re.compile(shape) for kind, shape in _FAMILIES.items()}
_ANY = re.compile("|".join(_FAMILIES.values()), re.ASCII)
_PAN = re.compile(pan.SHAPE)


@dataclass(frozen=True, slots=True)
class Gstin:
    """A number that can be real; only the portal knows whether it was ever issued."""

    value: str
    kind: Kind
    state_code: str
    pan: str | None  # None for departments, embassies and non-residents, and where a TAN stands
    holder: str | None  # what the PAN says its holder is


def normal(text: str) -> str:
    """``text`` in capitals, without blanks and separators."""
    return re.sub(r"[\s\-.:/]", "", text).upper()


def parse(text: str) -> Gstin | Problem:
    """The GSTIN in ``text`` (case, blanks and separators do not matter), or what is wrong with it."""
    value = normal(text)
    if len(value) != 15:
        return Problem("gstin_length", f"{value!r} has {len(value)} characters; a GSTIN has 15.", SOURCE)
    if value[:2].isdigit() and (value[:2] == EXPORT or value[:2] not in all_states()):
        return Problem("gstin_state", f"No State that registers has the code {value[:2]}.", SOURCE)
    kind = next((kind for kind, shape in _SHAPES.items() if shape.fullmatch(value)), None)
    if kind is None:
        return Problem("gstin_shape", f"{value!r} has the shape of no family of GSTIN.", SOURCE)
    if (expected := check_character(value)) != value[14]:
        message = f"The check character of {value} should be {expected}: one character or more is wrong."
        return Problem("gstin_check", message, SOURCE)
    number = value[2:12] if _PAN.fullmatch(value, 2, 12) else None
    return Gstin(value, kind, value[:2], number, pan.HOLDERS[number[3]] if number else None)


# A character's share in the check sum is its value, in every second place the digit sum of its double.
_PLAIN = bytes.maketrans(ALPHABET.encode(), bytes(range(36)))
_DOUBLED = bytes.maketrans(ALPHABET.encode(), bytes(2 * n // 36 + 2 * n % 36 for n in range(36)))


def is_valid(text: str) -> bool:
    """Whether ``text``, already in normal form, has a lawful shape and the right check character."""
    if _ANY.fullmatch(text) is None:
        return False
    return _check_sum(text) % 36 == 0


def check_character(text: str) -> str:
    """The check character that belongs after the first fourteen characters (Luhn's scheme, modulo 36)."""
    return ALPHABET[-_check_sum(text[:14]) % 36]


def _check_sum(text: str) -> int:
    characters = text.encode()
    return sum(characters[::2].translate(_PLAIN)) + sum(characters[1::2].translate(_DOUBLED))


@dataclass(frozen=True, slots=True)
class Change:
    """One character put right; ``place`` counts from 1."""

    place: int
    read: str
    meant: str
    forced: bool  # the place allows no such character; else only the check character spoke against it


@dataclass(frozen=True, slots=True)
class Repair:
    """A valid GSTIN and what had to change in the text to reach it: nothing, if the text was valid."""

    value: str
    changes: tuple[Change, ...]

    @property
    def is_forced(self) -> bool:
        """Whether every change was forced by its place; other repairs need a second witness."""
        return all(change.forced for change in self.changes)


_DIGITS = "0123456789"
_LETTERS = ALPHABET[10:]
_HOLDERS = "".join(pan.HOLDERS)
# What is expected in each of the first 14 places; the check character may be anything. The entity's number
# (place 13) is a letter only from one PAN's tenth registration in one State on, so a digit is tried first.
_PERSON = (_DIGITS,) * 2 + (_LETTERS,) * 3 + (_HOLDERS, _LETTERS) + (_DIGITS,) * 4 + (_LETTERS,)
_FOREIGNER = (_DIGITS,) * 4 + (_LETTERS,) * 3 + (_DIGITS,) * 5
_PLACES: tuple[tuple[str, ...], ...] = (
    (*_PERSON, ALPHABET[1:], "ZDC"),
    (*_PERSON, _DIGITS[1:], "ZDC"),
    (_DIGITS,) * 2 + (_LETTERS,) * 4 + (_DIGITS,) * 5 + (_LETTERS, ALPHABET, "ZDC"),
    (*_FOREIGNER, "UO", "N"),
    (*_FOREIGNER, "NO", "RS"),
)
# What OCR takes for each other on scans of Indian invoices.
_LOOKALIKES = (
    "0OQDCU",
    "1ILJT7",
    "2Z7",
    "3B8",
    "4A",
    "5S6",
    "6GC",
    "8B",
    "9GP",
    "VUY",
    "MNHW",
    "EF",
    "PR",
    "KXRH",
)


@cache
def _alike(character: str) -> str:
    """Characters that OCR may have meant instead of this one."""
    return "".join({other for group in _LOOKALIKES if character in group for other in group} - {character})


def repair(text: str) -> Repair | None:
    """The valid GSTIN closest to misread ``text``, if exactly one is; what changed is said.

    Only characters that their place forbids are exchanged, for their look-alikes. A repair that only the
    check character speaks for is one guess among some thirty: it needs a second witness, see :func:`repairs`.
    """
    nearest = repairs(text)
    return nearest[0] if len(nearest) == 1 and nearest[0].is_forced else None


def repairs(text: str) -> tuple[Repair, ...]:
    """All valid GSTINs that are equally close to ``text``; other evidence must choose among them.

    Characters that their place forbids are exchanged for their look-alikes, and if that is not enough one
    more, which the check character alone then chooses: unless :attr:`Repair.is_forced`, even a single one may
    be wrong.
    """
    read = normal(text)
    if len(read) != 15 or not read.isascii() or not read.isalnum():
        return ()
    if is_valid(read):
        return (Repair(read, ()),)
    fewest_misplaced = min(_misplaced(read, places) for places in _PLACES)
    likely = [places for places in _PLACES if _misplaced(read, places) == fewest_misplaced]
    placed = {candidate: places for places in likely for candidate in _placed(read, places)}
    found = [_repair(read, candidate, places) for candidate, places in placed.items() if is_valid(candidate)]
    if not found:
        near = {other: places for candidate, places in placed.items() for other in _one_more(candidate)}
        found = [_repair(read, other, places) for other, places in near.items() if is_valid(other)]
    fewest = min((len(repair.changes) for repair in found), default=0)
    return tuple(repair for repair in found if len(repair.changes) == fewest)


def _misplaced(read: str, places: tuple[str, ...]) -> int:
    """How many characters are not expected in their place; the entity's number decides no family."""
    pairs = enumerate(zip(read[:14], places, strict=True))
    return sum(character not in expected for place, (character, expected) in pairs if place != 12)


def _placed(read: str, places: tuple[str, ...]) -> list[str]:
    """``read`` with each character that is not expected in its place exchanged, in every possible way."""
    candidates = [""]
    for character, expected in zip(read, (*places, ALPHABET), strict=True):
        options = character if character in expected else [c for c in _alike(character) if c in expected]
        candidates = [candidate + option for candidate in candidates for option in options]
        if len(candidates) > 200:  # no misread GSTIN, but other text
            return []
    return candidates


def _one_more(candidate: str) -> list[str]:
    return [
        candidate[:place] + other + candidate[place + 1 :]
        for place, character in enumerate(candidate)
        for other in _alike(character)
    ]


def _repair(read: str, meant: str, places: tuple[str, ...]) -> Repair:
    triples = zip(read, meant, (*places, ALPHABET), strict=True)
    changes = [
        Change(place, old, new, forced=old not in expected)
        for place, (old, new, expected) in enumerate(triples, 1)
        if old != new
    ]
    return Repair(meant, tuple(changes))
