"""Numbers and dates as Indian invoices print them, and as OCR hands them over.

Grouping is by lakh or by thousand, a decimal comma is a misread point, signs stand before or behind.
Everything here takes text and gives exact values; nothing knows where on a page the text stood.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

CURRENCY = re.compile(r"(?:\b(?:rs|inr|rupees)|₹)\W{0,3}(?=\d)", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\dA-Z_])(?<!\d[.,])\d+(?:[.,]\s?\d+)*(?![A-Za-z0-9]|[.,]\d)")
MINUS_BEFORE = re.compile(r"(?:\(\s*-?\s*\)?|-|\u2013|\u2014)\s*(?:Rs\.?|INR|₹)?\s*$")
MINUS_AFTER = re.compile(r"^\s?-(?![\w/])")
DIGITS = str.maketrans("OoCDQIlSBZ", "0000011582")
WITH_LETTERS = re.compile(
    r"(?<![A-Za-z0-9.,])\d[\d,]*(?:[OoCDQIlSBZ]{1,2}[\d,]*\.\d\d|[.,](?:\d[Oo]|[Oo]\d|[Oo]{2}))(?![A-Za-z0-9])"
)
"""``50,00C.00``, ``450.0O``: an amount in which a digit or two were read as letters."""
TWO_AMOUNTS = re.compile(r"(\d[\d,]*\.\d\d)(\d{1,3}(?:,\d{2,3})*,\d{3}\.\d\d)")
"""``74.503,531.00``: the cells of two columns without a gap."""
LOST_POINT = re.compile(r"^\d{1,3}(?:,\d{2,3})*,\d{5}$")
"""``1,41775``: a group of three with its paise, and no point between them."""
MOST_DIGITS = 12
"""Before the point; what has more is no amount or quantity, and products of two stay exact."""
PERCENT_AFTER = re.compile(r"^\s*[%°]")
MONTHS_A_YEAR = 12
EARLIEST_YEAR, LATEST_YEAR = 2000, 2079

DIGITS_FOR_LETTERS = str.maketrans("01568", "OLSGB")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_HOUR = r"(?=\d\d?:\d\d)"
"""What may stand behind the four digits of a year without a blank: ``05/04/202610:22``."""
NUMERIC_DATE = re.compile(
    rf"(?<!\d)(?<!\d\.)(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}{_HOUR}|(?:\d{{4}}|\d{{2}}(?![A-SU-Z.]\d))(?![\d/]))"
)
"""Not ``07.08.20.5``: a digit of the year was lost."""
FADED_DATE = re.compile(r"(?<!\d)(\d{1,2})(?:[-/.]\s?(\d{1,2})\s|\s(\d{1,2})\s?[-/.])(20\d\d)(?![\d/.])")
"""``19-10 2024``: a separator was lost."""
ISO_DATE = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
NAMED_DATE = re.compile(
    r"(\d{1,2})(?:\s?(?:ST|ND|RD|TH))?[\s\-/.,]*([A-Z]{3,9}|[A-Z05][A-Z01568]{2})"
    rf"[\s\-/.,']*(\d{{4}}{_HOUR}|(?:\d{{4}}|\d{{2}})(?!\d))"
)
LETTERS_FOR_DIGITS = str.maketrans("OQDILZBS|", "000112851")
_TWO = r"(?:\d{1,2}|\d[OQDILZB|]|[OQDILZB|]\d)"
MISREAD_DATE = re.compile(
    rf"(?<![A-Z0-9|])({_TWO}\s?[-/.\s]\s?)(?:({_TWO})|[A-Z]\w{{2,8}})(\s?[-/.\s,]\s?(?:[2Z][0OQD](?:\dS|{_TWO})|{_TWO}))(?![A-Z0-9|])"
)
"""``16-12-20Z4``, ``1O/04/2025``: a date in which no more than one digit of a group was read as a letter."""
STROKE_DATE = re.compile(
    r"(?<!\d)(\d{2})(?:[/.-](\d{2})[17l|I]|[17l|I](\d{2})[/.-])(20\d{2})(?!\d)", re.IGNORECASE
)
"""A date with one of its strokes read as a one or a seven."""
MONTH_FIRST_DATE = re.compile(r"([A-Z]{3,9})[\s.]*(\d{1,2})(?:ST|ND|RD|TH)?\s?[,\s]\s*(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number inside a text: its value, where it stands and how it was printed."""

    value: Decimal
    start: int
    end: int
    decimals: int
    percent: bool

    @property
    def looks_like_money(self) -> bool:
        """Whether it is printed with paise, as nearly all amounts are."""
        return self.decimals == 2 and not self.percent


def figures(text: str) -> Iterator[Figure]:
    """Every number in a text, from left to right; dates, codes and ragged groups are left out."""
    text = CURRENCY.sub(lambda sign: " " * len(sign[0]), text)
    text = WITH_LETTERS.sub(lambda amount: amount[0].translate(DIGITS), text)
    for start, end in places_of_numbers(text):
        printed = text[start:end].replace(" ", "")
        value = ungroup(printed)
        before, after = text[:start], text[end:]
        glued = before[-1:].islower() and not re.search(r"\d[.,]\d\d$", printed)
        if value is None or glued:
            continue
        if re.search(r"\d[-/]$", before) or re.match(r"[-/]\d", after):
            continue
        dash = MINUS_BEFORE.search(before) and not re.search(r"\w\s?-\s*$", before)
        if dash or MINUS_AFTER.match(after):
            value = -value
        point = re.search(r"[.,](\d{1,2})$", printed)
        exact = re.search(r"\.(\d+)$", printed)
        decimals = len(exact.group(1)) if exact else len(point.group(1)) if point else 0
        decimals = 2 if LOST_POINT.search(printed) else decimals
        yield Figure(value, start, end, decimals, bool(PERCENT_AFTER.match(after)))


