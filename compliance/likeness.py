"""How alike two bills are that no single fact proves to be one: for near duplicates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from compliance.history import Bill
from compliance.rules.vendor import names_agree
from gst import financial_year, numbering
from gst.invoice import DocumentKind

ALIKE_FROM = 50
"""Likeness, 0 to 100, from which a person should compare two papers."""
NEAR_DAYS = 10
SAME_AMOUNT = Decimal(1)  # rupees
SHORTEST_NUMBER = 3  # characters, below which one different character tells nothing

VENDOR_AND_AMOUNT = 45
SAME_NUMBER = 35
NUMBER_READ_OTHERWISE = 25
NUMBER_WITH_SUFFIX = 20
CONSECUTIVE_NUMBER = -15
"""Two bills of a series, as for two trips of a lorry."""
SAME_DAY = 25
FEW_DAYS = 17
SOME_DAYS = 8

_READ_ALIKE = str.maketrans("OQDILSBZG", "000115826")


@dataclass(frozen=True, slots=True)
class NearRepeat:
    """An earlier bill that may be the same; ``likeness`` from 0 to 100."""

    original_id: int
    original_name: str
    likeness: int
    reasons: tuple[str, ...]


def near_repeats(bill: Bill, others: Iterable[Bill]) -> tuple[NearRepeat, ...]:
    """The other bills that a person should compare with this one, the likest first."""
    found = (likeness(bill, other) for other in others if other.id != bill.id)
    return tuple(
        sorted((near for near in found if near), key=lambda near: (-near.likeness, near.original_id))
    )


def likeness(bill: Bill, other: Bill) -> NearRepeat | None:
    """Judge two bills; None unless vendor and amount are the same and something else speaks for it."""
    if not _same_vendor(bill, other) or bill.total is None or other.total is None:
        return None
    if bill.kind != other.kind and DocumentKind.CREDIT_NOTE in {bill.kind, other.kind}:
        return None  # a note that takes the whole invoice back
    if abs(bill.total - other.total) > SAME_AMOUNT:
        return None
    judged = [judgement for judgement in (_by_number(bill, other), _by_date(bill, other)) if judgement]
    points = VENDOR_AND_AMOUNT + sum(worth for worth, _ in judged)
    reasons = ("same vendor", "same amount", *(reason for worth, reason in judged if worth > 0))
    return NearRepeat(other.id, other.name, min(points, 99), reasons) if points >= ALIKE_FROM else None


def _same_vendor(bill: Bill, other: Bill) -> bool:
    """One PAN, else one name: a vendor bills from several States."""
    if bill.vendor_gstin and other.vendor_gstin:
        return bill.vendor_gstin[2:12] == other.vendor_gstin[2:12]
    if bill.vendor_name and other.vendor_name:
        return names_agree(bill.vendor_name, other.vendor_name)
    return False


def _by_date(bill: Bill, other: Bill) -> tuple[int, str] | None:
    if bill.date is None or other.date is None:
        return None
    days = abs((bill.date - other.date).days)
    if days == 0:
        return SAME_DAY, "same date"
    if days <= NEAR_DAYS:
        return (FEW_DAYS if days <= 3 else SOME_DAYS), f"dates {days} day{'s' if days > 1 else ''} apart"
    return None


def _by_number(bill: Bill, other: Bill) -> tuple[int, str] | None:
    if not bill.number or not other.number:
        return None
    one, two = _normal(bill), _normal(other)
    long_enough = min(len(one), len(two)) >= SHORTEST_NUMBER
    judged = (
        (one == two, SAME_NUMBER, "same number"),
        (_consecutive(one, two), CONSECUTIVE_NUMBER, "consecutive numbers"),
        (_read_alike(one, two), NUMBER_READ_OTHERWISE, "numbers that look alike"),
        (long_enough and _one_in_other(one, two), NUMBER_WITH_SUFFIX, "number with something added"),
        (long_enough and differs_by_one(one, two), NUMBER_READ_OTHERWISE, "numbers differ by one character"),
    )
    return next(((worth, reason) for holds, worth, reason in judged if holds), None)


def _read_alike(one: str, two: str) -> bool:
    return one.translate(_READ_ALIKE) == two.translate(_READ_ALIKE)


def _one_in_other(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one) or one.endswith(two) or two.endswith(one)


def _normal(bill: Bill) -> str:
    year = financial_year.of(bill.date) if bill.date else None
    return numbering.normal_form(bill.number or "", year).replace(" ", "")


def _consecutive(one: str, two: str) -> bool:
    """Whether two numbers of a series follow each other closely."""
    heads = [re.fullmatch(r"(.*?)(\d{1,9})", number) for number in (one, two)]
    if heads[0] is None or heads[1] is None or heads[0][1] != heads[1][1]:
        return False
    return 0 < abs(int(heads[0][2]) - int(heads[1][2])) <= NEAR_DAYS


def differs_by_one(one: str, two: str) -> bool:
    """Whether one exchanged, added or lost character, or two neighbours swapped, makes one text the other."""
    if abs(len(one) - len(two)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    rest, other = one[start:], two[start:]
    swapped = rest[:2] == other[:2][::-1] and len(rest) >= 2 and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
