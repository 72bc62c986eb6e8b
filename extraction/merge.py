"""Which pages of a file belong together: sides and copies of one invoice, or several invoices."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.evidence import Code, other_paper, signed_code
from extraction.fields.candidate import voted
from extraction.fields.header import number_candidates
from extraction.fields.totals import Head, money_on
from extraction.labels import fold
from extraction.layout import Sheet
from gst.signed_qr import Verdict

SURE_NUMBER = 0.8


@dataclass(slots=True)
class Group:
    """Pages of one invoice, and its number once a page has told it."""

    number: str | None
    sheets: list[Sheet] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)


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
    if number is None or groups[-1].number is None or other_paper(sheet):
        return groups[-1]
    text = fold(" ".join(cell.text for cell in sheet.cells))
    known = next((group for group in groups if group.number and fold(group.number) in text), None)
    return known or (None if is_whole(sheet) else groups[-1])


def number_of(sheet: Sheet, codes: Sequence[Code]) -> str | None:
    """The invoice number that a page gives for sure: signed, or plainly labelled."""
    signed, _ = signed_code(codes)
    if signed and signed.facts and signed.verdict is not Verdict.FORGED:
        return signed.facts.number
    found = voted(list(number_candidates(sheet)))
    return found[0].value if found and found[0].score >= SURE_NUMBER else None


def is_whole(sheet: Sheet) -> bool:
    """Whether a page could be an invoice by itself: it prints a total."""
    return any(money.heads.get(Head.GRAND_TOTAL, 0.0) >= 0.5 for money in money_on(sheet))
