"""What a model says, laid beside what the finders saw: one evidence for one solver.

A value that stands on the page is a candidate like any other. One that stands nowhere is only let in where
proof does not rest on its own word: a number or date whose hash is the printed IRN, or one amount that
completes a sum of printed ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from extraction.ai.answer import Answer
from extraction.ai.facts import Fact
from extraction.ai.support import text_cell
from extraction.evidence import Evidence
from extraction.fields.candidate import Candidate, best_first, voted
from extraction.fields.gstins import Mention, Role
from extraction.fields.totals import Head, Money, Spelled
from extraction.labels import fold
from extraction.layout import Cell
from extraction.reading import Box, Source
from extraction.solve.choice import Choice
from extraction.solve.header import solve_header
from extraction.solve.sums import hints
from extraction.solve.totals import Footer, solve_footer
from extraction.understand import choices_of, within_state
from gst import gstin, words
from gst.invoice import Line

READ_SO = "the AI model reads it so"
TRUSTED = 0.75
"""Score of a value that a model read and that stands on the page: a model knows labels, but errs in roles."""
LABELLED = 0.9
TITLED = 0.55
ROLES = {"vendor_gstin": Role.VENDOR, "buyer_gstin": Role.BUYER}
NOWHERE = Box(left=0, top=0, right=0, bottom=0)


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver chose by the keys of a reading, and the sums behind the totals."""

    choices: Mapping[str, Choice[Any]]
    footer: Footer


def solve(
    seen: Evidence, told: Mapping[str, Fact], answer: Answer, lines: Sequence[Line], signed: Decimal | None
) -> Solved:
    """The best supported values of both readers; ``signed`` is the total that a signed code tells."""
    both = enriched(seen, told, answer)
    header = solve_header(both)
    told_sums = hints(both.spelled, signed, lines, within_state(header, both))
    footer = solve_footer(both, told_sums)
    for name, fact in told.items():
        if is_amount(name) and not fact.is_supported:
            completed = replace(both, money=(*both.money, printed_nowhere(name, fact)))
            tried = solve_footer(completed, told_sums)
            footer = better(footer, tried)
    return Solved(choices_of(both, header, footer), footer)


def better(one: Footer, other: Footer) -> Footer:
    """The footer with the stronger sums."""
    if other.sums is None or (one.sums is not None and one.sums.score >= other.sums.score):
        return one
    return other


def enriched(seen: Evidence, told: Mapping[str, Fact], answer: Answer) -> Evidence:
    """The evidence of the pages with the model's values among the candidates."""
    kinds = [Candidate(answer.kind, TITLED, "the AI model takes it for one")] if answer.kind else []
    return replace(
        seen,
        titles=(*seen.titles, *kinds),
        numbers=tuple(voted([*seen.numbers, *candidates("invoice_number", told, seen.numbers)])),
        days=tuple(voted([*seen.days, *candidates("invoice_date", told)])),
        mentions=(*seen.mentions, *new_mentions(told)),
        irns=tuple(best_first([*seen.irns, *(c for c in candidates("irn", told) if c.cell)])),
        money=tuple(with_money(seen.money, told)),
        spelled=(*seen.spelled, *spelled(answer, seen)),
        places=tuple(voted([*seen.places, *(c for c in candidates("place_of_supply", told) if c.cell)])),
        charges=(*seen.charges, *(c for c in candidates("reverse_charge", told) if c.cell)),
    )


def candidates(
    name: str, told: Mapping[str, Fact], known: Sequence[Candidate[str]] = ()
) -> Iterator[Candidate[Any]]:
    """The model's value as a candidate, in the finders' own print where they have the same."""
    fact = told.get(name)
    if fact is None:
        return
    same = next((c.value for c in known if fold(c.value) == fold(str(fact.value))), fact.value)
    yield Candidate(same, TRUSTED if fact.is_supported else 0.0, READ_SO, fact.cell)


def new_mentions(told: Mapping[str, Fact]) -> Iterator[Mention]:
    """GSTINs with a right check digit that stand on the page, each with the role that the model gives it."""
    for name, role in ROLES.items():
        fact = told.get(name)
        if fact and fact.cell and gstin.is_valid(fact.value):
            read = replace(fact.cell, text=fact.value)  # as the model reads what stands there
            yield Mention(fact.value, read, 0, role, READ_SO, LABELLED)


def with_money(known: Sequence[Money], told: Mapping[str, Fact]) -> Iterator[Money]:
    """Printed amounts, each also under the heads that the model gives it; and those that OCR misread."""
    heads: dict[Decimal, dict[Head, float]] = {}
    for name, fact in told.items():
        if is_amount(name) and fact.cell:
            heads.setdefault(fact.value, {})[Head(name)] = LABELLED
    for money in known:
        said = heads.get(money.value, {})
        surer = {head: max(score, money.heads.get(head, 0.0)) for head, score in said.items()}
        yield replace(money, heads=money.heads | surer)
    printed = {money.value for money in known}
    for name, fact in told.items():
        if is_amount(name) and fact.cell and fact.value not in printed:
            yield Money(fact.value, fact.cell, 2, heads[fact.value], fact.printed)


def printed_nowhere(name: str, fact: Fact) -> Money:
    """An amount without a place, to see whether it completes a sum."""
    nowhere = Cell(fact.printed, 0, 0, 0, 0, 0, NOWHERE, 0.0, Source.AI)
    return Money(fact.value, nowhere, 2, {Head(name): LABELLED}, "")


def is_amount(name: str) -> bool:
    """Whether a value is an amount of the foot."""
    return name in set(Head)


def spelled(answer: Answer, seen: Evidence) -> Iterator[Spelled]:
    """The amount in words, where OCR broke it."""
    printed = answer.values.get("totals.amount_in_words")
    value = words.parse(printed.text) if printed else None
    cell = text_cell(printed.text, seen.sheets) if printed else None
    if printed and value and cell and value not in {s.value for s in seen.spelled}:
        yield Spelled(value, printed.text, cell, of_tax=False)
