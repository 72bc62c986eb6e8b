"""Items billed: the lines of the table with their cells read and checked against each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from extraction.fields.columns import HEADS, MONEY_KINDS, Kind, spans
from extraction.fields.line_words import code_in_words, heading_rate, is_code, is_listed
from extraction.fields.pieces import Piece, assign, pieces
from extraction.fields.table import Table, header_kinds, tables
from extraction.fields.totals import Head, head_labels
from extraction.layout import Cell, Row, Sheet
from extraction.numbers import figures, ungroup

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
EXACT = re.compile(r"[.,]\d{1,2}$")
TITLED = 2
"""Cells of a line without amounts beyond which it gives the titles of a footer, if it names a head of it."""
UNIT = re.compile(r"([A-Za-z]{1,8})")
RATES = frozenset({Kind.TAX_RATE, *HEADS.values()})
PAISE_GAP = 0.06
"""Fraction of the page's width within which a column of paise stands beside its rupees."""
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
    repaired: set[Kind] = field(default_factory=set)  # cells in which a misread digit was put right
    minus: bool = False  # a sign stands at the amount, if it is no speck

    @property
    def identified(self) -> bool:
        """Whether something says that this is a supply, not a charge or a sum."""
        return bool(self.hsn) or Kind.QUANTITY in self.values or Kind.SERIAL in self.values or counts(self)


def is_one(item: Item) -> bool:
    """Whether price and amount are the same, but for a lost digit."""
    price = item.values.get(Kind.PRICE)
    return bool(price) and any(
        agrees(price, item.values[kind]) for kind in MONEY_KINDS if price and kind in item.values
    )


def counts(item: Item) -> bool:
    """Whether an amount is a whole number of times the price."""
    price = item.values.get(Kind.PRICE)
    amounts = [item.values[kind] for kind in MONEY_KINDS if kind in item.values]
    return is_one(item) or any(amount and amount % price == 0 for amount in amounts if price)


def items_on(sheet: Sheet, *, narrow: bool = False) -> list[list[Item]]:
    """Items of each table of a page; ``narrow`` as in :func:`extraction.fields.table.tables`."""
    printed = frozenset(figure.value for cell in sheet.cells for figure in figures(cell.text))
    found = tables(sheet, narrow=narrow)
    return [items for table in found if (items := items_in(table, printed))]


def items_in(table: Table, printed: frozenset[Decimal] = frozenset()) -> list[Item]:
    """Items of one table; ``printed`` are all figures of the page."""
    anchors: list[Item] = []
    loose: list[Item] = []
    rate: Decimal | None = None
    for row, summed in body_rows(table):
        item = read_row(row, table)
        find_amount(item, printed)
        if is_anchor(item, table) and (not summed or multiplies(item) or is_one(item)):
            if rate is not None and not item.values.keys() & RATES:
                item.values[Kind.TAX_RATE] = rate
            anchors.append(item)
            continue
        if not summed and (item.hsn or not footer_heads(item.row)):
            loose.append(item)
        heads, told = heading_rate(row)
        rate = told if heads and not has_money(item) else rate
    anchors = without_sums(with_lost_amounts(anchors, loose, printed))
    take_back(anchors, printed)
    name_first = names_stand_above(loose, anchors)
    for item in loose if anchors else ():
        attach(item, anchors, name_first=name_first)
    if anchors and not table.has(Kind.HSN) and not any(item.hsn for item in anchors[:-1]):
        for item in anchors:  # one code under all of them
            item.hsn = anchors[-1].hsn
    return anchors


def has_money(item: Item) -> bool:
    """Whether an amount or a price stands on a line."""
    return bool(item.values.keys() & {Kind.PRICE, *MONEY_KINDS})


def with_lost_amounts(anchors: list[Item], loose: list[Item], printed: frozenset[Decimal]) -> list[Item]:
    """The items with those whose amount was not read, where quantity x price completes a printed sum."""
    lost = [item for item in loose if item.hsn and (product := product_of(item)) and product > 0]
    kinds = [kind for kind in sorted(MONEY_KINDS) if all(kind in item.values for item in anchors)]
    missing = sum((product_of(item) or Decimal(0) for item in lost), Decimal(0))
    for kind in kinds if lost and anchors else ():
        if missing + amounts_of(anchors, kind) in printed:
            for item in lost:
                item.values[kind], item.cells[kind] = product_of(item) or Decimal(0), item.cells[Kind.PRICE]
                loose.remove(item)
            return sorted([*anchors, *lost], key=lambda item: item.row.top)
    return anchors


