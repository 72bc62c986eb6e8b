"""The invoice's date."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from extraction.fields.candidate import Candidate
from extraction.fields.header_labels import (
    DATE_LABELS,
    MISREAD_DATES,
    OTHER_PAPERS,
    SURE_PAPER,
    names_number,
    of_another_paper,
)
from extraction.fields.table import header_kinds, is_items
from extraction.labels import Label, Vocabulary, fold, is_heading, label_in, labels, values_of
from extraction.layout import Cell, Sheet
from extraction.numbers import dates, figures

UNDATED = frozenset({"way", "eway", "terms", "code", "name", "phone", "mobile", "vehicle", "gstin", "pan"})
"""Words of labels whose values have no date of their own."""
DIGITAL_SIGNATURE = re.compile(r"\b20\d\d\.\d\d\.\d\d\b")
"""The form in which PDF programs print the time of a signature."""
PIECE_GAP = 0.04
"""Fraction of the page's width between two pieces of one date."""
HEAD_ENDS = 0.4
SIGNATURES_BEGIN = 0.7
"""Fraction of the page from which a bare ``Date`` is that of a signature or a stamp."""
PLAIN_WORDS = frozenset(
    {"our", "invoice", "inv", "bill", "tax", "gst", "e", "no", "number", "and", "memo", "issue"}
)
OF_SOMETHING, OF_A_NUMBER = 0.5, 0.25
"""How much less a date counts behind words that nobody knows, and behind a number of something else."""
BARE = frozenset(map(fold, ("Dated", "Date", "Dt", "Dtd", *MISREAD_DATES)))
TIME = re.compile(r"\W*\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[AP]\.?M\.?|hrs\.?)?\W*$", re.IGNORECASE)
TOWN = re.compile(r"^\W*(?:place\W+)?[A-Z][A-Za-z ]{2,24},\s*(?=\d)")
"""``Pune, 5 April 2026``: where a letter was written."""
ANSWERED = re.compile(r"[:\-]\s*\w*\d")
"""A label with its value behind it, which owns nothing beside it."""
LEAVING: Vocabulary = (
    ("Departure", 1.0),
    ("Departure Date", 1.0),
    ("Check Out", 1.0),
    ("Check-out Date", 1.0),
)


def dated_with(number: Candidate[str], days: Iterable[Candidate[dt.date]]) -> Iterator[Candidate[dt.date]]:
    """The dates on the line of the number of another paper, once that numbers this one."""
    for day in days:
        if day.cell and number.cell and abs(day.cell.middle - number.cell.middle) < number.cell.height:
            yield replace(day, score=SURE_PAPER, reason=f"{day.reason}, beside the number")


def date_candidates(sheet: Sheet) -> Iterator[Candidate[dt.date]]:
    """Dates that stand where the invoice's date would."""
    for label in labels(sheet, DATE_LABELS):
        factor = date_factor(label, sheet)
        for cell, where, likely in values_of(label, sheet):
            if DIGITAL_SIGNATURE.search(cell.text) or (where == "below" and heads_column(cell, sheet)):
                continue
            for day, _, _ in list(dates(cell.text) if where == "below" else dates_from(cell, sheet))[:1]:
                yield Candidate(
                    day, label.score * factor * likely, f'stands {where} "{label.cell.text}"', cell
                )


def dates_from(cell: Cell, sheet: Sheet) -> Iterator[tuple[dt.date, int, int]]:
    """The dates of a cell, or the one that goes on in the cell beside it: ``27th March,`` and ``2026``."""
    found = list(dates(cell.text))
    beside = None if found else next(sheet.right_of(cell), None)
    if beside is not None and beside.left - cell.right < PIECE_GAP:
        found = list(dates(f"{cell.text} {beside.text}"))
    yield from found


def heads_column(cell: Cell, sheet: Sheet) -> bool:
    """Whether another date stands right below a date: the label heads a column of a table."""
    under = next(sheet.below(cell, 1.5), None)
    return under is not None and any(dates(under.text))


