"""One misread total put right: the only amount that makes all the others add up.

Either a digit of it was misread, or it is the tax, which cannot be read at all but must be on the paper.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from extraction.fields.totals import Head
from extraction.numbers import one_digit_off
from extraction.solve.sums import (
    LARGEST_PRINTED_ROUNDING,
    LARGEST_ROUNDING,
    Hints,
    Pool,
    Sums,
    lawful_rate,
    rupees,
)

LIKELY = 0.5
"""The same of a total that others confirm."""
PLAIN = 0.7
"""How surely an amount must be labelled to be mended, or to mend by."""
TRIED = 3
USUAL_RATES = tuple(map(Decimal, (5, 12, 18, 28, 40)))
TAXED = frozenset({Head.CGST, Head.IGST})
"""Heads that exclude each other; SGST goes with CGST."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A set that adds up, and the amount in it that the paper prints with another digit."""

    sums: Sums
    head: Head
    printed: int | None  # paise as read; None where nothing was


def mended(pool: Pool, told: Hints, named: Collection[Head] = ()) -> Mended | None:
    """The set that one changed digit, else a tax of the ``named`` heads completes, if exactly one is."""
    for ways in (repairs(pool, told), untold(pool, told, named)):
        found = {(m.sums.grand_total, m.sums.taxable): m for m in ways}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def untold(pool: Pool, told: Hints, named: Collection[Head]) -> Iterator[Mended]:
    """Sets whose tax was not read: what lies between taxable value and total is exactly a usual rate."""
    head = Head.CGST if told.within_state or Head.IGST not in named else Head.IGST
    if head not in named or (told.within_state is None and len(TAXED & set(named)) > 1):
        return
    read = [value for value in pool.labelled(head, PLAIN) if value > 0 and is_exact(pool, value)]
    parts = 1 if head is Head.IGST else 2
    for (taxable, total), rounding, rate in product(pairs(pool, told), roundings(pool), USUAL_RATES):
        tax = int((taxable * rate / (100 * parts)).to_integral_value(ROUND_HALF_UP))
        gap = total - taxable - parts * tax - rounding
        if any(not str(tax).endswith(str(value)) for value in read):
            continue  # it was read, and is another
        if abs(gap) <= parts or (not rounding and total % 100 == 0 and abs(gap) <= LARGEST_ROUNDING):
            half = tax if parts == 2 else 0
            igst = tax if parts == 1 else 0
            yield Mended(Sums(total, taxable, half, half, igst, rounding=rounding + gap), head, None)


def is_exact(pool: Pool, value: int) -> bool:
    """Whether some print of a value has paise."""
    return any(printed.decimals == 2 for printed in pool.entries[value].places)


def pairs(pool: Pool, told: Hints) -> Iterator[tuple[int, int]]:
    """Taxable values with totals above them, as labelled, spelled or summed."""
    lines = [told.line_sum] if told.line_sum else []
    taxables = dict.fromkeys([*pool.labelled(Head.TAXABLE, PLAIN)[:TRIED], *lines])
    totals = dict.fromkeys([*told.spelled, *pool.labelled(Head.GRAND_TOTAL, LIKELY)[:TRIED]])
    return ((taxable, total) for taxable, total in product(taxables, totals) if taxable < total)


def repairs(pool: Pool, told: Hints) -> Iterator[Mended]:
    """Sets with a lawful tax in which either the total or the taxable value is one digit off its print."""
    lines = [told.line_sum] if told.line_sum else []
    taxables = list(dict.fromkeys([*pool.labelled(Head.TAXABLE, PLAIN)[:TRIED], *lines]))
    totals = list(dict.fromkeys([*told.spelled, *pool.labelled(Head.GRAND_TOTAL, LIKELY)[:TRIED]]))
    for (cgst, igst), rounding in product(taxes(pool), roundings(pool)):
        tax = 2 * cgst + igst
        for taxable, total in product(taxables, totals):
            whole = Sums(total, taxable, cgst, cgst, igst, rounding=rounding, rounding_printed=rounding != 0)
            meant = taxable + tax + rounding
            if lawful_rate(taxable, tax) is not None and misread(total, meant):
                yield Mended(replace(whole, grand_total=meant), Head.GRAND_TOTAL, total)
            base = total - tax - rounding
            if base > 0 and lawful_rate(base, tax) is not None and misread(taxable, base):
                yield Mended(replace(whole, taxable=base), Head.TAXABLE, taxable)


def taxes(pool: Pool) -> Iterator[tuple[int, int]]:
    """CGST (which SGST equals) and IGST as labelled; one of them is 0."""
    halves = set(pool.labelled(Head.SGST, PLAIN))
    yield from ((value, 0) for value in pool.labelled(Head.CGST, PLAIN) if value > 0 and value in halves)
    yield from ((0, value) for value in pool.labelled(Head.IGST, PLAIN) if value > 0)


def roundings(pool: Pool) -> list[int]:
    """No rounding, or the printed one with either sign."""
    printed = [v for v in pool.labelled(Head.ROUND_OFF, PLAIN) if 0 < abs(v) <= LARGEST_PRINTED_ROUNDING]
    return [0, *(sign * abs(value) for value in printed[:1] for sign in (1, -1))]


def misread(printed: int, meant: int) -> bool:
    """Whether a print may be the amount with one digit exchanged or lost."""
    return printed != meant and one_digit_off(rupees(printed), rupees(meant))
