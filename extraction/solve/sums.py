"""Which amounts are the totals: those that add up.

taxable value + tax by head + cess + untaxed charges + TCS + rounding = grand total. Labels, the amount in
words, the signed QR code and lawful rates decide among sets of amounts that add up. All sums are in paise.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from extraction.fields.totals import Head, Money, Spelled
from gst.invoice import Line

LAWFUL_RATES = tuple(map(Decimal, ("0.1", "0.25", "1", "1.5", "3", "5", "6", "7.5", "12", "18", "28", "40")))
"""Percent of GST that exist or existed; 6 and 7.5 are under special schemes."""
HIGHEST_SHARE = 45
"""Percent of the taxable value above which an amount is no GST; the highest rate is 40."""
LARGEST_ROUNDING = 50
"""Paise by which an unprinted rounding may move a total."""
LARGEST_PRINTED_ROUNDING = 500
TOTALS_TRIED = 14
SIGNED_SLACK = 200
"""Paise by which a printed total may differ from the signed one (the portal's tolerance)."""
SLACK = 2
"""Paise that head-wise rounding may leave."""
LEAST_CHARGE = 0.6
CONTRADICTED = -2.0
"""What counts against a total where the paper spells out another."""
UNLAWFUL = -1.5
"""What counts against an amount that no label calls a tax, at no rate that exists."""
EXTRAS = (Head.TCS, Head.CHARGE, Head.CESS)


@dataclass(slots=True)
class Entry:
    """One value of the document, wherever it is printed."""

    paise: int
    places: list[Money] = field(default_factory=list)
    heads: dict[Head, float] = field(default_factory=lambda: defaultdict(float))

    def place(self, head: Head) -> Money | None:
        """Where the value stands as that head, or just anywhere."""
        return max(self.places, key=lambda m: m.heads.get(head, 0.0), default=None)


@dataclass(frozen=True, slots=True)
class Hints:
    """What other sources say; ``within_state``: whether both parties are registered in one State."""

    spelled: frozenset[int]
    spelled_tax: frozenset[int]
    spelled_out: frozenset[int] = frozenset()  # words that come to their end, ``only``
    signed_total: int | None = None
    line_sum: int | None = None
    within_state: bool | None = None
    line_amounts: frozenset[int] = frozenset()
    lines_taxed: bool = False
    exempt: bool = False  # something on the paper is said to bear no tax


@dataclass(frozen=True, slots=True)
class Sums:
    """A set of totals in paise that adds up, why it is believed, and how strongly."""

    grand_total: int
    taxable: int
    cgst: int = 0
    sgst: int = 0
    igst: int = 0
    extras: tuple[tuple[Head, int], ...] = ()
    rounding: int = 0
    rounding_printed: bool = False
    score: float = 0.0
    total_reasons: tuple[str, ...] = ()
    taxable_reasons: tuple[str, ...] = ()
    tax_reasons: tuple[str, ...] = ()


def paise(value: Decimal) -> int:
    """Rupees to whole paise."""
    return int((value * 100).to_integral_value())


def rupees(value: int) -> Decimal:
    """Paise to rupees with two decimals."""
    return Decimal(value).scaleb(-2)


def hints(
    spelled: Iterable[Spelled],
    signed_total: Decimal | None,
    lines: Sequence[Line],
    within_state: bool | None,
    *,
    exempt: bool = False,
) -> Hints:
    """Other sources in paise."""
    words = list(spelled)
    amounts = [line.taxable_value for line in lines]
    known = [paise(amount) for amount in amounts if amount is not None]
    return Hints(
        spelled=frozenset(paise(s.value) for s in words if not s.of_tax),
        spelled_tax=frozenset(paise(s.value) for s in words if s.of_tax),
        spelled_out=frozenset(paise(s.value) for s in words if s.is_whole and not s.of_tax),
        signed_total=None if signed_total is None else paise(signed_total),
        line_sum=sum(known) if known and len(known) == len(amounts) else None,
        within_state=within_state,
        line_amounts=frozenset(known),
        lines_taxed=any(line.gst_rate for line in lines),
        exempt=exempt,
    )


class Pool:
    """All amounts of a document by value."""

    def __init__(self, money: Iterable[Money]) -> None:
        self.entries: dict[int, Entry] = {}
        for printed in money:
            value = paise(printed.value)
            entry = self.entries.setdefault(value, Entry(value))
            entry.places.append(printed)
            for head, score in printed.heads.items():
                entry.heads[head] = max(entry.heads[head], score)
        self.values = sorted(value for value in self.entries if value > 0)

    def near(self, value: int, slack: int) -> Sequence[int]:
        """Printed values within so many paise."""
        return self.values[bisect_left(self.values, value - slack) : bisect_right(self.values, value + slack)]

    def head(self, value: int, head: Head) -> float:
        """How surely a value is labelled as a head."""
        entry = self.entries.get(value)
        return entry.heads.get(head, 0.0) if entry else 0.0

    def count(self, value: int) -> int:
        """In how many places a value is printed."""
        entry = self.entries.get(value)
        return len(entry.places) if entry else 0

    def labelled(self, head: Head, least: float = 0.5) -> list[int]:
        """Values labelled as a head, the surest first."""
        found = [entry for entry in self.entries.values() if entry.heads.get(head, 0.0) >= least]
        return [entry.paise for entry in sorted(found, key=lambda e: (-e.heads[head], -e.paise))]


def solve(pool: Pool, told: Hints, slack: int = LARGEST_ROUNDING) -> list[Sums]:
    """Sets of totals that add up, the best first; ``slack`` is what may go unexplained, in paise."""
    extras = list(extra_sets(pool))
    roundings = {
        abs(value) for value in pool.labelled(Head.ROUND_OFF) if abs(value) <= LARGEST_PRINTED_ROUNDING
    }
    found = [
        judged(part, pool, told)
        for total in likely_totals(pool, told)
        for extra in extras
        for sums in adding_up(total, extra, pool, roundings, slack)
        for part in (sums, *(without_exempt(sums, pool) if told.exempt else ()))
    ]
    return sorted(found, key=lambda s: (-s.score, -s.grand_total))


def likely_totals(pool: Pool, told: Hints) -> list[int]:
    """Values that may be the grand total, the likeliest first."""
    known = [value for value in (signed_print(pool, told.signed_total), *sorted(told.spelled)) if value]
    labelled = pool.labelled(Head.GRAND_TOTAL, 0.2)
    return list(dict.fromkeys([*known, *labelled, *reversed(pool.values[-6:])]))[:TOTALS_TRIED]


def signed_print(pool: Pool, signed: int | None) -> int | None:
    """The signed total as the paper prints it: rounded, or off by what the portal lets pass."""
    if signed is None or pool.count(signed):
        return signed
    near = [value for value in pool.near(signed, SIGNED_SLACK) if pool.head(value, Head.GRAND_TOTAL) >= 0.5]
    return near[0] if near else signed


def extra_sets(pool: Pool) -> Iterator[tuple[tuple[Head, int], ...]]:
    """Untaxed additions to try: none, or one value of each head that is labelled as such."""
    options = [[None, *pool.labelled(head, 0.6)[:3]] for head in EXTRAS]
    for chosen in product(*options):
        yield tuple((head, value) for head, value in zip(EXTRAS, chosen, strict=True) if value and value > 0)


def adding_up(
    total: int, extras: tuple[tuple[Head, int], ...], pool: Pool, roundings: set[int], slack: int
) -> Iterator[Sums]:
    """Taxable value and taxes that lead to the total."""
    rest = total - sum(value for _, value in extras)
    reach = slack if total % 100 == 0 else SLACK
    widest = max([reach, *roundings])
    for taxable in pool.values[: bisect_right(pool.values, rest + widest)]:
        tax = rest - taxable
        if 100 * tax > HIGHEST_SHARE * taxable:
            continue
        for igst in pool.near(tax, widest) if tax > widest else ():
            yield from rounded(Sums(total, taxable, igst=igst, extras=extras), tax - igst, reach, roundings)
        for cgst in pool.near(tax // 2, (widest + 1) // 2 + 1) if tax > widest else ():
            sums = Sums(total, taxable, cgst=cgst, sgst=cgst, extras=extras)
            yield from rounded(sums, tax - 2 * cgst, reach, roundings)
        if abs(tax) <= widest:
            yield from rounded(Sums(total, taxable, extras=extras), tax, reach, roundings)


def without_exempt(sums: Sums, pool: Pool) -> Iterator[Sums]:
    """The set with a printed part of its taxable value untaxed, where the tax is lawful on the rest only."""
    tax = sums.cgst + sums.sgst + sums.igst
    if not tax or sums.extras or lawful_rate(sums.taxable, tax) is not None:
        return
    for rest in pool.values[: bisect_left(pool.values, sums.taxable)]:
        if pool.count(sums.taxable - rest) and lawful_rate(rest, tax) is not None:
            yield replace(sums, taxable=rest, extras=((Head.CHARGE, sums.taxable - rest),))


def partly_taxed(pool: Pool, told: Hints) -> list[Sums]:
    """Sets in which a printed amount bears no tax though nothing says so, as a fare that an agent passes on.

    Only for papers on which nothing else adds up: the tax must be labelled, and lawful on the rest.
    """
    found = [
        judged(part, pool, told)
        for total in likely_totals(pool, told)
        for tax, sums in labelled_taxes(pool, total)
        for taxable in pool.values[: bisect_left(pool.values, total - tax)]
        if lawful_rate(taxable, tax) is not None
        for rest in pool.near(total - tax - taxable, LARGEST_ROUNDING)
        for part in rounded(
            replace(sums, taxable=taxable, extras=((Head.CHARGE, rest),)),
            total - tax - taxable - rest,
            LARGEST_ROUNDING if total % 100 == 0 else SLACK,
            set(),
        )
    ]
    return sorted(found, key=lambda s: (-s.score, -s.grand_total))


def labelled_taxes(pool: Pool, total: int) -> Iterator[tuple[int, Sums]]:
    """Each labelled tax as a whole, and a set with it and nothing else but the total."""
    yield from ((tax, Sums(total, 0, igst=tax)) for tax in pool.labelled(Head.IGST) if tax > 0)
    yield from ((2 * half, Sums(total, 0, half, half)) for half in pool.labelled(Head.CGST) if half > 0)


def rounded(sums: Sums, rounding: int, reach: int, printed: set[int]) -> Iterator[Sums]:
    """The set with its rounding, if that is printed or small enough to go unprinted."""
    is_printed = any(abs(abs(rounding) - value) <= SLACK // 2 for value in printed if value) and rounding != 0
    if is_printed or abs(rounding) <= reach:
        yield Sums(
            sums.grand_total, sums.taxable, sums.cgst, sums.sgst, sums.igst, sums.extras, rounding, is_printed
        )


def judged(sums: Sums, pool: Pool, told: Hints) -> Sums:
    """The set with its score and the reasons for it."""
    total, taxable, tax = (
        list(reasons(sums, pool, told)) for reasons in (total_reasons, taxable_reasons, tax_reasons)
    )
    score = sum(weight for weight, _ in (*total, *taxable, *tax)) - 0.3 * len(sums.extras)
    score += 0.6 if sums.rounding_printed else 0.5 if sums.rounding == 0 else 0.0
    return replace(
        sums,
        score=score,
        total_reasons=told_by(total),
        taxable_reasons=told_by(taxable),
        tax_reasons=told_by(tax),
    )


def told_by(reasons: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    """The reasons that speak for a value, in words."""
    return tuple(reason for weight, reason in reasons if reason and weight > 0)


def total_reasons(sums: Sums, pool: Pool, told: Hints) -> Iterator[tuple[float, str]]:
    """Why the grand total is believed."""
    yield 2 * pool.head(sums.grand_total, Head.GRAND_TOTAL), "labelled as the total"
    yield -1.5 * pool.head(sums.grand_total, Head.OTHER), ""
    if sums.grand_total in told.spelled:
        yield 2.5, "equals the amount in words"
    elif told.spelled_out:
        yield CONTRADICTED, ""
    if told.signed_total is not None and abs(sums.grand_total - told.signed_total) <= SIGNED_SLACK:
        yield 3.0, "equals the signed total"
    if pool.values and sums.grand_total > pool.values[-1] - LARGEST_ROUNDING:
        yield 0.5, ""


def taxable_reasons(sums: Sums, pool: Pool, told: Hints) -> Iterator[tuple[float, str]]:
    """Why the taxable value is believed."""
    yield 1.5 * pool.head(sums.taxable, Head.TAXABLE), "labelled as the taxable value"
    yield -1.0 * pool.head(sums.taxable, Head.OTHER), ""
    yield 0.3 * min(pool.count(sums.taxable), 3), ""
    if told.line_sum is not None and abs(sums.taxable - told.line_sum) <= SLACK:
        yield 1.5, "equals the sum of the lines"
    elif told.line_sum is not None and is_charged(sums.taxable - told.line_sum, pool):
        yield 1.5, "equals the sum of the lines with a charge or a discount between"
    elif sums.taxable in told.line_amounts and len(told.line_amounts) > 1:
        yield -1.5, ""  # one line of several, with its own tax and total


def is_charged(difference: int, pool: Pool) -> bool:
    """Whether an amount is labelled as a charge, or taken off as a discount."""
    head = Head.CHARGE if difference > 0 else Head.OTHER
    return max(pool.head(abs(difference), head), pool.head(-abs(difference), head)) >= LEAST_CHARGE


def tax_reasons(sums: Sums, pool: Pool, told: Hints) -> Iterator[tuple[float, str]]:
    """Why the taxes are believed; a set without tax proves nothing by adding up."""
    tax = sums.cgst + sums.sgst + sums.igst
    if not tax:
        yield -0.8, ""
        return
    yield 1.0, "taxable value and tax add up to the total"
    one = sums.igst or sums.cgst
    yield -max(pool.head(one, head) for head in (Head.TCS, Head.CHARGE, Head.ROUND_OFF, Head.OTHER)), ""
    if sums.igst:
        yield 1.5 * pool.head(sums.igst, Head.IGST), "labelled as IGST"
        yield -0.7 * (pool.head(sums.igst, Head.IGST) == 0), ""
    else:
        yield (
            0.75 * (pool.head(sums.cgst, Head.CGST) + pool.head(sums.cgst, Head.SGST)),
            "labelled as CGST and SGST",
        )
        yield (0.7 if pool.count(sums.cgst) >= 2 else -0.7), ""
        halves = max(pool.head(sums.cgst, Head.CGST), pool.head(sums.cgst, Head.SGST))
        yield -1.5 * (pool.head(sums.cgst, Head.IGST) > halves), ""  # two lines' IGST are no halves
    if told.within_state is not None:
        yield (0.3 if told.within_state == bool(sums.cgst) else -0.3), ""
    if lawful_rate(sums.taxable, tax) is not None:
        yield 0.8, "the tax is a lawful rate of the taxable value"
    elif not any(pool.head(one, head) for head in (Head.CGST, Head.SGST, Head.IGST)):
        yield UNLAWFUL, ""
    charged = sum(value for head, value in sums.extras if head is Head.CHARGE)
    if charged and lawful_rate(sums.taxable, tax) is None and lawful_rate(sums.taxable + charged, tax):
        yield -1.0, ""  # the charge is taxed too
    if tax in told.spelled_tax:
        yield 1.0, "the tax equals its words"
    if pool.head(tax, Head.TAX_TOTAL):
        yield 0.7, "the heads add up to the printed tax"


def lawful_rate(taxable: int, tax: int) -> Decimal | None:
    """The rate that gives this tax to within a rupee, if the law knows one."""
    for rate in LAWFUL_RATES:
        if abs(Decimal(taxable) * rate / 100 - tax) <= max(4, min(100, taxable // 20000)):
            return rate
    return None
