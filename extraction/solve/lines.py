"""The items of an invoice: the best print of each, contradicting cells put right by arithmetic."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.fields.bare_lines import bare_items
from extraction.fields.columns import Kind
from extraction.fields.line_words import is_code
from extraction.fields.lines import Item, agrees, items_on
from extraction.fields.pieces import Piece, pieces
from extraction.fields.totals import Head
from extraction.labels import Vocabulary, labels, values_of
from extraction.layout import Sheet
from extraction.numbers import figures, one_digit_off
from extraction.solve.line_evidence import Choices, choices_of
from extraction.solve.sums import LAWFUL_RATES, Pool, lawful_rate, paise
from gst.invoice import Line

CENT, PENNIES = Decimal("0.01"), Decimal("0.03")
MOST_SUMMED = 8
"""Numbers on a line of the tax summary."""
PLAIN, SURE = 0.5, 0.7
"""How surely an amount must be labelled to speak for a table, and to correct one of its amounts."""
NAMED = 0.15
"""The same for the product of a measure and a price, such as a pump's."""
SAME_LINES = 0.6
"""Share of equal amounts from which two tables are prints of one, such as copies or an abstract."""
AMOUNT_KINDS = (Kind.TAXABLE, Kind.AMOUNT, Kind.TOTAL)
HSN_LABELS: Vocabulary = (
    ("HSN", 1.0),
    ("SAC", 1.0),
    ("HSN/SAC", 1.0),
    ("SAC Code", 1.0),
    ("HSN Code", 1.0),
    ("HSN Code No", 1.0),
    ("SAC Code No", 1.0),
    ("HSN No", 1.0),
)


@dataclass(frozen=True, slots=True)
class Items:
    """The lines, and the evidence for the cells of each."""

    lines: tuple[Line, ...] = ()
    choices: tuple[Choices, ...] = ()


def solve_items(sheets: Sequence[Sheet], pool: Pool) -> Items:
    """The items of all pages, each print of a table counted once."""
    kept = every_table(sheets) or [t for t in unusual(sheets) if proves(t, pool)][:1]
    items = [item for table in kept for item in table]
    if not items:
        return Items()
    rates = summary_rates(sheets)
    common = common_hsn(sheets) if not any(item.hsn for item in items) else None
    found: list[tuple[Item, Kind, Line]] = []
    for table in kept:
        kind = amount_kind(table, pool)
        settle(table, kind, pool)
        found += [(item, kind, line_of(item, kind, rates, common)) for item in table]
    lines = tuple(line for _, _, line in found)
    summed = adds_up(lines, pool)
    choices = tuple(
        choices_of(item, line, kind, product=multiplies(line), summed=summed) for item, kind, line in found
    )
    return Items(lines, choices)


def adds_up(lines: Sequence[Line], pool: Pool) -> bool:
    """Whether the amounts of all lines add up to what is printed as the taxable value."""
    amounts = [line.taxable_value for line in lines]
    whole = sum((amount for amount in amounts if amount is not None), Decimal(0))
    return None not in amounts and pool.head(paise(whole), Head.TAXABLE) >= PLAIN


def multiplies(line: Line) -> bool:
    """Whether quantity x price, less a discount, is the amount."""
    if line.quantity is None or line.unit_price is None or line.taxable_value is None:
        return False
    gross = line.quantity * line.unit_price
    return any(close(value, line.taxable_value) for value in discounted(gross, line.discount))


def every_table(sheets: Sequence[Sheet], *, narrow: bool = False) -> list[list[Item]]:
    """The tables of all pages, the best print of each; ``narrow``: also those of two columns."""
    kept: list[list[Item]] = []
    for sheet in sheets:
        for table in items_on(sheet, narrow=narrow):
            keep(table, kept)
    return kept


def unusual(sheets: Sequence[Sheet]) -> Iterator[list[Item]]:
    """What may be the items where no table names what it holds, in falling likelihood."""
    yield from every_table(sheets, narrow=True)
    bare = [item for sheet in sheets for item in bare_items(sheet)]
    yield from [bare] if bare else []


