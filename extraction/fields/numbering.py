"""The invoice's number."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extraction.fields.candidate import Candidate
from extraction.fields.header_labels import DATE_LABELS, LAST_LABELS, NUMBER_LABELS, of_another_paper
from extraction.fields.kind import kind_candidates
from extraction.labels import Label, is_heading, label_in, labels, prints_of, values_of
from extraction.layout import Cell, Sheet
from extraction.numbers import dates, figures
from gst.invoice import INVOICE_KINDS

IN_PLACE = "in place of a bill's number"
LEAST_NUMBER_SCORE = 0.33
TITLES = ("Tax Invoice", "Invoice")
"""Titles that a number may follow, but only in the same breath."""
LEAST_DIGITS = 3
MOST_NOISE = 3
OF_BILLS = 0.7
"""Score of a label from which it can be that of nothing but a bill's number."""
PAIRED = 1.5
"""How much surer ``No.`` is beside ``Dated``."""
LONELY = ("#", "Number", "No")
"""Labels that mean the invoice's number only where they stand alone, beside their value."""
NUMBER_CHARACTERS = re.compile(r"[A-Z0-9][A-Z0-9/\-]{0,15}", re.IGNORECASE)
CUT = re.compile(
    r"\s*(?:\bdt\b|\bdtd\b|\bdate\b|\bdated\b|\be-?way\b|\bpage\b|\bPO\b|\(|(?<=\d\s)\d{12}\b)", re.IGNORECASE
)
TAIL = re.compile(
    r"^(?:(?:seria[l1i]|numbe[rn]|n[o0ae]|ref|reference|sr|id)\b[\s.:;#\-]*)+(?=\S*\d)", re.IGNORECASE
)
"""The rest of a label, before a number, in which a letter was misread."""
NO_NUMBER = re.compile(
    r"^\d{2}[A-Z]{5}\d{4}[A-Z]\w{3}$|[@₹%]|^(?:num|seri)[a-z]*\d+$|^\d\d\s?-\s?[A-Z][A-Z ]{4,}$|\bno\s?[.:]",
    re.IGNORECASE,
)
"""GSTINs, amounts, labels with or without their value, and States with their code."""
DATED = re.compile(r"(?:(?:(?<=\d)|\W)(?:dtd?|dated)|\W(?:of|on|and))?\W*$", re.IGNORECASE)
"""What may stand between a number and its date."""
MOST_WORDS = 4
BROKEN, SERIAL = re.compile(r"\w[-\u2013/]\W*$"), re.compile(r"\W*\d{1,6}\W*")
DATED_NUMBER = re.compile(r"\W*[\w/-]*\d[\w/-]*\s*/\s*\d{1,2}[-./ ]\w{2,9}[-./ ]\d{2,4}\W*$")
"""A number with its date, ``7310004826 / 05.04.2026``: behind the word ``Invoice`` they are its own."""
NEXT_LABEL = re.compile(r"\s[A-Za-z][A-Za-z.]{1,14}\s?[:#]")
"""Where the next label of a cell begins: ``117 Table: 4``."""


def number_candidates(sheet: Sheet) -> Iterator[Candidate[str]]:
    """Texts that stand where an invoice number would."""
    for label in labels(sheet, NUMBER_LABELS):
        if of_another_paper(label) or not may_number(label):
            continue
        for cell, where, likely in values_of(without_noise(label), sheet):
            number = as_number(cell.text) or as_number(continued(cell, sheet))
            dated = label.word in TITLES and where == "beside" and bool(DATED_NUMBER.match(cell.text))
            if (
                number
                and not (label.word in LONELY and where == "below" and not dated_beside(label, sheet))
                and not (label.word in TITLES and where != "behind" and not dated)
            ):
                paired = PAIRED if dated or (label.word in LONELY and dated_beside(label, sheet)) else 1.0
                score = label.score * likely * shape_factor(number) * paired * (1.0 if label.opens else 0.85)
                yield Candidate(number, score, f'stands {where} "{label.cell.text}"', cell)


def continued(cell: Cell, sheet: Sheet) -> str:
    """A number that breaks off behind a stroke, with the serial under it; else nothing."""
    under = next(sheet.below(cell, 1.6), None)
    goes_on = BROKEN.search(cell.text) and under is not None and SERIAL.fullmatch(under.text)
    return f"{cell.text.strip()}{under.text.strip()}" if goes_on and under else ""


def without_noise(label: Label) -> Label:
    """The label without a few letters that were read into its end, as in ``Document No.bat``."""
    rest = label.rest.text if label.rest else ""
    noise = len(rest) <= MOST_NOISE and not re.search(r"\d", rest) and not is_heading(rest)
    return replace(label, rest=None) if noise else label


