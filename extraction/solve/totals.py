"""Choosing the totals: a set that adds up, or single labelled amounts where nothing does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extraction.evidence import Evidence
from extraction.fields.totals import HEADS, TAXES, Head
from extraction.labels import label_in
from extraction.layout import Cell
from extraction.reading import Source
from extraction.solve.choice import Choice
from extraction.solve.mending import Mended, mended
from extraction.solve.sums import (
    Hints,
    Pool,
    Sums,
    lawful_rate,
    paise,
    partly_taxed,
    rupees,
    signed_print,
    solve,
)

LEAST_PROOF = 3.0
"""Score from which a set of sums is believed as a whole; a set without labels or words is coincidence."""
FULL_PROOF = 8.0
"""Score of a set in which nearly everything speaks for itself."""
LEAST_PROOF_OFF = 6.0
LEAST_LEFT = 6
"""Digits, with those of the paise, of which two amounts do not end alike by chance."""
MOST_GARBLED = 2
OFF_BY = 200
"""Paise by which totals on paper may be off and still be meant together; the portal tolerates as much."""
LEAST_LABEL = 0.55
SURE_LABEL = 0.9
LEAST_OCR = 0.8
ENOUGH_OTHERS, OUT_OF_PROPORTION = 3, 10
"""A total ten times any of so many other amounts is two amounts read as one."""


@dataclass(frozen=True, slots=True)
class Footer:
    """Choices by head, and the sums that prove them."""

    choices: Mapping[Head, Choice[Decimal]] = field(default_factory=dict)
    sums: Sums | None = None


def solve_footer(seen: Evidence, told: Hints) -> Footer:
    """The totals of the document."""
    pool = Pool(seen.money)
    found = solve(pool, told)
    if not found or found[0].score < LEAST_PROOF or not proves(found[0]):
        others = (*partly_taxed(pool, told), *solve(pool, told, OFF_BY))
        found = [s for s in others if s.score >= LEAST_PROOF_OFF and (s.cgst or s.igst)] or found
    best = by_head(found[0], pool, told) if found else None
    if best and best.score >= LEAST_PROOF and proves(best):
        choices = summed(best, pool, seen)
        if unnamed(best, pool) and told.within_state is None:
            del choices[Head.IGST]
        return Footer(choices, best)
    mend = mended(pool, told, named_taxes(seen))
    return put_right(mend, pool, seen) if mend else Footer(by_label(pool, told, seen, best), None)


def put_right(mend: Mended, pool: Pool, seen: Evidence) -> Footer:
    """Choices of a set in which one misread amount was put right, marked as such."""
    choices = summed(mend.sums, pool, seen)
    if mend.printed is None:
        return Footer({**choices, **untold(mend, choices)}, mend.sums)
    reason = f"read as {rupees(mend.printed)}, but with one digit changed all amounts add up"
    cell = place(pool, mend.printed, mend.head, seen)
    choices[mend.head] = replace(choices[mend.head], reason=reason, cell=cell, repaired=True)
    return Footer(choices, mend.sums)


def untold(mend: Mended, choices: Mapping[Head, Choice[Decimal]]) -> dict[Head, Choice[Decimal]]:
    """The taxes that were not read, marked as such."""
    heads = (Head.IGST,) if mend.head is Head.IGST else (Head.CGST, Head.SGST)
    reason = "not legible, but a usual rate leads from the taxable value to the total"
    return {head: replace(choices[head], proof="computed", reason=reason, repaired=True) for head in heads}


def named_taxes(seen: Evidence) -> set[Head]:
    """Heads of tax that the pages name."""
    cells = [cell for sheet in seen.sheets for cell in sheet.cells]
    return {head for head in TAXES if any(label_in(cell, HEADS[head]) for cell in cells)}


def proves(sums: Sums) -> bool:
    """Whether adding up says anything: with a tax or a printed rounding between taxable value and total."""
    return bool(sums.cgst or sums.igst or (sums.rounding and sums.rounding_printed))


def unnamed(sums: Sums, pool: Pool) -> bool:
    """Whether the tax is known only as a sum over its heads."""
    return bool(sums.igst and not pool.head(sums.igst, Head.IGST) and pool.head(sums.igst, Head.TAX_TOTAL))


def by_head(sums: Sums, pool: Pool, told: Hints) -> Sums:
    """A sum over heads is CGST and SGST in halves when both parties are in one State."""
    if unnamed(sums, pool) and told.within_state and sums.igst % 2 == 0:
        return replace(sums, igst=0, cgst=sums.igst // 2, sgst=sums.igst // 2)
    return sums


def summed(sums: Sums, pool: Pool, seen: Evidence) -> dict[Head, Choice[Decimal]]:
    """Choices for every amount of a set that adds up."""
    adds_up = "taxable value and taxes add up to the total"
    heads = {
        Head.GRAND_TOTAL: (sums.grand_total, sums.total_reasons),
        Head.TAXABLE: (sums.taxable, sums.taxable_reasons),
        Head.CGST: (sums.cgst, sums.tax_reasons),
        Head.SGST: (sums.sgst, sums.tax_reasons),
        Head.IGST: (sums.igst, sums.tax_reasons),
        **{head: (value, ("labelled",)) for head, value in sums.extras},
    }
    choices = {
        head: Choice(
            rupees(value),
            "sums",
            "; ".join((*why, adds_up)),
            place(pool, value, head, seen),
            strength=sums.score / FULL_PROOF,
        )
        for head, (value, why) in heads.items()
        if value
    }
    if sums.rounding:
        choices[Head.ROUND_OFF] = rounding(sums, pool, seen)
    return choices


def rounding(sums: Sums, pool: Pool, seen: Evidence) -> Choice[Decimal]:
    """The rounding, printed or not; its sign follows from the sum."""
    value = rupees(sums.rounding)
    if sums.rounding_printed:
        return Choice(
            value,
            "sums",
            "printed, and completes the total",
            place(pool, abs(sums.rounding), Head.ROUND_OFF, seen),
        )
    return Choice(value, "computed", "what is missing to the total", None, Source.COMPUTED)


def place(pool: Pool, value: int, head: Head, seen: Evidence) -> Cell | None:
    """Where a value is printed, in figures or else in words."""
    entry = pool.entries.get(value) or pool.entries.get(-value)
    money = entry.place(head) if entry else None
    if money:
        return money.cell
    return next((s.cell for s in seen.spelled if paise(s.value) == value), None)


def by_label(pool: Pool, told: Hints, seen: Evidence, best: Sums | None) -> dict[Head, Choice[Decimal]]:
    """Amounts that only their labels, the words or the signed code vouch for."""
    choices: dict[Head, Choice[Decimal]] = {}
    total, proof, reason = total_alone(pool, told, best)
    if total:
        choices[Head.GRAND_TOTAL] = Choice(
            rupees(total), proof, reason, place(pool, total, Head.GRAND_TOTAL, seen)
        )
    most = total if total and is_all_taxable(total, pool, told) else (total or 0) - 1
    taxable = next((v for v in pool.labelled(Head.TAXABLE, LEAST_LABEL) if not total or v <= most), None)
    if (
        taxable is None
        and best
        and not best.igst
        and not best.cgst
        and pool.head(best.taxable, Head.TAXABLE) > 0.5
    ):
        taxable = best.taxable
    untaxed = told.line_sum is None and not any(pool.labelled(head, LEAST_LABEL) for head in TAXES)
    billed = bool(total) and (told.line_sum == total or untaxed)
    if taxable is None and billed and any(c.value for c in seen.charges):
        taxable = total  # the recipient pays the tax: what is billed is the taxable value
    if taxable:
        choices[Head.TAXABLE] = Choice(
            rupees(taxable), "weak", "labelled as the taxable value", place(pool, taxable, Head.TAXABLE, seen)
        )
        choices |= taxes_by_label(pool, taxable, seen)
    return choices


def is_all_taxable(total: int, pool: Pool, told: Hints) -> bool:
    """Whether the total can be the taxable value: the lines are no less, and no tax is printed."""
    lines_less = told.line_sum is not None and told.line_sum < total
    return not lines_less and not any(
        value > 0 for head in TAXES for value in pool.labelled(head, LEAST_LABEL)
    )


def total_alone(pool: Pool, told: Hints, best: Sums | None) -> tuple[int | None, str, str]:
    """The grand total without a sum behind it, by the best witness that there is."""
    return next(witnesses(pool, told, best), (None, "", ""))


def witnesses(pool: Pool, told: Hints, best: Sums | None) -> Iterator[tuple[int, str, str]]:
    """Grand totals with the kind of evidence for each, the strongest first."""
    if told.signed_total:
        yield signed_print(pool, told.signed_total) or told.signed_total, "signed", "the signed code says so"
    for value in sorted(told.spelled, reverse=True):
        if value in pool.entries and OUT_OF_PROPORTION * value > largest(pool):
            yield value, "words", "figures and words agree"
    for value in (v for v in pool.labelled(Head.GRAND_TOTAL, LEAST_LABEL) if may_be_total(pool, v, told)):
        spelled = next((words for words in sorted(told.spelled_out) if is_garbled(value, words)), None)
        if spelled:
            yield spelled, "weak", "spelled out in words, nearly as labelled"
        sure = pool.head(value, Head.GRAND_TOTAL) >= SURE_LABEL
        uncut = next((other for other in pool.values if is_cut(value, other)), None)
        if uncut:
            yield uncut, "weak", "labelled as the total, where its first digits were not read"
        yield value, "label" if sure else "weak", "labelled as the total"
    yield from weak_witnesses(pool, told, best)


def weak_witnesses(pool: Pool, told: Hints, best: Sums | None) -> Iterator[tuple[int, str, str]]:
    """Grand totals that only words, the lines or a poor label speak for."""
    if told.spelled_out and 2 * max(told.spelled_out) > largest(pool):
        yield max(told.spelled_out), "weak", "spelled out in words"
    if best and pool.head(best.grand_total, Head.GRAND_TOTAL) > 0.3:
        yield best.grand_total, "weak", "labelled as the total"
    if told.line_sum and not told.lines_taxed and not any(pool.labelled(head, 0.3) for head in TAXES):
        yield told.line_sum, "weak", "the sum of the lines"
    for value in pool.labelled(Head.GRAND_TOTAL, 0.2):
        if value == pool.values[-1] and clearly_printed(pool, value):
            yield value, "weak", "the largest amount, labelled as one"


def largest(pool: Pool) -> int:
    """The largest amount that is printed with paise."""
    exact = (v for v in reversed(pool.values) if any(m.decimals == 2 for m in pool.entries[v].places))
    return next(exact, 0)


def is_garbled(value: int, spelled: int) -> bool:
    """Whether an amount may be the spelled one with a digit or two misread: words seldom make another."""
    read, meant = str(value), str(spelled)
    return len(read) == len(meant) and 0 < sum(map(str.__ne__, read, meant)) <= MOST_GARBLED


def is_cut(value: int, other: int) -> bool:
    """Whether an amount may be what is left of another whose first digits were not read."""
    return other > value and len(str(value)) >= LEAST_LEFT and str(other).endswith(str(value))


def may_be_total(pool: Pool, value: int, told: Hints) -> bool:
    """Whether a labelled amount can be the total by itself: printed plainly, no tax is put on it, and it is
    neither less than the lines (unless something is taken off) nor out of all proportion."""
    taxes = [
        (1 if head is Head.IGST else 2) * tax for head in TAXES for tax in pool.labelled(head, 0.4) if tax > 0
    ]
    others = [other for other in pool.values if other != value]
    too_little = told.line_sum is not None and value < told.line_sum and not pool.labelled(Head.OTHER, 0.8)
    too_much = len(others) >= ENOUGH_OTHERS and value > OUT_OF_PROPORTION * others[-1]
    return (
        clearly_printed(pool, value)
        and not too_little
        and not too_much
        and all(lawful_rate(value, tax) is None for tax in taxes)
    )


def clearly_printed(pool: Pool, value: int) -> bool:
    """Whether some print of a value has paise and was read well; handwriting seldom is."""
    return any(m.decimals == 2 and m.cell.confidence >= LEAST_OCR for m in pool.entries[value].places)


def taxes_by_label(pool: Pool, taxable: int, seen: Evidence) -> dict[Head, Choice[Decimal]]:
    """Tax heads that their label names and a lawful rate confirms."""
    choices: dict[Head, Choice[Decimal]] = {}
    for head in TAXES:
        factor = 1 if head is Head.IGST else 2
        for value in pool.labelled(head, 0.4):
            if value > 0 and value < taxable and lawful_rate(taxable, factor * value) is not None:
                reason = "labelled, and a lawful rate of the taxable value"
                choices[head] = Choice(rupees(value), "weak", reason, place(pool, value, head, seen))
                break
    return choices
