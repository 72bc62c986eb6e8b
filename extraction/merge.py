"""Which pages of a file belong together: sides and copies of one invoice, or several invoices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extraction.evidence import Code, other_paper, signed_code
from extraction.fields.candidate import voted
from extraction.fields.gstin_repair import edits
from extraction.fields.numbering import number_candidates
from extraction.fields.totals import Head, money_on
from extraction.labels import fold, prints_of
from extraction.layout import Sheet
from gst.signed_qr import Verdict

SURE_NUMBER = 0.8
ONE_DIGIT = 0.7
"""By which fields.numbering.shape_factor lowers a number with a single digit."""
CONTINUED = re.compile(r"\bcontinued\b|\bcontd\b|\bcarried\s*(?:over|forward)", re.IGNORECASE)
LATER_SIDE = re.compile(r"\bpage\W*(?:no\W*)?[2-9]\b", re.IGNORECASE)
MOST_MISREAD = 2
SERIAL = 3
"""Characters at the end of a number by which an invoice differs from the next."""
LEAST_TELLING = 4
"""Letters and digits without which a number may stand anywhere, as a quantity or a rate."""


@dataclass(slots=True)
class Group:
    """Pages of one invoice, and its number once a page has told it."""

    number: str | None
    sheets: list[Sheet] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)

    def with_pages_of(self, copy: "Group") -> "Group":
        """This group and a copy of it."""
        return Group(self.number, [*self.sheets, *copy.sheets], [*self.codes, *copy.codes])


def invoices(sheets: Sequence[Sheet], codes: Sequence[Code]) -> list[Group]:
    """The pages by invoice, in the order of the file; pages without a number follow those before them."""
    groups: list[Group] = []
    for sheet in sheets:
        here = [code for code in codes if code.page == sheet.number]
        number = number_of(sheet, here)
        group = home(sheet, number, groups)
        if group is None:
            group = Group(number)
            groups.append(group)
        group.number = group.number or number
        group.sheets.append(sheet)
        group.codes += here
    return groups


def home(sheet: Sheet, number: str | None, groups: Sequence[Group]) -> Group | None:
    """The group that a page belongs to; None when it opens another invoice."""
    if not groups:
        return None
    if number is None or other_paper(sheet):
        return groups[-1]
    if is_misread(number, groups[-1], sheet):
        return groups[-1]
    if groups[-1].number is None:
        return None if totals_differ(sheet, groups[-1].sheets) else groups[-1]
    named = [group for group in groups if group.number]
    same = [group for group in named if fold(str(group.number)) == fold(number)]
    known = same or [group for group in named if stands_on(sheet, str(group.number))]
    return known[0] if known else (None if is_whole(sheet) else groups[-1])


def is_misread(number: str, before: Group, sheet: Sheet) -> bool:
    """Whether a page goes on with an invoice that has no total yet, its number misread.

    The next invoice differs in the last digits, and no page says that it continues.
    """
    one, other = fold(number), fold(before.number or "")
    if min(len(one), len(other)) <= LEAST_TELLING or any(map(is_whole, before.sheets)):
        return False
    if goes_on(before.sheets[-1], sheet):
        return edits(one, other) <= MOST_MISREAD
    return one[-SERIAL:] == other[-SERIAL:] and edits(one, other) <= 1


def goes_on(before: Sheet, sheet: Sheet) -> bool:
    """Whether a page says that it continues, or the next one that it is not the first."""
    continued = any(CONTINUED.search(cell.text) for cell in before.cells)
    return continued or any(LATER_SIDE.search(cell.text) for cell in sheet.cells)


def totals_differ(sheet: Sheet, before: Sequence[Sheet]) -> bool:
    """Whether a page and those before it each print a total, and not the same."""
    here, there = totals_on(sheet), {total for page in before for total in totals_on(page)}
    return bool(here and there) and not here & there


def stands_on(sheet: Sheet, number: str) -> bool:
    """Whether a page prints a number that is too long to stand there by chance: INV-1 does not in INV-10."""
    return len(fold(number)) >= LEAST_TELLING and any(True for _ in prints_of(number, sheet))


def number_of(sheet: Sheet, codes: Sequence[Code]) -> str | None:
    """The invoice number that a page gives for sure: signed, or plainly labelled."""
    signed, _ = signed_code(codes)
    if signed and signed.facts and signed.verdict is not Verdict.FORGED:
        return signed.facts.number
    found = voted(list(number_candidates(sheet)))
    return found[0].value if found and found[0].score >= least_score(found[0].value) else None


def least_score(number: str) -> float:
    """From which score on a number is plainly labelled; one with a single digit scores lower for that."""
    return SURE_NUMBER if re.search(r"\d{2}", number) else SURE_NUMBER * ONE_DIGIT


def is_whole(sheet: Sheet) -> bool:
    """Whether a page could be an invoice by itself: it prints a total."""
    return bool(totals_on(sheet))


def totals_on(sheet: Sheet) -> set[Decimal]:
    """Amounts that a page gives as its total, in rupees."""
    return {money.value for money in money_on(sheet) if money.heads.get(Head.GRAND_TOTAL, 0.0) >= 0.5}