def places_of_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where each number begins and ends; two amounts that were read as one are two."""
    for match in NUMBER.finditer(text):
        two = TWO_AMOUNTS.fullmatch(match.group())
        if two:
            cut = match.start() + two.end(1)
            yield match.start(), cut
            yield cut, match.end()
        else:
            yield match.span()


def amount(text: str) -> Decimal | None:
    """The one number of a text, such as ``Rs. 1,664.00 /-``; None when there is none or more than one."""
    found = list(figures(text))
    return found[0].value if len(found) == 1 else None


def ungroup(printed: str) -> Decimal | None:
    """Digits with separators as a number: ``1,52,418.00``, ``1.593.80`` (a misread comma), ``450,00``."""
    groups = re.split(r"[.,]", printed)
    separators = re.findall(r"[.,]", printed)
    if not separators:
        return Decimal(printed) if len(printed) <= MOST_DIGITS else None
    last = groups[-1]
    if separators[-1] == "," and len(last) == 3:
        whole, fraction = groups, ""
    elif LOST_POINT.search(printed):
        whole, fraction = [*groups[:-1], last[:3]], last[3:]
    elif separators[-1] == "," and len(last) != 2:
        return None
    else:
        whole, fraction = groups[:-1], last
    if len(fraction) > 5 or len("".join(whole)) > MOST_DIGITS or not grouped_well(whole):
        return None
    return Decimal("".join(whole) + (f".{fraction}" if fraction else ""))


def grouped_well(groups: list[str]) -> bool:
    """Whether the whole part ends in a group of at least three; a lost separator in front is forgiven."""
    if len(groups) == 1:
        return True
    return (
        len(groups[-1]) >= 3 and all(2 <= len(group) <= 3 for group in groups[1:-1]) and len(groups[0]) <= 3
    )


def one_digit_off(read: Decimal, meant: Decimal) -> bool:
    """Whether a number may be another with one digit exchanged, lost or too many."""
    a, b = (str(value.normalize()).replace(".", "") for value in (read, meant))
    if len(a) == len(b):
        return sum(map(str.__ne__, a, b)) <= 1
    return abs(len(a) - len(b)) == 1 and (a in b or b in a)


def dates(text: str) -> Iterator[tuple[dt.date, int, int]]:
    """Every date in a text with its place; day before month, as India writes it, unless there is no such."""
    upper = text.upper()
    if len(upper) != len(text):  # as with ß: the places must fit the text
        upper = "".join(letter.upper()[0] for letter in text)
    upper = MISREAD_DATE.sub(digits_of_date, upper)
    for match in ISO_DATE.finditer(upper):
        yield from dated(match, match[1], match[3], match[4])
    for match in NUMERIC_DATE.finditer(upper):
        month_first = int(match[3]) > MONTHS_A_YEAR >= int(match[1])
        day, month = (match[3], match[1]) if month_first else (match[1], match[3])
        yield from dated(match, match[4], month, day)
    for match in (*STROKE_DATE.finditer(upper), *FADED_DATE.finditer(upper)):
        yield from dated(match, match[4], match[2] or match[3], match[1])
    for match in NAMED_DATE.finditer(upper):
        yield from dated(match, match[3], month_number(match[2]), match[1])
    for match in MONTH_FIRST_DATE.finditer(upper):
        yield from dated(match, match[3], month_number(match[1]), match[2])


def digits_of_date(match: re.Match[str]) -> str:
    """The text of a misread date with digits for letters, but for the name of its month."""
    begin, end = match.start(3) - match.start(), match.end(1) - match.start()
    text = match[0]
    month = text[end:begin]
    if match[2]:
        month = month.translate(LETTERS_FOR_DIGITS)
    return text[:end].translate(LETTERS_FOR_DIGITS) + month + text[begin:].translate(LETTERS_FOR_DIGITS)


def dated(match: re.Match[str], year: str, month: str, day: str) -> Iterator[tuple[dt.date, int, int]]:
    """The date of a match, if the calendar has it."""
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    if not EARLIEST_YEAR <= full_year <= LATEST_YEAR:
        return
    try:
        yield dt.date(full_year, int(month), int(day)), match.start(), match.end()
    except ValueError:
        return


def month_number(name: str) -> str:
    """``SEPT`` to ``9``, also ``SCP`` with one letter misread; ``0`` (no month) for other words."""
    if name.isdigit():
        return "0"
    stem = name[:3].translate(DIGITS_FOR_LETTERS)
    if stem in MONTHS:
        return str(MONTHS.index(stem) + 1)
    near = [place for place, month in enumerate(MONTHS, 1) if sum(map(str.__ne__, stem, month)) == 1]
    return str(near[0]) if len(near) == 1 and len(name) <= 4 else "0"
