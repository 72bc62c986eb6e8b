"""Rupees and paise put together again: those in columns of their own, and those whose point was not read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.layout import Cell, Row, Sheet
from extraction.reading import Box, Source

HEADING = re.compile(r"\W*(?:P|Ps|Paise|Pa)\W*", re.IGNORECASE)
WHOLE = re.compile(r"(?:^|[\s.\-(])\d[\d,]*$")
PAISE = re.compile(r"\W?(\d\d)\W?")
FAINT_POINT = re.compile(r"(\W*(?:\d{1,3}(?:,\d{2,3})+|\d{4,7}|\d{1,3}(?=.00)))(?:[ :;'=]|-(?=00))(\d\d)\W*")
"""``48,215 60``, ``500=00``, ``500-00``: the whole of a cell."""
CODE_AND_RATE = re.compile(r"\W*\d{4}(?:\d\d){0,2}\W(?:05|12|18|28|40)\W*")
"""``8414 18`` is an HSN with its rate."""
WIDEST_GAP = 0.09
"""Fraction of the page's width between rupees and their paise."""
SAME_COLUMN = 0.02
LEAST_AMOUNTS = 3
"""Amounts that must be cut so: fewer may be anything."""


def with_paise(sheet: Sheet) -> Sheet:
    """The page with ``4,277`` and ``70`` as ``4,277.70`` where a column is headed as that of paise, and
    ``48,215 60`` as ``48,215.60``."""
    sheet = pointed(sheet)
    heads = [cell for cell in sheet.cells if HEADING.fullmatch(cell.text)] or zeros(sheet)
    cuts = [cut for row in sheet.rows for cut in cut_amounts(row, heads)]
    if len(cuts) < LEAST_AMOUNTS:
        return sheet
    whole = {id(rupees): joined(rupees, paise) for rupees, paise in cuts}
    gone = {id(paise) for _, paise in cuts}
    rows = tuple(Row(tuple(kept(row.cells, whole, gone))) for row in sheet.rows)
    return replace(sheet, rows=rows, cells=tuple(kept(sheet.cells, whole, gone)))


def pointed(sheet: Sheet) -> Sheet:
    """The page with the points that faded between rupees and paise."""
    whole = {id(cell): with_point(cell) for cell in sheet.cells if lacks_point(cell)}
    rows = tuple(Row(tuple(kept(row.cells, whole, set()))) for row in sheet.rows)
    return replace(sheet, rows=rows, cells=tuple(kept(sheet.cells, whole, set()))) if whole else sheet


def lacks_point(cell: Cell) -> bool:
    """Whether a cell, as read from a picture, holds nothing but rupees, a blank and paise."""
    return (
        cell.source is Source.OCR
        and bool(FAINT_POINT.fullmatch(cell.text))
        and not CODE_AND_RATE.fullmatch(cell.text)
    )


def with_point(cell: Cell) -> Cell:
    """The cell with a point for its blank; the text keeps its length."""
    return replace(cell, text=FAINT_POINT.sub(r"\1.\2", cell.text))


def zeros(sheet: Sheet) -> list[Cell]:
    """The uppermost of the ``00`` that end lines and stand under each other: a column needs no title."""
    last = [row.cells[-1] for row in sheet.rows if row.cells[-1].text.strip() == "00"]
    column = [cell for cell in last if abs(cell.centre - last[0].centre) < SAME_COLUMN]
    return column[:1] if len(column) >= LEAST_AMOUNTS else []


def kept(cells: Sequence[Cell], whole: dict[int, Cell], gone: set[int]) -> Iterator[Cell]:
    """The cells with each amount whole."""
    return (whole.get(id(cell), cell) for cell in cells if id(cell) not in gone)


def cut_amounts(row: Row, heads: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Rupees and paise of a line: the paise stand under a heading of theirs."""
    for rupees, paise in zip(row.cells, row.cells[1:], strict=False):
        headed = any(
            head.bottom <= paise.bottom and abs(head.centre - paise.centre) < SAME_COLUMN for head in heads
        )
        near = paise.left - rupees.right < WIDEST_GAP
        if headed and near and PAISE.fullmatch(paise.text) and WHOLE.search(rupees.text):
            yield rupees, paise


def joined(rupees: Cell, paise: Cell) -> Cell:
    """An amount of two cells as one."""
    match = PAISE.fullmatch(paise.text)
    box = Box(
        left=rupees.box.left,
        top=min(rupees.box.top, paise.box.top),
        right=paise.box.right,
        bottom=max(rupees.box.bottom, paise.box.bottom),
    )
    text = f"{rupees.text}.{match[1] if match else paise.text}"
    sure = min(rupees.confidence, paise.confidence)
    return replace(rupees, text=text, right=paise.right, box=box, confidence=sure, centres=())
