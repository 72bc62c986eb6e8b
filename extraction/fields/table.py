"""The table of items: its header, its columns, and which figure of a line belongs to which column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from extraction.layout import Cell, Row, Sheet


class Kind(StrEnum):
    """What a column holds."""

    SERIAL = "serial"
    DESCRIPTION = "description"
    HSN = "hsn"
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price"
    DISCOUNT = "discount"
    TAXABLE = "taxable"
    AMOUNT = "amount"
    TOTAL = "total"
    TAX_RATE = "tax_rate"
    CGST_RATE = "cgst_rate"
    SGST_RATE = "sgst_rate"
    IGST_RATE = "igst_rate"
    CGST = "cgst"
    SGST = "sgst"
    IGST = "igst"
    OTHER = "other"


WORDS: tuple[tuple[Kind, str], ...] = (
    (Kind.CGST_RATE, r"cgst\W*(?:rate|%|tax\s?%)|central\s*tax\W*(?:rate|%)"),
    (Kind.SGST_RATE, r"(?:sgst|utgst|sgst\W*utgst)\W*(?:rate|%|tax\s?%)|state\s*tax\W*(?:rate|%)"),
    (Kind.IGST_RATE, r"igst\W*(?:rate|%|tax\s?%)|integrated\s*tax\W*(?:rate|%)"),
    (Kind.CGST, r"cgst(?:\W*(?:amount|amt|value|rs|tax))*|central\s*tax"),
    (Kind.SGST, r"(?:sgst\W*utgst|sgst|utgst)(?:\W*(?:amount|amt|value|rs|tax))*|state\s*tax"),
    (Kind.IGST, r"igst(?:\W*(?:amount|amt|value|rs|tax))*|integrated\s*tax"),
    (Kind.HSN, r"hsn(?:\W*(?:/|or|&)?\W*s?ac[cs]?)?(?:\W*code)?|\bsac\b(?:\W*code)?|hsn\W*acs"),
    (Kind.OTHER, r"m\.?r\.?p|batch|exp\.?\b|mfg|cess|tax\s*am(?:oun)?t|total\s*tax|gst\s*am(?:oun)?t|pack(?:ing|s)?\b|weight|item\s*code|part\s*no|material\s*code|scheme|cases?\b"),
    (Kind.TAX_RATE, r"(?:gst|tax)\W*(?:rate|%|per|percent\w*)|rate\s*of\s*(?:gst|tax)|\bgst\b|\btax\b"),
    (Kind.TAXABLE, r"taxable(?:\W*(?:value|val|amount|amt))?|ass(?:essable|\.)\W*(?:value|val|amt|amount)|net\s*(?:amount|amt|value)|value\s*of\s*supply|basic(?:\s*(?:amount|amt|value))?"),
    (Kind.SERIAL, r"\b(?:s[lrni1]?|si)\W{0,2}n[o0]\b\.?|^\W*(?:sl|si|sr|sn|no|s|#)\W*$|^\W*no\.?\W*$|serial\s*no|line\s*no"),
    (Kind.QUANTITY, r"(?:bill(?:ed)?|total|inv|net|actual|desp|disp)?\W{0,2}(?:qty|qt|q[il1]y|aty|oty|quantity|quant)\b\W{0,2}(?:\(.{1,8}\))?|no\s*of\s*(?:units|days|nos|pcs)"),
    (Kind.PRICE, r"(?:unit|basic|base|item|net|sale|selling|gross)\W*(?:rate|price|cost)|rate\s*(?:per|/)\W*\w+|price\s*(?:per|/)\W*\w+|\brate\b|\bprice\b|unit\s*value"),
    (Kind.UNIT, r"\bu\.?o\.?m\b|\bunits?\b|\bper\b|\blicm\b|\bliom\b"),
    (Kind.DISCOUNT, r"\bdis[ce]\b\.?(?:\W*(?:%|amt|amount|rs))*|discount(?:\W*(?:%|amt|amount|rs))*"),
    (Kind.TOTAL, r"total\W*(?:amount|amt|value|price|rs|inr)?|amount\W*incl\w*|gross\W*(?:amount|amt|value)"),
    (Kind.AMOUNT, r"amount|amt\b\.?|\bvalue\b|freight(?:\W*(?:amount|amt|charges?))?"),
    (Kind.DESCRIPTION, r"(?:description|particulars?|name)\W*(?:of)?\W*(?:the)?\W*(?:goods|services?|product|item|material|work)*(?:\W*(?:and|&|/)\W*(?:services?|goods))?|item\W*(?:name|description|details)?|product(?:\W*name)?|goods|services?\s*description|\bdetails\b|materials?\b|destination|consignee|vehicle(?:\W*no)?|l\.?r\.?\W*no"),
)  # fmt: skip
PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in WORDS)
HEADS = {Kind.CGST: Kind.CGST_RATE, Kind.SGST: Kind.SGST_RATE, Kind.IGST: Kind.IGST_RATE}
MONEY_KINDS = frozenset({Kind.AMOUNT, Kind.TAXABLE, Kind.TOTAL})
LEAST_KINDS = 3
BAND = 4.5
"""Heights of the header's main line within which its other lines stand."""
HEAD_REACH = 0.09
"""Fraction of the page's width within which ``Rate`` and ``Amount`` belong to the tax head over them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds and where its header stands."""

    kind: Kind
    left: float
    right: float

    @property
    def centre(self) -> float:
        """Distance of the header's centre from the left edge."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Table:
    """A header with its columns from left to right, and the lines under it."""

    columns: tuple[Column, ...]
    body: tuple[Row, ...]

    def has(self, kind: Kind) -> bool:
        """Whether there is such a column."""
        return any(column.kind is kind for column in self.columns)


def tables(sheet: Sheet) -> Iterator[Table]:
    """The tables of items on a page: lines under a header that names what is billed and for how much."""
    start = 0
    while (found := next_header(sheet.rows, start)) is not None:
        first, last = found
        columns = columns_of(sheet.rows[first : last + 1])
        after = next_header(sheet.rows, last + 1)
        end = after[0] if after else len(sheet.rows)
        yield Table(tuple(columns), sheet.rows[last + 1 : end])
        start = last + 1


def next_header(rows: Sequence[Row], start: int) -> tuple[int, int] | None:
    """First and last line of the next header."""
    for place in range(start, len(rows)):
        kinds = header_kinds(rows[place])
        if len(kinds) >= LEAST_KINDS and is_items(kinds):
            return widened(rows, place, start)
        if len(kinds) >= 2 and place + 1 < len(rows):
            both = kinds | header_kinds(rows[place + 1])
            close = rows[place + 1].top - rows[place].bottom < 1.2 * (rows[place].bottom - rows[place].top)
            if close and len(both) >= LEAST_KINDS + 1 and is_items(both) and header_kinds(rows[place + 1]):
                return widened(rows, place, start)
    return None


def is_items(kinds: set[Kind]) -> bool:
    """Whether these columns bill items; a tax summary by HSN names neither goods nor quantity."""
    return bool(kinds & {Kind.DESCRIPTION, Kind.QUANTITY}) and bool(kinds & {*MONEY_KINDS, Kind.PRICE})


def header_kinds(row: Row) -> set[Kind]:
    """Kinds of column that a line names; none when it holds amounts or long text."""
    if any(len(cell.text) > 45 or re.search(r"\d[.,]\d\d\b|\d{4}|:\s*\S", cell.text) for cell in row.cells):
        return set()
    return {kind for cell in row.cells for kind, _ in named(cell)} - {Kind.OTHER}


def named(cell: Cell) -> Iterator[tuple[Kind, Cell]]:
    """Column names in a header cell, from left to right; longer names win over those inside them."""
    taken: list[tuple[int, int, Kind]] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(cell.text):
            if match.end() > match.start() and all(
                match.end() <= a or match.start() >= b for a, b, _ in taken
            ):
                taken.append((match.start(), match.end(), kind))
    for start, end, kind in sorted(taken):
        yield kind, cell.part(start, end)


def widened(rows: Sequence[Row], place: int, start: int) -> tuple[int, int]:
    """The header's first and last line: neighbours that only name columns belong to it."""
    height = max(cell.height for cell in rows[place].cells)
    first = last = place
    while (
        first > start
        and is_header_line(rows[first - 1])
        and rows[place].top - rows[first - 1].top < BAND / 2 * height
    ):
        first -= 1
    while (
        last + 1 < len(rows)
        and is_header_line(rows[last + 1])
        and rows[last + 1].top - rows[place].top < BAND * height
    ):
        last += 1
    return first, last


