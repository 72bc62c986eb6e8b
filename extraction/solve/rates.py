"""The rate of each line where only the footer names rates: which lines each printed tax was charged on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from extraction.evidence import Evidence
from extraction.fields.totals import TAXES, Head, Money
from extraction.solve.sums import lawful_rate, paise
from extraction.solve.totals import Footer
from gst.invoice import Line

RATES = tuple(map(Decimal, (5, 12, 18, 28, 40, 3)))
"""Percent of GST that papers with several rates mix."""
COMMON = RATES[:4]
MOST_LINES, FEW_LINES = 9, 6
SLACK = 3
"""Paise by which a tax may be off: each line of a group is rounded by itself."""

Group = tuple[Decimal, frozenset[int]]


def with_rates(lines: tuple[Line, ...], seen: Evidence, footer: Footer) -> tuple[Line, ...]:
    """The lines with the rates that the footer proves, the plainest way first."""
    parted = by_parts(lines, seen.tax_runs)
    if parted is not lines:
        return parted
    common, sums = common_rate(seen, footer), footer.sums
    if sums and (common is None or common not in RATES):
        blended = mixed(lines, sums.cgst + sums.sgst + sums.igst, sums.taxable)
        if blended is not lines:
            return blended
    # Where one rate leads to the whole tax, all lines have it: a mixture would give no lawful rate.
    return lines if common is None else tuple(replace(line, gst_rate=common) for line in lines)


def common_rate(seen: Evidence, footer: Footer) -> Decimal | None:
    """The one rate that leads from the taxable value to the tax; 0 where only zeros are printed as tax."""
    amounts = {head: paise(choice.value) for head, choice in footer.choices.items()}
    tax = sum(amounts.get(head, 0) for head in TAXES)
    if tax:
        return lawful_rate(amounts.get(Head.TAXABLE, 0), tax)
    taxes = [m.value for m in seen.money if m.heads.keys() & set(TAXES)]
    return Decimal(0) if taxes and not any(taxes) else None


def by_parts(lines: tuple[Line, ...], runs: Sequence[tuple[Head, Sequence[Money]]]) -> tuple[Line, ...]:
    """The lines with the rates that the taxes prove; unchanged where several divisions would fit."""
    if len(lines) > MOST_LINES or any(line.gst_rate is not None for line in lines):
        return lines
    values = [paise(line.taxable_value or Decimal(0)) for line in lines]
    for head, run in runs:
        factor = 1 if head is Head.IGST else 2
        found = set(divisions(values, [factor * paise(money.value) for money in run]))
        if len(found) == 1:
            return tuple(replace(line, gst_rate=rate) for line, rate in zip(lines, found.pop(), strict=True))
    return lines


def mixed(lines: tuple[Line, ...], tax: int, taxable: int) -> tuple[Line, ...]:
    """The lines with the only rates that give this tax on the whole, in paise."""
    values = [paise(line.taxable_value or Decimal(0)) for line in lines]
    if len(lines) > FEW_LINES or sum(values) != taxable or any(line.gst_rate is not None for line in lines):
        return lines
    found = [
        rates for rates in product(COMMON, repeat=len(values)) if abs(charged(values, rates) - tax) <= SLACK
    ]
    if len(found) != 1:
        return lines
    return tuple(replace(line, gst_rate=rate) for line, rate in zip(lines, found[0], strict=True))


def charged(values: Sequence[int], rates: Sequence[Decimal]) -> Decimal:
    """The tax on some values at their rates."""
    return sum((value * rate for value, rate in zip(values, rates, strict=True)), Decimal(0)) / 100


def divisions(values: Sequence[int], taxes: Sequence[int]) -> Iterator[tuple[Decimal, ...]]:
    """The rates of the lines by each way in which the taxes may have been charged on all of them."""
    options = [list(groups(values, tax)) for tax in taxes]
    for chosen in product(*options):
        lines = [line for _, group in chosen for line in group]
        if sorted(lines) == list(range(len(values))):
            rates = {line: rate for rate, group in chosen for line in group}
            yield tuple(rates[line] for line in range(len(values)))


def groups(values: Sequence[int], tax: int) -> Iterator[Group]:
    """Lines, and the rate at which they give this tax."""
    for mask in range(1, 2 ** len(values)):
        group = frozenset(line for line in range(len(values)) if mask >> line & 1)
        base = sum(values[line] for line in group)
        for rate in RATES:
            if abs(base * rate / 100 - tax) <= SLACK * len(group):
                yield rate, group
