"""Items billed: the lines of the table with their cells read and checked against each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from extraction.fields.columns import MONEY_KINDS, Kind, spans
from extraction.fields.pieces import assign, pieces
from extraction.fields.table import Table, header_kinds, tables
from extraction.fields.totals import Head, head_labels
from extraction.layout import Cell, Row, Sheet
from extraction.numbers import figures, ungroup
from gst import hsn

ENDS = re.compile(
    r"in\s*words|amount\s*chargeable|bank\s*(?:details|name)|terms\s*(?:&|and)|declaration|authori[sz]ed|e\.?\s*&\.?\s*o\.?\s*e|grand\s*total|"
    r"hsn\s*summary|tax\s*summary|continued|carried\s*(?:over|forward)|net\s*payable|total\s*before\s*tax|total\s*amount\s*before|ifsc",
    re.IGNORECASE,
)  # fmt: skip
SUM_HEADS = frozenset(
    {
        Head.CGST,
        Head.SGST,
        Head.IGST,
        Head.CESS,
        Head.ROUND_OFF,
        Head.TCS,
        Head.TAX_TOTAL,
        Head.GRAND_TOTAL,
        Head.TAXABLE,
    }
)
TOTAL = re.compile(r"^\W*(?:sub\s*|sum\s*|page\s*|grand\s*|g\.\s*)?total\b", re.IGNORECASE)
UNIT = re.compile(r"([A-Za-z]{1,8})")
NEAR = 1.7
"""Line heights within which a figure above or below an item's main line still belongs to it."""


@dataclass(slots=True)
class Item:
    """One line being put together: figures by column, and words of the description."""

    row: Row
    values: dict[Kind, Decimal] = field(default_factory=dict)
    cells: dict[Kind, Cell] = field(default_factory=dict)
    hsn: str | None = None
    unit: str | None = None
    words: list[str] = field(default_factory=list)

    @property
    def identified(self) -> bool:
        """Whether something says that this is a supply, not a charge or a sum."""
        return bool(self.hsn) or Kind.QUANTITY in self.values or Kind.SERIAL in self.values or counts(self)


def counts(item: Item) -> bool:
    """Whether an amount is a whole number of times the price."""
    price = item.values.get(Kind.PRICE)
    amounts = [item.values[kind] for kind in MONEY_KINDS if kind in item.values]
    return bool(price) and any(amount and amount % price == 0 for amount in amounts if price)


def items_on(sheet: Sheet) -> list[list[Item]]:
    """Items of each table of a page."""
    printed = frozenset(figure.value for cell in sheet.cells for figure in figures(cell.text))
    return [items for table in tables(sheet) if (items := items_in(table, printed))]


def items_in(table: Table, printed: frozenset[Decimal] = frozenset()) -> list[Item]:
    """Items of one table; ``printed`` are all figures of the page."""
    anchors: list[Item] = []
    loose: list[Item] = []
    for row, summed in body_rows(table):
        item = read_row(row, table)
        find_amount(item, printed)
        if is_anchor(item, table) and (not summed or multiplies(item)):
            anchors.append(item)
        elif not summed and not footer_heads(item):
            loose.append(item)
    anchors = without_sums(anchors)
    name_first = names_stand_above(loose, anchors)
    for item in loose if anchors else ():
        attach(item, anchors, name_first=name_first)
    return anchors


def names_stand_above(loose: Sequence[Item], anchors: Sequence[Item]) -> bool:
    """Whether names stand over the figures, as on till rolls."""
    if not loose or not anchors:
        return False
    reach = 2.5 * height_of(anchors[0].row)
    first, last = anchors[0].row.top, anchors[-1].row.top
    above = any(0 < first - item.row.top < reach for item in loose)
    return above and not any(0 < item.row.top - last < reach for item in loose)


def height_of(row: Row) -> float:
    """Height of a line's print."""
    return median(cell.height for cell in row.cells)


def footer_heads(item: Item) -> set[Head]:
    """Heads of the footer that a line names."""
    found = {head for cell in item.row.cells for head, label in head_labels(cell) if label.score >= 0.8}
    return found & SUM_HEADS


def without_sums(items: Sequence[Item]) -> list[Item]:
    """The items without lines that only sum up those above them."""
    kept: list[Item] = []
    for item in items:
        sums = [
            kept and item.values[kind] == sum((k.values.get(kind, Decimal(0)) for k in kept), Decimal(0))
            for kind in MONEY_KINDS
            if kind in item.values
        ]
        if not (any(sums) and not item.hsn and not multiplies(item)):
            kept.append(item)
    return kept


def body_rows(table: Table) -> Iterator[tuple[Row, bool]]:
    """Lines of the table down to its foot, and whether a total stood above them already."""
    seen = summed = False
    for row in table.body:
        if ENDS.search(row.text) or is_tax_summary(row):
            return
        if seen and any(TOTAL.match(cell.text) for cell in row.cells):
            summed = True
            continue
        seen = seen or bool(pieces(row))
        yield row, summed