def proves(table: Sequence[Item], pool: Pool) -> bool:
    """Whether the amounts of a table lead to a printed total or tax at a lawful rate."""
    whole = paise(sum((max_value(item) for item in table), Decimal(0)))
    totals = pool.labelled(Head.GRAND_TOTAL, PLAIN)
    taxes = [total - whole for total in totals] + pool.labelled(Head.IGST, PLAIN)
    taxes += [2 * half for half in pool.labelled(Head.CGST, PLAIN)]
    if len(table) == 1 and is_measured(table[0]):
        totals += pool.labelled(Head.GRAND_TOTAL, NAMED)
    return whole > 0 and (whole in totals or any(lawful_rate(whole, tax) for tax in taxes if tax > 0))


def is_measured(item: Item) -> bool:
    """Whether a measure with decimals times a price is the amount to the paisa, which chance does not do."""
    count, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if not count or not price or count == int(count) or price == int(price):
        return False
    return abs(count * price - max_value(item)) < CENT


def keep(table: list[Item], kept: list[list[Item]]) -> None:
    """Add a table, or put it in the place of a poorer print of the same lines."""
    for place, other in enumerate(kept):
        if same_lines(table, other):
            if completeness(table) > completeness(other):
                kept[place] = table
            return
    kept.append(table)


