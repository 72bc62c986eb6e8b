"""The line items of the review page: a grid of cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extraction.amend.lines import COLUMNS, FIGURES, Row, in_cells
from extraction.reading import FieldValue, Reading
from gst.money import grouped
from web.review.fields import SURE_FROM

HEADINGS = {
    "description": "Description",
    "hsn_sac": "HSN/SAC",
    "quantity": "Qty",
    "unit": "Unit",
    "unit_price": "Rate",
    "discount": "Discount",
    "gst_rate": "GST",
    "taxable_value": "Amount",
}
MONEY = frozenset({"discount", "taxable_value", "unit_price"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid."""

    column: str
    text: str
    error: str = ""
    doubt: FieldValue | None = None  # the evidence, where it leaves doubt

    @property
    def heading(self) -> str:
        return HEADINGS[self.column]

    @property
    def is_figure(self) -> bool:
        return self.column in FIGURES

    @property
    def box(self) -> str:
        """Where a doubtful cell stands on its page: left, top, right, bottom."""
        box = self.doubt.box if self.doubt else None
        return f"{box.left:.4f},{box.top:.4f},{box.right:.4f},{box.bottom:.4f}" if box else ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line; ``was`` is its position in the reading that the person saw, empty for a new one."""

    was: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """All lines, and an empty one to copy for new ones."""

    rows: list[GridRow]
    empty: GridRow
    has_discount: bool

    @property
    def doubts(self) -> int:
        """How many cells a person should look at."""
        return sum(cell.doubt is not None for row in self.rows for cell in row.cells)

    @property
    def columns(self) -> list[tuple[str, str]]:
        return [(column, HEADINGS[column]) for column in COLUMNS]


def grid(
    reading: Reading,
    typed: Sequence[Row] | None = None,
    errors: Mapping[tuple[int, str], str] | None = None,
) -> Grid:
    """The lines of a reading, or those typed that could not be kept, with what is wrong in each cell."""
    rows: Sequence[Row] = (
        typed
        if typed is not None
        else [shown(in_cells(line)) | {"was": str(at)} for at, line in enumerate(reading.invoice.lines)]
    )
    cells = [
        [
            Cell(
                column, row.get(column, ""), (errors or {}).get((at, column), ""), doubt(reading, row, column)
            )
            for column in COLUMNS
        ]
        for at, row in enumerate(rows)
    ]
    return Grid(
        [GridRow(row.get("was", ""), made) for row, made in zip(rows, cells, strict=True)],
        GridRow("", [Cell(column, "") for column in COLUMNS]),
        any(row.get("discount") for row in rows),
    )


def doubt(reading: Reading, row: Row, column: str) -> FieldValue | None:
    """The evidence for a cell of a line, if a person should look at it and has not changed it."""
    was = row.get("was", "")
    cells = reading.lines[int(was)] if was.isdecimal() and int(was) < len(reading.lines) else {}
    known = cells.get(column)
    if known is None or known.confidence >= SURE_FROM:
        return None
    kept = row.get(column, "") == (figure(known.value, column) if column in FIGURES else known.value)
    return known if kept else None


def shown(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a line as people write them."""
    return {column: figure(text, column) if column in FIGURES else text for column, text in cells.items()}


def figure(text: str, column: str) -> str:
    """A plain number in Indian grouping, without idle zeros unless it is money."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    decimals = -int(value.normalize().as_tuple().exponent)
    return grouped(value, max(2 if column in MONEY else 0, decimals))


def rows_from(texts: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The rows of a posted form, in which each column comes as a list from top to bottom."""
    names = ("was", *COLUMNS)
    longest = max((len(texts.get(name, ())) for name in names), default=0)
    padded = {name: [*texts.get(name, ()), *[""] * longest] for name in names}
    return [{name: padded[name][at] for name in names} for at in range(longest)]
