"""Line items as a person types them: rows of texts, checked cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extraction.amend.typed import NotUnderstood, Value, amount, code, quantity, rate, words
from extraction.reading import FieldValue, normal_form
from gst.invoice import Line, TaxAmounts

Row = Mapping[str, str]
"""One typed line: texts by column; ``was`` is the position (from 0) of the line that it changes, if any."""

MOST_LINES = 1000
COLUMNS: dict[str, Callable[[str], Value]] = {
    "description": words(2000),
    "hsn_sac": code,
    "quantity": quantity,
    "unit": words(20),
    "unit_price": quantity,
    "discount": amount,
    "gst_rate": rate,
    "taxable_value": amount,
}
FIGURES = frozenset({"quantity", "unit_price", "discount", "gst_rate", "taxable_value"})


class CellsNotUnderstood(Exception):
    """Some cells cannot be what their column holds: ``errors`` by (row, column)."""

    def __init__(self, errors: Mapping[tuple[int, str], str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def parse_lines(rows: Sequence[Row], before: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that a person typed; empty rows are left out.

    Raises:
        CellsNotUnderstood: with a sentence for each wrong cell.
        NotUnderstood: there are too many lines.
    """
    if len(rows) > MOST_LINES:
        raise NotUnderstood(f"At most {MOST_LINES} lines have room on one invoice.")
    errors: dict[tuple[int, str], str] = {}
    lines = [line for number, row in enumerate(rows) if (line := _line(row, number, before, errors))]
    if errors:
        raise CellsNotUnderstood(errors)
    return tuple(lines)


def _line(row: Row, number: int, before: Sequence[Line], errors: dict[tuple[int, str], str]) -> Line | None:
    cells: dict[str, Value] = {}
    for column, parser in COLUMNS.items():
        text = " ".join(row.get(column, "").replace("\x00", "").split())
        try:
            cells[column] = parser(text) if text else None
        except NotUnderstood as error:
            errors[number, column] = str(error)
    if not any(row.get(column, "").strip() for column in COLUMNS):
        return None
    return changed(_original(row, before), cells)


def _original(row: Row, before: Sequence[Line]) -> Line:
    was = row.get("was", "")
    return before[int(was)] if was.isdecimal() and int(was) < len(before) else Line()


def changed(line: Line, cells: Mapping[str, Value]) -> Line:
    """A line with typed cells; what was printed beside a figure that changed no longer belongs to it."""
    values: dict[str, Any] = dict(cells)
    if any(getattr(line, column) != cells.get(column) for column in FIGURES):
        values |= {"taxes": TaxAmounts(), "total": None, "cess_rate": None}
    return replace(line, **values)


def in_cells(line: Line) -> dict[str, str]:
    """A line as texts by column."""
    return {column: normal_form(getattr(line, column)) for column in COLUMNS}


Cells = dict[str, FieldValue]


def evidence_kept(before: Sequence[Line], cells: Sequence[Cells], now: Sequence[Line]) -> tuple[Cells, ...]:
    """The evidence by line for the cells that a person left as they were; lines may have moved."""
    left = {at: line for at, line in enumerate(before) if at < len(cells)}
    kept: list[Cells] = []
    for place, line in enumerate(now):
        at = origin(left, place, line)
        was = left.pop(at, Line())
        known = cells[at] if at >= 0 else {}
        kept.append({name: c for name, c in known.items() if getattr(was, name) == getattr(line, name)})
    return tuple(kept) if cells else ()


def origin(left: Mapping[int, Line], place: int, line: Line) -> int:
    """Which line this one was: that at its place if most is the same, else the most alike; -1 for none."""
    stays = place in left and equal_cells(left[place], line) > len(COLUMNS) / 2
    best = place if stays else max(left, key=lambda at: equal_cells(left[at], line), default=-1)
    return best if best in left and equal_cells(left[best], line) else -1


def equal_cells(one: Line, other: Line) -> int:
    """In how many cells that are not empty two lines are the same."""
    values = [(getattr(one, column), getattr(other, column)) for column in COLUMNS]
    return sum(a == b and a is not None for a, b in values)
