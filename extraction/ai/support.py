"""Where on the pages a model's value stands, letters and digits that OCR exchanges taken for equal."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from extraction.fields.names import alike
from extraction.labels import fold
from extraction.layout import Cell, Sheet
from extraction.numbers import Figure, dates, figures
from gst import gstin, states

DIGITS = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5"})
MORE_DIGITS = str.maketrans({"B": "8", "G": "6", "T": "7"})
"""Letters that OCR reads for digits."""
FIGURE = re.compile(r"[\dOQDILZSBGT|][\dOQDILZSBGT|.,]*", re.IGNORECASE)
MOST_MISREAD = 2
"""Characters of a GSTIN that may be misread where it stands; its check digit vouches for the rest."""
IRN_LENGTH, IRN_AGREEING = 64, 58
LEAST_BARE = 100
"""Rupees from which an amount without paise is told from a count or a rate."""
TEXTS_KEPT = 2**14
SHORTEST_PART = 4
"""Folded characters from which a text may stand inside a longer one; shorter ones stand alone."""


def amount_cell(value: Decimal, sheets: Sequence[Sheet]) -> Cell | None:
    """Where an amount is printed, whatever its sign and grouping."""
    for cell in cells(sheets):
        for figure in figures_of(cell.text):
            if abs(figure.value) == abs(value):
                return cell.part(figure.start, figure.end)
    wanted = digits(format(abs(value).quantize(Decimal("0.01")), "f"))
    return next((cell for cell in cells(sheets) if wanted in misread_figures(cell.text)), None)


def money_cell(value: Decimal, sheets: Sequence[Sheet]) -> Cell | None:
    """Where an amount of the foot is printed: with paise, or large; a lone small figure may be anything."""
    for cell in cells(sheets):
        for figure in figures_of(cell.text):
            if abs(figure.value) == abs(value) and (figure.looks_like_money or figure.value >= LEAST_BARE):
                return cell.part(figure.start, figure.end)
    return amount_cell(value, sheets) if abs(value) >= LEAST_BARE else None


@lru_cache(TEXTS_KEPT)
def figures_of(text: str) -> tuple[Figure, ...]:
    """The numbers of a text; kept, since each value of a long bill is looked for in every cell."""
    return tuple(figures(text))


@lru_cache(TEXTS_KEPT)
def misread_figures(text: str) -> frozenset[str]:
    """The figures of a text once letters are read as the digits they look like."""
    return frozenset(digits(match.group()) for match in FIGURE.finditer(text.replace(" ", "")))


def digits(printed: str) -> str:
    """Digits alone, without zeros that say nothing: ``1,2O0.00`` and ``1200`` are one."""
    plain = printed.upper().translate(DIGITS).translate(MORE_DIGITS)
    whole, point, fraction = plain.rpartition(".")
    if not point or len(fraction) > 2:
        whole, fraction = plain, ""
    rupees = re.sub(r"\D", "", whole).lstrip("0")
    return f"{rupees}.{fraction.rstrip('0')}" if fraction.rstrip("0") else rupees


def date_cell(value: dt.date, sheets: Sequence[Sheet]) -> Cell | None:
    """Where a date is printed, in any form."""
    for cell in cells(sheets):
        for day, start, end in dates(cell.text):
            if day == value:
                return cell.part(start, end)
    return None


def gstin_cell(value: str, sheets: Sequence[Sheet]) -> Cell | None:
    """Where fifteen characters stand that are this GSTIN, or may be it misread."""
    return min(places_of_gstin(value, sheets), key=lambda found: found[0], default=(0, None))[1]


def places_of_gstin(value: str, sheets: Sequence[Sheet]) -> Iterator[tuple[int, Cell]]:
    """Places that may be a GSTIN with the number of characters that differ."""
    for cell in cells(sheets):
        at = [place for place, char in enumerate(cell.text) if char.isascii() and char.isalnum()]
        compact = "".join(cell.text[place] for place in at).upper()
        for start in range(len(compact) - 14):
            read = compact[start : start + 15]
            differing = sum(map(str.__ne__, read, value))
            if differing <= MOST_MISREAD and (differing == 0 or not gstin.is_valid(read)):
                yield differing, cell.part(at[start], at[start + 14] + 1)


def text_cell(text: str, sheets: Sequence[Sheet]) -> Cell | None:
    """Where a text stands: in a cell, or over the cells of a line."""
    wanted = fold(text)
    if len(wanted) < SHORTEST_PART:
        return next((cell for cell in cells(sheets) if wanted in map(fold, cell.text.split())), None)
    for cell in cells(sheets):
        if wanted in fold(cell.text):
            return cell
    rows = (row for sheet in sheets for row in sheet.rows)
    return next((row.cells[0] for row in rows if wanted in fold(row.text)), None)


def name_cell(name: str, sheets: Sequence[Sheet]) -> Cell | None:
    """Where a name stands, legal forms and single misread letters aside."""
    return text_cell(name, sheets) or next((c for c in cells(sheets) if alike(c.text, name)), None)


def irn_cell(value: str, sheets: Sequence[Sheet]) -> Cell | None:
    """Where an IRN stands: 64 characters, of which a few may be misread, over one or two cells."""
    for sheet in sheets:
        for cell, following in zip(sheet.cells, (*sheet.cells[1:], None), strict=True):
            text = compact_hex(cell.text + (following.text if following else ""))
            for start in range(max(0, len(text) - IRN_LENGTH + 1)):
                if sum(map(str.__eq__, text[start : start + IRN_LENGTH], value)) >= IRN_AGREEING:
                    return cell
    return None


def compact_hex(text: str) -> str:
    """Letters and digits alone, small."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


def state_cell(code: str, sheets: Sequence[Sheet]) -> Cell | None:
    """Where a State is named."""
    found = ((cell, states.find(cell.text)) for cell in cells(sheets) if len(cell.text) < 60)
    return next((cell for cell, state in found if state and state.code == code), None)


def cells(sheets: Sequence[Sheet]) -> Iterator[Cell]:
    """All cells of the pages."""
    return (cell for sheet in sheets for cell in sheet.cells)
