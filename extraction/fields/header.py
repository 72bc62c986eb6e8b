"""The invoice's number and date."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from extraction.fields.candidate import Candidate
from extraction.fields.table import header_kinds, is_items
from extraction.labels import Label, Vocabulary, fold, is_heading, label_in, labels, prints_of, values_of
from extraction.layout import Cell, Sheet
from extraction.numbers import dates, figures

PAPERS = (
    ("Invoice", 1.0), ("Tax Invoice", 1.0), ("Inv", 1.0), ("Invo", 1.0),
    ("Credit Note", 1.0), ("Debit Note", 1.0), ("Bill", 0.95), ("Bil", 0.9), ("Cash Memo", 0.9),
    ("Memo", 0.8),
    ("Receipt", 0.8), ("Document", 0.75), ("Doc", 0.75), ("Voucher", 0.6), ("Txn", 0.6), ("Transaction", 0.5),
    ("Slip", 0.6), ("Folio", 0.5), ("Bill of Supply", 1.0), ("Vch", 0.6),
    ("Memo of Fees", 0.9), ("Fee Note", 0.9),
)  # fmt: skip
"""What vendors call the paper, with how surely its number is the invoice's."""
NUMBER_TAILS = (
    "{} No", "{} Number", "{} #", "{} Serial No", "{} Serial Number", "{} Sr No", "{} Ref No",
    "{} Reference No", "Serial Number of {}", "Serial No of {}", "Sr No of {}", "No of {}", "Number of {}",
)  # fmt: skip
SHORT_TAILS = ("Nr", "Ref", "Reference", "Code", "S No", "ID")
DATE_TAILS = (
    "{} Date",
    "{} Dt",
    "Date of {}",
    "Date of Issue of {}",
    "Date & Time of {}",
    "{} Issue Date",
    "Dt of {}",
)
NUMBER_LABELS: Vocabulary = (
    *((tail.format(paper), score) for paper, score in PAPERS for tail in NUMBER_TAILS),
    ("Tax Invoice", 0.35), ("Invoice", 0.42), ("#", 0.6), ("Number", 0.5), ("No", 0.5),
    *((f"{paper} {tail}", 0.8) for paper in ("Invoice", "Inv", "Bill") for tail in SHORT_TAILS),
    ("Invoice / Bill No", 1.0), ("Consecutive Serial No", 0.8), ("C.M. No", 0.7),
    ("Statement No", 0.5), ("Statement Number", 0.5),
    ("Note No", 0.8), ("Note Number", 0.8),
    ("GRN", 0.3), ("Ref No", 0.25), ("Reference No", 0.25),
)  # fmt: skip
LAST_LABELS: Vocabulary = (
    ("Ticket No", 0.5), ("Trans No", 0.45), ("Transaction No", 0.45), ("Transaction ID", 0.45), ("GRN", 0.5),
    ("Our Ref", 0.5), ("Our Ref No", 0.5), ("Ref", 0.45), ("Ref No", 0.45), ("Reference No", 0.45),
    ("Challan No", 0.5), ("Token No", 0.4), ("Serial No", 0.4), ("S No", 0.35),
)  # fmt: skip
"""What numbers a paper that nowhere speaks of the number of an invoice, a bill or a receipt."""
IN_PLACE = "in place of a bill's number"
LEAST_NUMBER_SCORE = 0.33
MISREAD_DATES = ("Oate", "Dale", "Dote", "Datc", "Dato", "Dafe", "Dute")
DATE_LABELS: Vocabulary = (
    *((tail.format(paper), score) for paper, score in PAPERS for tail in DATE_TAILS),
    ("Date of Issue", 0.8), ("Issue Date", 0.8), ("Issued On", 0.8), ("Billing Date", 0.8),
    ("Statement Date", 0.6), ("Dated", 0.6), ("Date", 0.55), ("Dt", 0.4), ("Date & Time", 0.5),
    *((misread, 0.45) for misread in MISREAD_DATES),
    ("Date & Time of Issue", 0.8), ("Date and Time of Issue", 0.8), ("Date and Time", 0.5), ("Dtd", 0.5),
    ("Date and Time of Issue of Invoice", 1.0), ("Posting Date", 0.4), ("Note Date", 0.8),
    ("Ack Date", 0.3), ("Ack Dt", 0.3), ("Date of Supply", 0.3), ("Date of Removal", 0.3),
    ("Date & Time of Removal", 0.3),
)  # fmt: skip
OTHER_PAPERS = (
    "eway", "way", "airway", "original", "proforma", "performa", "against", "order", "po", "wo", "challan",
    "dc", "lr", "gr", "ack", "acknowledgement", "due", "delivery", "note", "reference", "ref", "previous",
    "supplier", "vendor", "payment", "valid", "validity", "print", "contract", "agreement", "lorry",
    "docket", "dispatch", "cheque", "bank", "account", "phone", "mobile", "vehicle", "arrival",
    "departure", "checkin", "checkout", "from", "to", "rr", "awb", "license", "licence", "grn", "expiry",
    "mfg", "udyam", "period", "quotation", "indent", "requisition", "asn", "sign", "signed", "manual",
    "created", "generated", "amendment", "old", "adv", "advance", "pay", "paid", "by", "dispatched",
    "statement", "cust", "customer", "account", "shipping", "transport", "pnr", "ticket", "lot", "batch",
    "item", "page", "goods", "inward", "consignment", "advice",
)  # fmt: skip
UNDATED = frozenset({"way", "eway", "terms", "code", "name", "phone", "mobile", "vehicle", "gstin", "pan"})
"""Words of labels whose values have no date of their own."""
DIGITAL_SIGNATURE = re.compile(r"\b20\d\d\.\d\d\.\d\d\b")
"""The form in which PDF programs print the time of a signature."""
PIECE_GAP = 0.04
"""Fraction of the page's width between two pieces of one date."""
HEAD_ENDS = 0.4
SIGNATURES_BEGIN = 0.7
"""Fraction of the page from which a bare ``Date`` is that of a signature or a stamp."""
TITLES = ("Tax Invoice", "Invoice")
"""Titles that a number may follow, but only in the same breath."""
PLAIN_WORDS = frozenset(
    {"our", "invoice", "inv", "bill", "tax", "gst", "e", "no", "number", "and", "memo", "issue"}
)
OF_SOMETHING, OF_A_NUMBER = 0.5, 0.25
"""How much less a date counts behind words that nobody knows, and behind a number of something else."""
LEAST_DIGITS = 3
MOST_NOISE = 3
OF_BILLS = 0.7
"""Score of a label from which it can be that of nothing but a bill's number."""
SURE_PAPER = 0.6
"""Score of a number's label from which a bare ``Date`` beside it is the invoice's."""
PAIRED = 1.5
"""How much surer ``No.`` is beside ``Dated``."""
LONELY = ("#", "Number", "No")
"""Labels that mean the invoice's number only where they stand alone, beside their value."""
BARE = frozenset(map(fold, ("Dated", "Date", "Dt", "Dtd", *MISREAD_DATES)))
NUMBER_CHARACTERS = re.compile(r"[A-Z0-9][A-Z0-9/\-]{0,15}", re.IGNORECASE)
CUT = re.compile(r"\s*(?:\bdt\b|\bdtd\b|\bdate\b|\bdated\b|\be-?way\b|\bpage\b|\bPO\b|\()", re.IGNORECASE)
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
BOTH = re.compile(r"(?:/|&|\bcum|\bor)\s*$", re.IGNORECASE)
OWN_NUMBER = re.compile(r"\b(?:no|number|ref)\b\W*$", re.IGNORECASE)
NEXT_LABEL = re.compile(r"\s[A-Za-z][A-Za-z.]{1,14}\s?[:#]")
"""Where the next label of a cell begins: ``117 Table: 4``."""
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


