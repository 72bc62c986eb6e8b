"""Tables of items: their headers over one or several lines, and the lines below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extraction.fields.columns import HEADS, MONEY_KINDS, PATTERNS, Column, Kind, named, respelled
from extraction.fields.line_words import heading_rate
from extraction.layout import Cell, Row, Sheet

LEAST_KINDS = 3
BAND = 4.5
"""Heights of the header's main line within which its other lines stand."""
TAX_KINDS = frozenset({*HEADS, *HEADS.values(), Kind.TAX_RATE})
HEAD_REACH = 0.09
"""Fraction of the page's width within which ``Rate`` and ``Amount`` belong to the tax head over them."""

VALUED = re.compile(r"\d[.,]\d\d\b|\d{4}|:\s*\S")
"""An amount, a code, or a label with its value: no name of a column."""
UNTAXED = re.compile(r"^\W*(?:non|exempt\w*)\W*$", re.IGNORECASE)
"""A line of a title that turns ``Taxable`` into its contrary."""
LESS = re.compile(r"^\W*(?:less|add)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A header with its columns from left to right, and the lines under it."""

    columns: tuple[Column, ...]
    body: tuple[Row, ...]

    def has(self, kind: Kind) -> bool:
        """Whether there is such a column."""
        return any(column.kind is kind for column in self.columns)


def tables(sheet: Sheet, *, narrow: bool = False) -> Iterator[Table]:
    """The tables of items on a page: lines under a header that names what is billed and for how much.

    ``narrow``: also those that name nothing else, as bills of services do.
    """
    start = 0
    while (found := next_header(sheet.rows, start, narrow=narrow)) is not None:
        first, last = found
        columns = columns_of(sheet.rows[first : last + 1])
        after = next_header(sheet.rows, last + 1, narrow=narrow)
        end = after[0] if after else len(sheet.rows)
        yield Table(tuple(columns), sheet.rows[last + 1 : end])
        start = last + 1


def next_header(rows: Sequence[Row], start: int, *, narrow: bool = False) -> tuple[int, int] | None:
    """First and last line of the next header."""
    for place in range(start, len(rows)):
        kinds = header_kinds(rows[place])
        if (len(kinds) >= LEAST_KINDS and is_items(kinds)) or (narrow and is_narrow(rows[place], kinds)):
            return widened(rows, place, start)
        if len(kinds) >= 2 and place + 1 < len(rows):
            both = kinds | header_kinds(rows[place + 1])
            close = rows[place + 1].top - rows[place].bottom < 1.2 * (rows[place].bottom - rows[place].top)
            if close and len(both) >= LEAST_KINDS + 1 and is_items(both) and header_kinds(rows[place + 1]):
                return widened(rows, place, start)
    return None


def is_narrow(row: Row, kinds: set[Kind]) -> bool:
    """Whether a line only says where words and where amounts stand."""
    return Kind.DESCRIPTION in kinds and bool(kinds & MONEY_KINDS) and is_header_line(row)


def is_items(kinds: set[Kind]) -> bool:
    """Whether these columns bill items; a tax summary by HSN names neither goods nor quantity."""
    return bool(kinds & {Kind.DESCRIPTION, Kind.QUANTITY}) and bool(kinds & {*MONEY_KINDS, Kind.PRICE})


def header_kinds(row: Row) -> set[Kind]:
    """Kinds of column that a line names; none when it holds amounts or long text."""
    if any(len(cell.text) > 45 or VALUED.search(LESS.sub("", cell.text)) for cell in row.cells):
        return set()
    return {kind for cell in row.cells for kind, _ in named(cell)} - {Kind.OTHER}


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
    """Whether most cells of a line are names of columns or their units; a rate alone heads lines of items."""
    if len(row.cells) == 1 and heading_rate(row)[0]:
        return False
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
    untaxed = [cell for row in rows for cell in row.cells if UNTAXED.match(cell.text)]
    columns = [
        replace(column, kind=Kind.OTHER)
        if column.kind is Kind.TAXABLE and any(stack[0][2].overlap(cell) > 0.4 for cell in untaxed)
        else column
        for stack in stacks
        for column in [column_of(stack, parts)]
    ]
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
    return told_apart(sorted(kept, key=lambda c: c.centre))


def told_apart(columns: Sequence[Column]) -> list[Column]:
    """Of two columns of amounts with one name, the left is before tax or discount, the right after."""
    kinds = [column.kind for column in columns]
    found = list(columns)
    for kind in MONEY_KINDS:
        places = [place for place, other in enumerate(kinds) if other is kind]
        if len(places) != 2:
            continue
        first, last = places
        taxed = any(other in TAX_KINDS for other in kinds[first:last])
        if taxed and kind is Kind.TOTAL:
            found[first] = replace(columns[first], kind=Kind.TAXABLE if Kind.AMOUNT in kinds else Kind.AMOUNT)
        elif taxed and Kind.TOTAL not in kinds:
            found[last] = replace(columns[last], kind=Kind.TOTAL)
        elif Kind.DISCOUNT in kinds[first:last]:
            found[first] = replace(columns[first], kind=Kind.OTHER)
    for head, rate in HEADS.items():  # the amount of a head stands behind its rate
        places = [place for place, other in enumerate(kinds) if other is head]
        if (
            len(places) == 2
            and rate in kinds[places[0] : places[1]]
            and not MONEY_KINDS & set(kinds[: places[0]])
        ):
            found[places[0]] = replace(columns[places[0]], kind=Kind.AMOUNT)
    return found


def column_of(stack: Sequence[tuple[int, Kind, Cell]], parts: Sequence[tuple[int, Kind, Cell]]) -> Column:
    """The column that header words over each other name together."""
    cells = [cell for _, _, cell in stack]
    text = respelled(" ".join(cell.text for cell in cells))
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
