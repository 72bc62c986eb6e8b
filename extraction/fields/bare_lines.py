"""Items that stand under no titles: lines that multiply, and a price, a count and an amount under labels."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from extraction.fields.columns import Kind
from extraction.fields.line_words import code_in_words, is_code
from extraction.fields.lines import Item, footer_heads
from extraction.fields.pieces import Piece, pieces
from extraction.labels import Vocabulary, beside, labels, values_of
from extraction.layout import Row, Sheet
from extraction.numbers import figures

WORDS = re.compile(r"[A-Za-z]{3}")
MOST_PIECES = 9
LEAST_AMOUNT, PAISA = Decimal(1), Decimal("0.01")
COUNTS: Vocabulary = (
    ("Volume", 1.0), ("Quantity", 1.0), ("Qty", 1.0), ("Litres", 1.0), ("Ltrs", 1.0), ("Sale Qty", 1.0),
    ("Net Weight", 1.0), ("Vol", 1.0),
)  # fmt: skip
PRICES: Vocabulary = (("Rate", 1.0), ("Price", 1.0), ("Unit Price", 1.0), ("Rate/Ltr", 1.0), ("RSP", 1.0))
AMOUNTS: Vocabulary = (("Amount", 1.0), ("Sale", 1.0), ("Total", 1.0), ("Sale Amount", 1.0))

Valued = tuple[Piece, Decimal | None]
"""A number on the paper and its value."""


def bare_items(sheet: Sheet) -> list[Item]:
    """The items of a page without a table's head; what they add up to is for others to prove."""
    found = [item for row in sheet.rows if (item := multiplied(row))]
    return found or list(labelled_item(sheet))


def multiplied(row: Row) -> Item | None:
    """A line on which a count times a price is the amount behind them."""
    found = pieces(row)
    item = Item(row)
    if not WORDS.search(row.text) or not 3 <= len(found) <= MOST_PIECES or footer_heads(row):
        return None
    figured = [(piece, piece.value) for piece in found if not piece.percent]
    for entries in combinations(figured, 3):
        if fits(*entries):
            fill(item, entries)
            item.words = [cell.text for cell in row.cells if WORDS.search(cell.text)]
            name_code(item, found[: found.index(entries[0][0])])
            return item
    return None


def fits(count: Valued, price: Valued, amount: Valued) -> bool:
    """Whether the first times the second is the third, and the third is printed as money."""
    exact = re.search(r"[.,]\d{2}$", amount[0].text) and re.search(r"[.,]\d{2}$", price[0].text)
    if not exact or not count[1] or not price[1] or not amount[1] or amount[1] < LEAST_AMOUNT:
        return False
    return abs(count[1] * price[1] - amount[1]) < PAISA


def fill(item: Item, entries: Sequence[Valued]) -> None:
    """Set count, price and amount."""
    for kind, (piece, value) in zip((Kind.QUANTITY, Kind.PRICE, Kind.AMOUNT), entries, strict=True):
        if value is not None:
            item.values[kind], item.cells[kind] = value, piece.cell


def name_code(item: Item, before: list[Piece]) -> None:
    """The HSN among the words, or the last code before the count."""
    named = code_in_words(item.row)
    codes = [p for p in before if re.fullmatch(r"\d{4}|\d{6}|\d{8}", p.text) and is_code(p.text)]
    if named:
        item.hsn, item.cells[Kind.HSN] = named
    elif codes:
        item.hsn, item.cells[Kind.HSN] = codes[-1].text, codes[-1].cell


def labelled_item(sheet: Sheet) -> Iterator[Item]:
    """The one item of a slip that prints volume, rate and amount under each other."""
    counts, prices, amounts = (list(valued(sheet, words)) for words in (COUNTS, PRICES, AMOUNTS))
    for entries in product(counts, prices, amounts):
        if fits(*entries):
            item = Item(next(row for row in sheet.rows if row.top <= entries[2][0].cell.top < row.bottom))
            fill(item, entries)
            yield item
            return


def valued(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Valued]:
    """The single numbers behind some labels."""
    for label in labels(sheet, vocabulary):
        for cell, _, _ in (*values_of(label, sheet), *beside(label, sheet)):
            numbers = list(figures(cell.text))
            if len(numbers) == 1:
                yield Piece(cell.part(numbers[0].start, numbers[0].end), percent=False), numbers[0].value