def product_of(item: Item) -> Decimal | None:
    """Quantity x price in rupees, where no amount stands beside them."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if quantity is None or price is None or item.values.keys() & MONEY_KINDS:
        return None
    return (quantity * price).quantize(Decimal("0.01"))


def amounts_of(items: Sequence[Item], kind: Kind) -> Decimal:
    """The sum of one column."""
    return sum((item.values[kind] for item in items), Decimal(0))


def take_back(items: Sequence[Item], printed: frozenset[Decimal]) -> None:
    """Make amounts with a sign negative, if a printed sum says that the sign is none of the scanner's."""
    signed = [item for item in items if item.minus]
    for kind in MONEY_KINDS if signed else ():
        if all(kind in item.values for item in items):
            whole, taken = amounts_of(items, kind), amounts_of(signed, kind)
            if whole not in printed and whole - 2 * taken in printed:
                for item in signed:
                    item.values[kind] = -item.values[kind]


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


def footer_heads(row: Row) -> set[Head]:
    """Heads of the footer that a line names."""
    found = {head for cell in row.cells for head, label in head_labels(cell) if label.score >= 0.8}
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
        again = bool(kept) and bool(item.words) and item.words == kept[-1].words  # a second night
        if again or not any(sums) or item.hsn or multiplies(item):
            kept.append(item)
    return kept


def body_rows(table: Table) -> Iterator[tuple[Row, bool]]:
    """Lines of the table down to its foot, and whether a total stood above them already."""
    seen = summed = False
    for row in table.body:
        if ENDS.search(row.text) or is_tax_summary(row):
            return
        if seen and is_sum(row):
            summed = True
            continue
        seen = seen or bool(pieces(row))
        yield row, summed


def is_sum(row: Row) -> bool:
    """Whether a line is a sum, or names heads of the footer that stand under all items."""
    heads = footer_heads(row) if len(row.cells) > 1 else set()
    titles = len(row.cells) > TITLED and not any(EXACT.search(cell.text) for cell in row.cells)
    whole = Head.TAXABLE in heads or len(heads) > 1 or (titles and bool(heads))
    return whole or any(TOTAL.match(cell.text) for cell in row.cells)


def is_tax_summary(row: Row) -> bool:
    """Whether a line heads the summary of taxes by HSN."""
    kinds = header_kinds(row)
    return (
        len(row.cells) > 1
        and len(kinds & {Kind.CGST, Kind.SGST, Kind.IGST, Kind.TAXABLE, Kind.TAX_RATE}) >= 2
        and not kinds
        & {
            Kind.DESCRIPTION,
            Kind.QUANTITY,
        }
    )


def read_row(row: Row, table: Table) -> Item:
    """Figures of a line by column, and its words."""
    item = Item(row)
    named = code_in_words(row)
    if named:
        item.hsn, item.cells[Kind.HSN] = named
    found = [piece for piece in pieces(row) if not named or piece.text != named[1].text]
    for p, c in assign(found, table.columns).items():
        kind, piece = table.columns[c].kind, found[p]
        if kind is Kind.HSN:
            code = re.sub(r"\D", "", piece.text)
            if is_code(code):
                item.hsn, item.cells[kind] = code, piece.cell
            continue
        value = with_paise(piece, found[p + 1 :]) if kind in MONEY_KINDS else None
        value = value or piece.value
        if value is not None:
            item.values[kind] = value
            item.cells[kind] = piece.cell
            item.minus |= piece.minus and kind in MONEY_KINDS
    if item.hsn is None and not table.has(Kind.HSN):
        known = next((piece for piece in found if is_listed(piece.text)), None)
        if known:
            item.hsn, item.cells[Kind.HSN] = known.text, known.cell
    align(item)
    read_words(item, table)
    return item


def with_paise(rupees: Piece, behind: Sequence[Piece]) -> Decimal | None:
    """Whole rupees with the paise that printed forms have in a narrow last column."""
    if len(behind) != 1 or not re.fullmatch(r"\d{2}", behind[0].text) or behind[0].percent:
        return None
    near = behind[0].cell.left - rupees.cell.right < PAISE_GAP
    whole = ungroup(rupees.text) if re.fullmatch(r"\d{1,3}(?:,\d{2,3})*|\d+", rupees.text) else None
    return whole + Decimal(behind[0].text) / 100 if whole is not None and near else None


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
            item.cells.setdefault(Kind.DESCRIPTION, cell)
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
    exact = any(EXACT.search(item.cells[kind].text) for kind in MONEY_KINDS if kind in item.values)
    return bool(item.hsn) or (exact and not footer_heads(item.row))


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
    if item.hsn and not home.hsn:
        home.hsn, home.cells[Kind.HSN] = item.hsn, item.cells[Kind.HSN]
    if above and not name_first:
        home.words += item.words
    else:
        following = next((a for a in anchors if a.row.top >= item.row.top), None)
        if following is not None:
            following.words[-1:-1] = item.words