def is_tax_summary(row: Row) -> bool:
    """Whether a line heads the summary of taxes by HSN."""
    kinds = header_kinds(row)
    return len(kinds & {Kind.CGST, Kind.SGST, Kind.IGST, Kind.TAXABLE, Kind.TAX_RATE}) >= 2 and not kinds & {
        Kind.DESCRIPTION,
        Kind.QUANTITY,
    }


def read_row(row: Row, table: Table) -> Item:
    """Figures of a line by column, and its words."""
    item = Item(row)
    found = pieces(row)
    for p, c in assign(found, table.columns).items():
        kind, piece = table.columns[c].kind, found[p]
        if kind is Kind.HSN:
            code = re.sub(r"\D", "", piece.text)
            if is_code(code):
                item.hsn, item.cells[kind] = code, piece.cell
            continue
        value = ungroup(piece.text.strip("()-"))
        if value is not None:
            item.values[kind] = value
            item.cells[kind] = piece.cell
    align(item)
    read_words(item, table)
    return item


def align(item: Item) -> None:
    """Where the discount is quantity x price, it is the amount: the columns slipped over an empty one."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if not quantity or not price or multiplies(item) or Kind.DISCOUNT not in item.values:
        return
    discount = item.values[Kind.DISCOUNT]
    if agrees(quantity * price, discount):
        item.values[Kind.TAXABLE], item.cells[Kind.TAXABLE] = discount, item.cells[Kind.DISCOUNT]
        del item.values[Kind.DISCOUNT]


def find_amount(item: Item, printed: frozenset[Decimal]) -> None:
    """An amount that stands off its line, as a subtotal below, is quantity x price all the same."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if quantity and price and not any(kind in item.values for kind in MONEY_KINDS):
        product = (quantity * price).quantize(Decimal("0.01"))
        if product in printed:
            item.values[Kind.AMOUNT], item.cells[Kind.AMOUNT] = product, item.cells[Kind.PRICE]


def is_code(code: str) -> bool:
    """Whether digits are an HSN or SAC, or at least begin like one."""
    return hsn.exists(code) or (len(code) >= 6 and hsn.exists(code[:4]))


def read_words(item: Item, table: Table) -> None:
    """Description and unit: letters in the columns that hold them."""
    reach = spans(table.columns)
    plain = not pieces(item.row)
    for cell in item.row.cells:
        if not re.search(r"[A-Za-z]", cell.text):
            continue
        inside = [
            c.kind
            for c, (left, right) in zip(table.columns, reach, strict=True)
            if left <= cell.centre < right
        ]
        kind = inside[0] if inside else Kind.OTHER
        if kind in (Kind.DESCRIPTION, Kind.SERIAL, Kind.HSN) or plain:
            item.words.append(cell.text)
        elif kind in (Kind.UNIT, Kind.QUANTITY, Kind.PRICE) and item.unit is None:
            unit = UNIT.fullmatch(re.sub(r"[\d.,/\s%]+", "", cell.text))
            item.unit = unit[1] if unit else None


def is_anchor(item: Item, table: Table) -> bool:
    """Whether a line opens an item: it has an amount and is no tax, charge or sum."""
    if not any(kind in item.values for kind in MONEY_KINDS):
        return False
    if not item.identified and (table.has(Kind.HSN) or table.has(Kind.QUANTITY)):
        return False
    if multiplies(item):
        return True
    exact = any(
        re.search(r"[.,]\d{1,2}$", item.cells[kind].text) for kind in MONEY_KINDS if kind in item.values
    )
    return bool(item.hsn) or (exact and not footer_heads(item))


def multiplies(item: Item) -> bool:
    """Whether quantity times price is an amount of the line."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if not quantity or not price:
        return False
    return any(agrees(quantity * price, item.values[kind]) for kind in MONEY_KINDS if kind in item.values)


def agrees(product: Decimal, amount: Decimal) -> bool:
    """Whether a product is the amount, up to the rounding of its factors."""
    return abs(product - amount) <= max(Decimal("0.6"), product / 1000)


def attach(item: Item, anchors: Sequence[Item], *, name_first: bool) -> None:
    """Give a line without an amount to the item it continues, or announces where names stand above."""
    height = height_of(item.row)
    nearest = min(anchors, key=lambda a: abs(a.row.top - item.row.top))
    if abs(nearest.row.top - item.row.top) < NEAR * height:
        for kind, value in item.values.items():
            if kind not in nearest.values and not re.search(r"[A-Za-z]{3}", item.cells[kind].text):
                nearest.values[kind] = value
                nearest.cells[kind] = item.cells[kind]
        nearest.unit = nearest.unit or item.unit
    above = [a for a in anchors if a.row.top <= item.row.top]
    home = above[-1] if above else nearest
    home.hsn = home.hsn or item.hsn
    if above and not name_first:
        home.words += item.words
    else:
        following = next((a for a in anchors if a.row.top >= item.row.top), None)
        if following is not None:
            following.words[-1:-1] = item.words
