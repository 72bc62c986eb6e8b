"""The account to which the vendor asks to be paid."""

import re
from collections.abc import Iterator, Sequence

from extraction.fields.candidate import Candidate, voted
from extraction.labels import Vocabulary, labels, values_of
from extraction.layout import Cell, Sheet
from gst import ifsc

ACCOUNT_LABELS: Vocabulary = (
    ("Account No", 1.0), ("Account Number", 1.0), ("Account #", 1.0), ("A/c No", 1.0), ("A/c Number", 1.0),
    ("A/c #", 1.0), ("Acc No", 1.0), ("Acct No", 1.0), ("Acc. Number", 1.0), ("Account", 0.6), ("A/c", 0.5),
)  # fmt: skip
NUMBER = re.compile(r"(?<![\dA-Z])\d(?:[\s-]?\d){8,17}(?!\d)", re.IGNORECASE)
"""Banks in India number accounts with 9 to 18 digits."""
IFSC = re.compile(
    r"(?<![A-Z0-9])([A-Z]{4})\s?(?:0\s?([A-Z0-9]{6})|O\s?((?=[A-Z]*\d)[A-Z0-9]{6}))(?![A-Z0-9])",
    re.IGNORECASE,
)
"""The fifth character is a zero; where a letter was read, a digit behind it must tell a code from a word."""
BANK = re.compile(r"\bbank|\bifsc?\b|\brtgs|\bneft|\bbranch", re.IGNORECASE)
NOT_OURS = re.compile(r"customer|consumer|client|virtual|relationship|your", re.IGNORECASE)
REACH = 0.09
"""Fraction of the page's height within which account, bank and branch stand together."""
NAMED, UNNAMED = 1.0, 0.6
"""How sure a number is with its branch beside it, and with nothing but the word bank."""


def account_numbers(sheets: Sequence[Sheet]) -> list[Candidate[str]]:
    """Account numbers of banks, the likeliest first; a customer's number at a utility is none."""
    return voted([c for sheet in sheets for c in account_numbers_on(sheet)])


def account_numbers_on(sheet: Sheet) -> Iterator[Candidate[str]]:
    """Digits behind a label for an account, near a bank or its branch."""
    for label in labels(sheet, ACCOUNT_LABELS):
        context = bank_context(sheet, label.cell)
        if not context or NOT_OURS.search(label.before):
            continue
        for cell, where, likely in values_of(label, sheet):
            found = NUMBER.search(IFSC.sub(" ", cell.text))
            if found:
                digits = re.sub(r"\D", "", found[0])
                reason = f'stands {where} "{label.cell.text}"'
                yield Candidate(digits, label.score * likely * context, reason, cell)
                break


def bank_context(sheet: Sheet, cell: Cell) -> float:
    """How surely what stands around a cell is about a bank."""
    near = [other.text for other in sheet.cells if abs(other.middle - cell.middle) < REACH]
    if any(IFSC.search(text) for text in near):
        return NAMED
    return UNNAMED if any(BANK.search(text) for text in near) else 0.0


def branches(sheets: Sequence[Sheet], account: Cell | None) -> list[Candidate[str]]:
    """IFSCs on the pages, those near the account first."""
    found = [
        Candidate(code, nearness(cell, account), f'printed as the IFSC: "{cell.text}"', cell)
        for sheet in sheets
        for cell in sheet.cells
        for code in codes(cell.text)
    ]
    return voted(found)


def codes(text: str) -> Iterator[str]:
    """IFSCs in a text."""
    for match in IFSC.finditer(text):
        code = f"{match[1]}0{match[2] or match[3]}".upper()
        if ifsc.check(code) is None:
            yield code


def nearness(cell: Cell, account: Cell | None) -> float:
    """1 beside the account, less further away, half where no account was found."""
    if account is None:
        return 0.5
    if cell.page != account.page:
        return 0.3
    return max(0.4, 1.0 - abs(cell.middle - account.middle) / (2 * REACH))