def number_candidates(sheet: Sheet) -> Iterator[Candidate[str]]:
    """Texts that stand where an invoice number would."""
    for label in labels(sheet, NUMBER_LABELS):
        if of_another_paper(label) or not may_number(label):
            continue
        for cell, where, likely in values_of(without_noise(label), sheet):
            number = as_number(cell.text)
            if (
                number
                and not (label.word in LONELY and where == "below" and not dated_beside(label, sheet))
                and not (label.word in TITLES and where != "behind")
            ):
                paired = PAIRED if label.word in LONELY and dated_beside(label, sheet) else 1.0
                score = label.score * likely * shape_factor(number) * paired * (1.0 if label.opens else 0.85)
                yield Candidate(number, score, f'stands {where} "{label.cell.text}"', cell)


def dated_with(number: Candidate[str], days: Iterable[Candidate[dt.date]]) -> Iterator[Candidate[dt.date]]:
    """The dates on the line of the number of another paper, once that numbers this one."""
    for day in days:
        if day.cell and number.cell and abs(day.cell.middle - number.cell.middle) < number.cell.height:
            yield replace(day, score=SURE_PAPER, reason=f"{day.reason}, beside the number")


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
            if not label.opens or ("Ref" in label.word and not is_dated(label.cell, sheet)):
                continue
            for cell, where, likely in values_of(label, sheet):
                number = as_number(cell.text) if where != "below" else None
                if number and len(number) >= LEAST_DIGITS:
                    reason = f'{IN_PLACE}, stands {where} "{label.cell.text}"'
                    yield Candidate(number, label.score * likely, reason, cell)


def is_dated(cell: Cell, sheet: Sheet) -> bool:
    """Whether a date stands on a cell's line, as on a letter that opens with its reference and its day."""
    row = next((row for row in sheet.rows if cell in row.cells), None)
    return row is not None and any(True for other in row.cells for _ in dates(other.text))


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


def of_another_paper(label: Label) -> bool:
    """Whether the words before the label name another paper, such as ``e-Way Bill No``."""
    if BOTH.search(label.before) and not OWN_NUMBER.search(label.before):
        return False  # "Challan / Invoice No" numbers both, "Order No. / Date" is of the order
    words = re.findall(r"[a-z]+", label.before.lower().replace(".", ""))
    return any(word in OTHER_PAPERS for word in words[-3:])


def as_number(text: str) -> str | None:
    """The invoice number that a cell holds, or None when it cannot be one."""
    if re.search(r"\w[-\u2013/]\W*$", text):
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
    """The number without misread letters: ``2O25-26`` is 2025-26; among capitals, ``KI/l64`` is UI/164."""
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


def names_number(cell: Cell) -> bool:
    """Whether a cell holds the label of the invoice's own number."""
    label = label_in(cell, NUMBER_LABELS)
    return label is not None and label.score >= SURE_PAPER and not of_another_paper(label)


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