def same_lines(one: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether two tables mostly print the same amounts."""
    a, b = [sorted(max_value(item) for item in table) for table in (one, other)]
    shared = sum(min(a.count(value), b.count(value)) for value in set(a))
    return shared >= SAME_LINES * max(len(a), len(b))


def max_value(item: Item) -> Decimal:
    """The amount by which a line is recognised."""
    return next((item.values[kind] for kind in AMOUNT_KINDS if kind in item.values), Decimal(0))


def completeness(table: Sequence[Item]) -> int:
    """How much a print tells."""
    return sum(len(item.values) + 2 * bool(item.hsn) for item in table)


def amount_kind(table: Sequence[Item], pool: Pool) -> Kind:
    """The column with taxable amounts: where quantity times price leads, and whose sum is printed."""

    def support(kind: Kind) -> tuple[int, int, int]:
        values = [item.values[kind] for item in table if kind in item.values]
        products = sum(fits(item, item.values.get(kind)) or taxed_beside(item, kind) for item in table)
        printed = pool.head(paise(sum(values, Decimal(0))), Head.TAXABLE) >= 0.5
        return len(values), products + len(table) * printed, -AMOUNT_KINDS.index(kind)

    return max(AMOUNT_KINDS, key=support)


def settle(table: Sequence[Item], kind: Kind, pool: Pool) -> None:
    """Put right the one misread digit without which the amounts lead to the printed taxable value."""
    read = [item for item in table if kind in item.values]
    whole = sum((item.values[kind] for item in read), Decimal(0))
    totals = [Decimal(total) / 100 for total in pool.labelled(Head.TAXABLE, SURE)]
    if whole in totals:
        return
    meant = [
        (item, item.values[kind] + total - whole)
        for total in totals
        for item in read
        if one_digit_off(item.values[kind], item.values[kind] + total - whole)
        and not fits(item, item.values[kind])
    ]
    proven = [(item, amount) for item, amount in meant if fits(item, amount)] or meant
    if len(proven) == 1:
        item, amount = proven[0]
        item.values[kind] = amount
        item.repaired.add(kind)


def taxed_beside(item: Item, kind: Kind) -> bool:
    """Whether another amount of the line is this one with tax at a lawful rate."""
    amount = item.values.get(kind)
    others = [item.values[other] for other in AMOUNT_KINDS if other is not kind and other in item.values]
    return bool(amount) and any(
        lawful_rate(paise(amount), paise(other - amount)) is not None
        for other in others
        if amount and other > amount
    )


def fits(item: Item, amount: Decimal | None) -> bool:
    """Whether quantity x price, less a discount, is the amount."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if not (quantity and price and amount):
        return False
    return any(close(value, amount) for value in discounted(quantity * price, item.values.get(Kind.DISCOUNT)))


def discounted(gross: Decimal, discount: Decimal | None) -> Iterable[Decimal]:
    """What may be left of a gross amount: nothing off, a percentage off, or rupees off."""
    yield gross
    if discount:
        yield gross * (1 - discount / 100)
        yield gross - discount


def close(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by no more than rounding of a price."""
    return abs(one - other) <= max(Decimal("0.06"), abs(other) / 2000)


def line_of(item: Item, kind: Kind, rates: dict[str, Decimal], common: str | None) -> Line:
    """The line with its cells put right where arithmetic allows one reading only."""
    amount = untaxed(item, whole(item, item.values.get(kind)))
    quantity, price = (value if value or amount == 0 else None for value in mended(item, amount))
    return Line(
        description=" ".join(" ".join(item.words).split()) or None,
        hsn_sac=item.hsn or common,
        quantity=quantity,
        unit=item.unit,
        unit_price=price,
        discount=discount_of(item, amount),
        taxable_value=amount,
        gst_rate=rate_of(item, amount, rates),
        total=item.values.get(Kind.TOTAL) if kind is not Kind.TOTAL else None,
    )


def discount_of(item: Item, amount: Decimal | None) -> Decimal | None:
    """The discount in rupees, where the column may hold per cent."""
    printed = item.values.get(Kind.DISCOUNT)
    gross = item.values.get(Kind.QUANTITY, Decimal(0)) * item.values.get(Kind.PRICE, Decimal(0))
    if printed and amount and close(gross * (1 - printed / 100), amount):
        return (gross - amount).quantize(CENT)
    return printed


def untaxed(item: Item, amount: Decimal | None) -> Decimal | None:
    """The amount without its taxes where the column holds both, as price plus taxes tells."""
    taxes = sum((item.values.get(kind, Decimal(0)) for kind in (Kind.CGST, Kind.SGST, Kind.IGST)), Decimal(0))
    price = item.values.get(Kind.PRICE)
    if not amount or not price or fits(item, amount):
        return amount
    net = price * item.values.get(Kind.QUANTITY, Decimal(1))
    if taxes and close(amount - taxes, net):
        return amount - taxes
    with_tax = Kind.QUANTITY in item.values and any(
        close(net * (100 + rate) / 100, amount) for rate in LAWFUL_RATES
    )
    return net.quantize(CENT) if with_tax and Kind.DISCOUNT not in item.values else amount


def whole(item: Item, amount: Decimal | None) -> Decimal | None:
    """The amount with a digit that was cut off at an end, if quantity x price has all the others."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if not quantity and price and amount and agrees(price, amount):
        quantity = Decimal(1)
    if not (quantity and price and amount) or (fits(item, amount) and amount.as_tuple().exponent == -2):
        return amount
    product = str((quantity * price).quantize(CENT))
    printed = str(amount)
    cut = product.startswith(printed) or (product.endswith(printed) and len(printed) >= 6)
    return Decimal(product) if cut and len(printed) >= len(product) - 2 else amount


def mended(item: Item, amount: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Quantity and price; one not read, or one digit off, follows from the amount and the other."""
    quantity, price = item.values.get(Kind.QUANTITY), item.values.get(Kind.PRICE)
    if not amount or amount < 0 or fits(item, amount):
        return quantity, price
    numbers = {abs(value) for value in row_numbers(item)}
    if off := item.values.get(Kind.DISCOUNT):
        counts = {n for n in numbers if price and any(close(v, amount) for v in discounted(n * price, off))}
        return (counts.pop() if len(counts) == 1 and quantity is None else quantity), price
    if price:
        count = min((n for n in numbers if n != amount and close(n * price, amount)), default=amount / price)
        if count in numbers or (is_count(count) and (not quantity or one_digit_off(quantity, count))):
            return next((n for n in numbers if n == count), Decimal(int(count))), price
    if quantity:
        each = (amount / quantity).quantize(CENT)
        if each in numbers or (close(each * quantity, amount) and price and one_digit_off(price, each)):
            return quantity, each
    return quantity, price


def row_numbers(item: Item) -> list[Decimal]:
    """All numbers of the item's main line."""
    return [figure.value for cell in item.row.cells for figure in figures(cell.text)]


def is_count(value: Decimal) -> bool:
    """Whether a quotient is a whole number of pieces."""
    return value == value.to_integral_value() and 0 < value < 10**6


def rate_of(item: Item, amount: Decimal | None, rates: dict[str, Decimal]) -> Decimal | None:
    """GST in percent: printed on the line, following from its tax, or in the summary by HSN."""
    heads = [item.values[kind] for kind in (Kind.CGST_RATE, Kind.SGST_RATE) if kind in item.values]
    central = heads[0] * 2 if len(heads) == 2 and heads[0] == heads[1] else None
    from_tax = rate_from_tax(item, amount)
    integrated = item.values.get(Kind.IGST_RATE) or (item.values.get(Kind.IGST) if from_tax is None else None)
    printed = [
        r
        for r in (
            item.values.get(Kind.TAX_RATE),
            integrated or None,
            central or None,
            from_tax,
            2 * max(heads) or None if heads else None,
            integrated,
            central,
        )
        if r is not None
    ]
    lawful = [rate for rate in printed if rate in LAWFUL_RATES or rate == 0]
    if lawful:
        return lawful[0]
    return rates.get(item.hsn or "")


def rate_from_tax(item: Item, amount: Decimal | None) -> Decimal | None:
    """The lawful rate that leads from the amount to the line's tax."""
    tax = item.values.get(Kind.IGST) or (item.values.get(Kind.CGST, Decimal(0)) * 2)
    if not amount or not tax:
        return None
    return next(
        (
            rate
            for rate in LAWFUL_RATES
            if abs(amount * rate / 100 - tax) <= max(Decimal("0.03"), amount / 5000)
        ),
        None,
    )


def summary_rates(sheets: Sequence[Sheet]) -> dict[str, Decimal]:
    """Rates by HSN code from the tax summary: one percentage is IGST, two equal ones are CGST and SGST."""
    rates: dict[str, Decimal] = {}
    for sheet in sheets:
        for row in sheet.rows:
            found = pieces(row)
            codes = [p.text for p in found[:2] if re.fullmatch(r"\d{4,8}", p.text)]
            if codes and len(found) <= MOST_SUMMED:
                rate = printed_rate(found) or rate_of_amounts(found)
                rates |= {codes[0]: rate} if rate is not None and codes[0] not in rates else {}
    return rates


def printed_rate(found: Sequence[Piece]) -> Decimal | None:
    """The rate that the percentages of a line make up."""
    percents = [Decimal(p.text) for p in found if p.percent and re.fullmatch(r"\d{1,2}(?:\.\d+)?", p.text)]
    total = sum(percents[:2], Decimal(0)) if len(percents) > 1 else percents[0] if percents else None
    return total if total in LAWFUL_RATES else None


def rate_of_amounts(found: Sequence[Piece]) -> Decimal | None:
    """The rate that leads from the first amount of a line to its last, which is the whole tax."""
    amounts = [p.value for p in found if re.search(r"[.,]\d{2}$", p.text)]
    if len(amounts) < 2 or not amounts[0] or not amounts[-1]:
        return None
    return next((r for r in LAWFUL_RATES if abs(amounts[0] * r / 100 - amounts[-1]) <= PENNIES), None)


def common_hsn(sheets: Sequence[Sheet]) -> str | None:
    """The only code printed under an HSN or SAC label outside the lines."""
    codes = {
        str(code)
        for sheet in sheets
        for label in labels(sheet, HSN_LABELS)
        for cell in (*(cell for cell, _, _ in values_of(label, sheet)), *sheet.right_of(label.cell))
        for code in re.findall(r"(?<![\d.,])(?:\d{8}|\d{6}|\d{4})(?![\d.,])", cell.text)
        if is_code(code)
    }
    return codes.pop() if len(codes) == 1 else None