def last_numbers(sheets: Sequence[Sheet]) -> Iterator[Candidate[str]]:
    """Numbers of tickets, challans and letters, where no label speaks of the number of a bill."""
    found = (label for sheet in sheets for label in labels(sheet, NUMBER_LABELS))
    if any(label.score >= OF_BILLS and not of_another_paper(label) for label in found):
        return
    for sheet in sheets[:1]:
        for label in labels(sheet, LAST_LABELS):
            if not label.opens or ("Ref" in label.word and not opens_bill(label.cell, sheet)):
                continue
            for cell, where, likely in values_of(label, sheet):
                number = as_number(cell.text) if where != "below" else None
                if number and len(number) >= LEAST_DIGITS:
                    reason = f'{IN_PLACE}, stands {where} "{label.cell.text}"'
                    yield Candidate(number, label.score * likely, reason, cell)


def opens_bill(cell: Cell, sheet: Sheet) -> bool:
    """Whether a reference stands on a line with a date, as on letters, and the letter is titled as a bill."""
    row = next((row for row in sheet.rows if cell in row.cells), None)
    dated = row is not None and any(True for other in row.cells for _ in dates(other.text))
    return dated and any(title.value in INVOICE_KINDS for title in kind_candidates(sheet))


def as_most_print(number: str, sheets: Iterable[Sheet]) -> str:
    """The number with its look-alikes as they are printed most often and read best: SI-3808, not S1-3808."""
    said: Counter[str] = Counter()
    for print_of_it in (cell for sheet in sheets for cell in prints_of(number, sheet)):
        said[uncrossed(print_of_it.text)] += round(100 * print_of_it.confidence)
    best, votes = max(said.items(), key=lambda entry: entry[1], default=(number, 0))
    return best if votes > said[number] and len(best) == len(number) else number


def may_number(label: Label) -> bool:
    """Whether a label that says no more than ``No.`` stands alone and is not an answer (``No``)."""
    if label.word not in LONELY:
        return True
    return label.opens and (
        label.word != "No" or bool(re.match(r"\W*no\s?[.:]", label.cell.text, re.IGNORECASE))
    )


def dated_beside(label: Label, sheet: Sheet) -> bool:
    """Whether a label for a date stands right beside or below a label: the two are a pair."""
    around = (sheet.right_of(label.cell), sheet.left_of(label.cell), sheet.below(label.cell, 2.0))
    nearest = (next(cells, None) for cells in around)
    return any(cell is not None and label_in(cell, DATE_LABELS) is not None for cell in nearest)


def as_number(text: str) -> str | None:
    """The invoice number that a cell holds, or None when it cannot be one."""
    if BROKEN.search(text):
        return None  # the serial behind it is not there
    cut = CUT.search(text, 1) or NEXT_LABEL.search(text)
    text = (text[: cut.start()] if cut else text).strip(" :.,;|-_=*'\"`")
    found = next(dates(text), None)
    if found and found[2] - found[1] >= len(text) - 2:
        return None
    if found and found[1] > 3:
        text = DATED.sub("", text[: found[1]])
    text = uncrossed(TAIL.sub("", text))
    if not re.search(r"\d", text) or len(text) > 28 or len(text.split()) > MOST_WORDS or is_heading(text):
        return None
    if any(f.decimals == 2 and f.end - f.start == len(text) for f in figures(text)):
        return None
    if NO_NUMBER.search(text):
        return None
    return text


def uncrossed(text: str) -> str:
    """The number without misread letters: ``2O25-26`` is 2025-26; among capitals, ``KI/l64`` is KI/164."""
    text = re.sub(r"(?<=\d)[oO](?=\d)", "0", text)
    if re.search(r"[a-kmnp-z]", text) or not re.search(r"\d", text):
        return text
    text = re.sub(r"(?<=[A-Z])l(?!\d)", "I", text)  # "Sl-38" is SI-38
    text = re.sub(r"^[1l]NV", "INV", text)
    return text.replace("l", "1").replace("o", "0")


def shape_factor(number: str) -> float:
    """How much a text looks like a number under Rule 46(b): at most 16 letters, digits, ``-`` and ``/``."""
    if not NUMBER_CHARACTERS.fullmatch(number):
        return 0.8 if len(re.findall(r"[A-Za-z]{4,}", number)) <= 1 else 0.5
    if not re.search(r"\d{2}", number):
        return 0.7
    return 0.6 if len(number) >= 10 and number.isdigit() else 1.0
