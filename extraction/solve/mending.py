"""One misread total put right: the only amount with one digit changed that makes all the others add up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from extraction.fields.totals import Head
from extraction.numbers import one_digit_off
from extraction.solve.sums import LARGEST_PRINTED_ROUNDING, Hints, Pool, Sums, lawful_rate, rupees

PLAIN = 0.7
"""How surely an amount must be labelled to be mended, or to mend by."""
TRIED = 3


@dataclass(frozen=True, slots=True)
class Mended:
    """A set that adds up, and the amount in it that the paper prints with another digit."""

    sums: Sums
    head: Head
    printed: int


def mended(pool: Pool, told: Hints) -> Mended | None:
    """The set that one changed digit completes, if there is exactly one."""
    found = {(m.sums.grand_total, m.sums.taxable): m for m in repairs(pool, told)}
    return next(iter(found.values())) if len(found) == 1 else None


def repairs(pool: Pool, told: Hints) -> Iterator[Mended]:
    """Sets with a lawful tax in which either the total or the taxable value is one digit off its print."""
    lines = [told.line_sum] if told.line_sum else []
    taxables = list(dict.fromkeys([*pool.labelled(Head.TAXABLE, PLAIN)[:TRIED], *lines]))
    totals = list(dict.fromkeys([*told.spelled, *pool.labelled(Head.GRAND_TOTAL, PLAIN)[:TRIED]]))
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
