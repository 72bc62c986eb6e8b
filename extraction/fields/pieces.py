"""Numbers on the lines of a table, and which column each of them stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.fields.columns import HEADS, MONEY_KINDS, Column, Kind
from extraction.layout import Cell, Row
from extraction.numbers import ungroup


@dataclass(frozen=True, slots=True)
class Piece:
    """A number or a code on a line of the table, as it stands there."""

    cell: Cell
    percent: bool
    minus: bool = False  # a sign stands at it, which may be a speck as well

    @property
    def text(self) -> str:
        """As printed."""
        return self.cell.text

    @property
    def value(self) -> Decimal | None:
        """The number without its sign; None for what is none, such as a code in groups."""
        printed = re.sub(r"\s(?=\.)", "", self.text.strip("()-"))
        return ungroup(printed) if re.fullmatch(r"[\d.,]*\d", printed) else None


NUMBERISH = re.compile(
    r"(?<![A-Za-z\d])(?:\d{4}[. ]\d{2}[. ]\d{2}(?!\d)|(?:\(?-)?\d[\d.,]*(?:\s?\.\d+)?)",
)  # an HSN may be printed in groups
MINUS = re.compile(r"^\W*-\s*(?:Rs\.?|INR|₹)?\s*$|\(\s*-?\s*\)?\s*$")
MINUS_BEHIND = re.compile(r"^\s?(?:-|\))\s*$")
BROKEN = re.compile(r"[A-WYZa-wyz]\d")
"""Behind digits of a number in which another was read as a letter."""
SAME_CELL = 0.03
"""Fraction of the page's width within which a sign in the next cell belongs to a number."""


def pieces(row: Row) -> list[Piece]:
    """Numbers of a line from left to right."""
    found = []
    for place, cell in enumerate(row.cells):
        for match in NUMBERISH.finditer(cell.text):
            text = match.group().rstrip(".,")
            end = match.start() + len(text)
            before, after = cell.text[: match.start()], cell.text[end:]
            if BROKEN.match(after):
                continue
            beside = row.cells[place + 1 : place + 2] if not after.strip() else ()
            sign = "".join(c.text for c in beside if c.left - cell.right < SAME_CELL)
            percent = bool(re.match(r"\s?%", after or sign))
            minus = text.startswith(("-", "(-")) or bool(MINUS.search(before) or MINUS_BEHIND.match(after))
            found.append(Piece(cell.part(match.start(), end), percent, minus))
    return found


IMPOSSIBLE = 9.0
SKIP = 0.13
FARTHEST = 0.12


def assign(found: Sequence[Piece], columns: Sequence[Column]) -> dict[int, int]:
    """Which piece (by index) stands in which column: the cheapest matching that keeps the order."""
    numeric = [i for i, c in enumerate(columns) if c.kind not in (Kind.DESCRIPTION, Kind.UNIT)]
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [[(0.0, ())] * (len(numeric) + 1)]
    for p, piece in enumerate(found):
        line = [(best[p][0][0] + SKIP, best[p][0][1])]
        for n, c in enumerate(numeric):
            fit = cost(piece, columns[c])
            options = [line[n], (best[p][n + 1][0] + SKIP, best[p][n + 1][1])]
            if fit < IMPOSSIBLE:
                before = best[p][n]
                options.append((before[0] + fit, (*before[1], (p, c))))
            line.append(min(options, key=lambda o: o[0]))
        best.append(line)
    return dict(best[-1][-1][1])


def cost(piece: Piece, column: Column) -> float:
    """How badly a piece fits a column, from 0; 9 when it cannot stand there."""
    cell = piece.cell
    gap = max(0.0, column.left - cell.right, cell.left - column.right)
    if gap > FARTHEST:
        return IMPOSSIBLE
    return gap + 0.3 * abs(cell.centre - column.centre) + unlikely(piece, column.kind)


def unlikely(piece: Piece, kind: Kind) -> float:
    """How badly the print of a number fits what a column holds."""
    digits = re.sub(r"\D", "", piece.text)
    paise = bool(re.search(r"[.,]\d{2}$", piece.text))
    is_rate = kind in (Kind.TAX_RATE, Kind.DISCOUNT, *HEADS.values())
    if kind is Kind.HSN:
        return 0.0 if re.fullmatch(r"\d{4}(?:[. ]?\d{2}){0,2}|\d{4,8}", piece.text) else IMPOSSIBLE
    if kind is Kind.SERIAL:
        return 0.0 if len(digits) <= 3 and not paise and not piece.percent else IMPOSSIBLE
    if piece.percent:
        return 0.0 if is_rate else IMPOSSIBLE
    if kind in (Kind.CGST_RATE, Kind.SGST_RATE, Kind.IGST_RATE, Kind.TAX_RATE):
        return 0.02 if len(digits.lstrip("0")) <= 4 else IMPOSSIBLE
    if kind in (*MONEY_KINDS, *HEADS):
        return 0.0 if paise else 0.04
    return 0.05 if re.fullmatch(r"\d{6,8}", piece.text) else 0.0