def is_header_line(row: Row) -> bool:
    """Whether most cells of a line are names of columns or their units."""
    units = re.compile(
        r"^\W*(?:no|rs|inr|code|sac|%|\(?in\s*rs\W*|s|per\s*\w+|\(per\s*\w+\)|value|\d{1,2}%)\W*$",
        re.IGNORECASE,
    )
    good = sum(
        bool(units.match(cell.text)) or (len(cell.text) <= 25 and any(True for _ in named(cell)))
        for cell in row.cells
    )
    return good * 2 > len(row.cells) and not re.search(r"\d[.,]\d\d\b|\d{4}", row.text)


def columns_of(rows: Sequence[Row]) -> list[Column]:
    """Columns of a header over one or several lines."""
    parts = [
        (depth, kind, part)
        for depth, row in enumerate(rows)
        for cell in row.cells
        for kind, part in named(cell)
    ]
    stacks: list[list[tuple[int, Kind, Cell]]] = []
    for entry in parts:
        stack = next((s for s in stacks if s[-1][0] < entry[0] and s[-1][2].overlap(entry[2]) > 0.4), None)
        if stack is None:
            stacks.append([entry])
        else:
            stack.append(entry)
    columns = [column_of(stack, parts) for stack in stacks]
    has_children = {head for head, rate in HEADS.items() if any(c.kind is rate for c in columns)}
    amounts = {
        c.kind
        for c, stack in zip(columns, stacks, strict=True)
        if c.kind in HEADS and len(stack) == 1 and stack[0][1] not in HEADS
    }
    kept = [
        c
        for c, stack in zip(columns, stacks, strict=True)
        if not (c.kind in has_children & amounts and stack[0][1] in HEADS and len(stack) == 1)
    ]
    return sorted(kept, key=lambda c: c.centre)