def date_factor(label: Label, sheet: Sheet) -> float:
    """Whose date it is: a bare ``Dated`` belongs to the label beside it or above it."""
    if of_another_paper(label) and not fold(label.word).startswith("ACK"):
        return 0.15
    if fold(label.word) not in BARE:
        return 1.0
    if label.before and names_number(replace(label.cell, text=label.before, centres=())):
        return 1.5  # "Invoice No. & Date"
    if label.cell.middle > SIGNATURES_BEGIN or heads_table(label, sheet):
        return 0.3
    if not is_plain(label):
        return OF_A_NUMBER if re.search(r"\d", label.before) else OF_SOMETHING
    over = next((c for c in sheet.above(label.cell, 4.0) if is_heading(c.text) or names_number(c)), None)
    if over is not None and label_in(over, DATE_LABELS) is not None:
        over = None  # "Challan Date" has a date of its own
    verdicts = [
        owner_factor(cell) for cell in [*islice(sheet.left_of(label.cell), 2), *([over] if over else [])]
    ]
    return next((verdict for verdict in verdicts if verdict is not None), 1.0)


def is_plain(label: Label) -> bool:
    """Whether nothing before a bare ``Date`` makes it the date of something unknown, such as ``DMR Date``."""
    return all(word in PLAIN_WORDS for word in re.findall(r"[a-z]+", label.before.lower()))


def heads_table(label: Label, sheet: Sheet) -> bool:
    """Whether a label names a column among others."""
    return any(label.cell in row.cells and is_items(header_kinds(row)) for row in sheet.rows)


def owner_factor(owner: Cell) -> float | None:
    """1.5 beside the invoice number, 0.2 beside another paper's number, None when the cell says nothing.

    An e-way bill's number stands between number and date on many forms, and terms or codes have no date.
    """
    if names_number(owner):
        return 1.5
    words = re.findall(r"[a-z]+", owner.text.lower())
    if not UNDATED.isdisjoint(words):
        return None
    if is_heading(owner.text) and any(word in OTHER_PAPERS for word in words):
        return 0.2
    return None


def bare_dates(sheet: Sheet) -> Iterator[Candidate[dt.date]]:
    """Dates that stand for themselves in the head of the page: no label owns them, and no line of a table."""
    for row in sheet.rows:
        if row.top > HEAD_ENDS or any(f.looks_like_money for cell in row.cells for f in figures(cell.text)):
            continue
        for cell in row.cells:
            day = lone_day(cell.text)
            if day and not is_owned(cell, sheet):
                yield Candidate(day, 0.25, "the only date in the head of the page", cell)


def lone_day(text: str) -> dt.date | None:
    """The date that a text is, but for the hour behind it and the town before it."""
    found = next(dates(text), None)
    if found is None:
        return None
    day, start, end = found
    before, after = text[:start], TIME.sub("", text[end:])
    town = TOWN.match(text)
    named = town is not None and town.end() == start
    return day if (named or not before.strip(" :-.(")) and not after.strip(" :-.)") else None


def days_of_leaving(sheet: Sheet) -> Iterator[Candidate[dt.date]]:
    """On a hotel's bill, the day on which the guest left, where it stands once more in the head by itself."""
    left = {
        day
        for label in labels(sheet, LEAVING)
        for cell, _, _ in values_of(label, sheet)
        for day, _, _ in dates(cell.text)
    }
    for cell in sheet.cells:
        day = lone_day(cell.text) if left and cell.middle < HEAD_ENDS else None
        if day in left and day is not None:
            yield Candidate(day, 0.3, "stands by itself, and is the day of departure", cell)


def is_owned(cell: Cell, sheet: Sheet) -> bool:
    """Whether a label stands right before a value or above it."""
    beside, over = next(sheet.left_of(cell), None), next(sheet.above(cell, 1.5), None)
    under = next(sheet.below(cell, 1.0), None)
    dates_it = under is not None and label_in(under, DATE_LABELS) is not None
    names = (other.text for other in (beside, over) if other is not None)
    return dates_it or any(is_heading(name) and not ANSWERED.search(name) for name in names)


def date_beside_number(sheet: Sheet, number: str) -> Iterator[Candidate[dt.date]]:
    """Dates right behind the invoice number itself, as in ``SB/25-26/7 dt. 20-Aug-25``."""
    wanted = fold(number)
    for cell in sheet.cells:
        if len(wanted) >= 3 and wanted in fold(cell.text):
            for day, _, _ in dates(re.sub(re.escape(number), " ", cell.text, flags=re.IGNORECASE)):
                yield Candidate(day, 0.9, f'printed with the number: "{cell.text}"', cell)