def column_of(stack: Sequence[tuple[int, Kind, Cell]], parts: Sequence[tuple[int, Kind, Cell]]) -> Column:
    """The column that header words over each other name together."""
    cells = [cell for _, _, cell in stack]
    text = " ".join(cell.text for cell in cells)
    kind = next((kind for kind, pattern in PATTERNS if pattern.search(text)), stack[0][1])
    column = Column(kind, min(c.left for c in cells), max(c.right for c in cells))
    if kind in (Kind.PRICE, Kind.AMOUNT, Kind.TAX_RATE):
        depth = stack[0][0]
        over = [
            (abs(cell.centre - column.centre), head) for d, head, cell in parts if d < depth and head in HEADS
        ]
        if over and min(over)[0] < HEAD_REACH:
            head = min(over)[1]
            return replace(column, kind=head if kind is Kind.AMOUNT else HEADS[head])
    return column


@dataclass(frozen=True, slots=True)
class Piece:
    """A number or a code on a line of the table, as it stands there."""

    cell: Cell
    percent: bool

    @property
    def text(self) -> str:
        """As printed."""
        return self.cell.text


NUMBERISH = re.compile(r"(?<![A-Za-z\d])(?:\(?-)?\d[\d.,]*(?:\s?\.\d+)?")


def pieces(row: Row) -> list[Piece]:
    """Numbers of a line from left to right."""
    found = []
    for cell in row.cells:
        for match in NUMBERISH.finditer(cell.text):
            text = match.group().rstrip(".,")
            end = match.start() + len(text)
            after = cell.text[end : end + 2]
            found.append(Piece(cell.part(match.start(), end), bool(re.match(r"\s?%", after))))
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


def spans(columns: Sequence[Column]) -> list[tuple[float, float]]:
    """From where to where each column reaches: half-way to its neighbours."""
    edges = [0.0, *((a.right + b.left) / 2 for a, b in pairwise(columns)), 1.0]
    return list(pairwise(edges))
