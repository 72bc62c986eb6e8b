"""Amounts of the footer: what each printed amount may be, by the label it stands beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from extraction.labels import Label, Vocabulary, label_in
from extraction.layout import Cell, Row, Sheet
from extraction.numbers import Figure, figures
from gst.words import parse as amount_in_words


class Head(StrEnum):
    """What an amount of the footer is."""

    GRAND_TOTAL = "grand_total"
    TAXABLE = "taxable_value"
    CGST = "cgst"
    SGST = "sgst"
    IGST = "igst"
    CESS = "cess"
    ROUND_OFF = "round_off"
    TCS = "tcs"
    CHARGE = "other_charges"
    TAX_TOTAL = "tax_total"
    OTHER = "other"  # balances, advances, discounts: nothing of these is a total


HEADS: dict[Head, Vocabulary] = {
    Head.GRAND_TOTAL: (
        ("Grand Total", 1.0), ("Total Invoice Value", 1.0), ("Total Invoice Amount", 1.0),
        ("Invoice Total", 1.0), ("Net Payable", 0.95), ("Total Amount After Tax", 1.0),
        ("Total After Tax", 1.0), ("Amount Payable", 0.9), ("Invoice Value", 0.9), ("Invoice Amt", 0.9),
        ("Invoice Amount", 0.9), ("Bill Amount", 0.9), ("Net Amount Payable", 1.0),
        ("Total Amount Payable", 1.0), ("Total Payable", 0.9), ("Net Total", 0.7),
        ("Total Bill Amount", 1.0), ("Total Bill Value", 1.0), ("Bill Total", 0.9), ("G. Total", 0.9),
        ("Net Amount", 0.55), ("Total Due", 0.7), ("Amount Due", 0.7), ("Total (INR)", 0.8),
        ("Total Value", 0.5), ("Total Amount", 0.6), ("Total", 0.5), ("Round Off Amount", 0.4),
        ("Total Rs", 0.7), ("Gross Total", 0.5), ("Net Bill", 0.7), ("Final Amount", 0.8), ("Amount", 0.2),
        ("Rounded Total", 0.9), ("Total Inv. Value", 1.0), ("Invoice Net", 0.7), ("Net Value", 0.5),
        ("Value of Invoice", 0.9), ("Fare", 0.2), ("Total Charges", 0.6), ("Amount in Figure", 0.7),
        ("Gross Amount", 0.4), ("Bill Amt", 0.9), ("Inv Amt", 0.9), ("Net Amt", 0.55), ("Total Amt", 0.6),
        ("Payable Amt", 0.9), ("Payable", 0.6), ("Net Bill Amt", 1.0), ("Total Inv Amt", 1.0),
        ("Bill Value", 0.9), ("Amount After Tax", 1.0), ("Amount with GST", 0.9), ("Current Charges", 0.6),
        ("Balance Due", 0.6), ("Amount to be Paid", 0.8), ("To Pay", 0.5), ("Amount Receivable", 0.6),
        ("Rounded Amount", 0.6), ("Net Rs", 0.6), ("Amount Inclusive of Tax", 0.9), ("Credit Amount", 0.6),
        ("Credit Note Value", 0.9), ("Sale", 0.2), ("Fee", 0.2), ("Toll Fee", 0.4),
        ("Payable Before Due Date", 0.9), ("Payable By Due Date", 0.9), ("Payable Within Due Date", 0.9),
        ("Net to Pay", 0.9),
    ),
    Head.TAXABLE: (
        ("Taxable Value", 1.0), ("Taxable Amount", 1.0), ("Taxable Amt", 1.0), ("Total Taxable", 1.0),
        ("Sub Total", 0.9), ("Total Amount Before Tax", 1.0), ("Total Before Tax", 1.0),
        ("Amount Before Tax", 1.0), ("Assessable Value", 0.9), ("Basic Amount", 0.9), ("Basic Value", 0.9),
        ("Total Basic", 0.9), ("Net Amount", 0.5), ("Net Value", 0.5), ("Gross Amount", 0.5),
        ("Total Amount", 0.4), ("Total", 0.35), ("Value of Supply", 0.7), ("Ass. Value", 0.8),
        ("Total Value", 0.5), ("Taxable", 0.8), ("Net Taxable", 1.0), ("Service Charges", 0.3),
        ("Net Total", 0.4), ("Net Amt", 0.5), ("Gross Amt", 0.5), ("Total Amt", 0.4),
        ("Value of Goods", 0.8), ("Total Value of Goods", 0.9), ("Total Excl. GST", 0.9), ("Base Value", 0.8),
        ("Amount Excl. Tax", 0.9), ("Total Ex. Tax", 0.8), ("Base Amount", 0.8), ("Value Before GST", 0.9),
        ("Amount Before GST", 0.9), ("Goods Value", 0.8), ("Gross Value", 0.5), ("Amount without GST", 0.9),
        ("Net Sales", 0.6), ("Items Total", 0.6), ("Product Value", 0.7), ("Material Value", 0.7),
        ("Charges Before Tax", 0.9),
    ),
    Head.CGST: (("CGST", 1.0), ("Central Tax", 1.0), ("Central GST", 1.0), ("C GST", 0.8)),
    Head.SGST: (
        ("SGST", 1.0), ("UTGST", 1.0), ("State Tax", 1.0), ("State GST", 1.0), ("SGST/UTGST", 1.0),
        ("S GST", 0.8),
    ),
    Head.IGST: (("IGST", 1.0), ("Integrated Tax", 1.0), ("Integrated GST", 1.0), ("I GST", 0.8)),
    Head.CESS: (("Cess", 1.0), ("Compensation Cess", 1.0), ("GST Cess", 1.0)),
    Head.ROUND_OFF: (
        ("Round Off", 1.0), ("Rounding Off", 1.0), ("Rounded Off", 1.0), ("Rounding", 1.0), ("R/Off", 1.0),
        ("R.Off", 1.0), ("Round", 0.8), ("Short & Excess", 1.0), ("Roundoff", 1.0),
        ("Fraction Amount", 0.8), ("Rnd Off", 1.0), ("Less/Add Round", 1.0), ("Adjustment", 0.4),
    ),
    Head.TCS: (("TCS", 1.0), ("Tax Collected at Source", 1.0)),
    Head.CHARGE: (
        ("Freight", 0.8), ("Packing", 0.8), ("Forwarding", 0.8), ("Insurance", 0.8), ("Transport", 0.6),
        ("Handling", 0.8), ("Service Charge", 0.8), ("Loading", 0.8), ("Courier", 0.8),
        ("Other Charges", 0.9), ("Delivery Charges", 0.9), ("Reimbursement", 0.8), ("Pure Agent", 0.8),
        ("Airport Charges", 0.8), ("Non Taxable", 0.8), ("Exempt", 0.7), ("Tip", 0.4), ("Cartage", 0.8),
        ("Toll", 0.6), ("Additional Charges", 0.8),
    ),
    Head.TAX_TOTAL: (
        ("Total Tax", 1.0), ("Total GST", 1.0), ("GST Amount", 0.9), ("Tax Amount", 0.9),
        ("Total Tax Amount", 1.0), ("Tax Total", 1.0), ("Tax Value", 0.8), ("Total Tax Amt", 1.0),
    ),
    Head.OTHER: (
        ("Previous Balance", 1.0), ("Current Balance", 1.0), ("Opening Balance", 1.0),
        ("Closing Balance", 1.0), ("Advance", 0.8), ("Discount", 0.8), ("Balance", 0.7), ("Received", 0.5),
        ("Ledger Balance", 1.0), ("Change", 0.4), ("Paid", 0.4), ("MRP", 0.5), ("TDS", 1.0),
        ("Retention", 1.0), ("Outstanding", 0.9), ("Opening Bal", 1.0), ("Closing Bal", 1.0),
        ("Arrears", 0.9),
        ("Security Deposit", 0.8), ("Old Balance", 1.0), ("Previous Dues", 1.0), ("Net Receivable", 0.8),
        ("Payable After Due Date", 1.0), ("After Due Date", 1.0), ("Payment Made", 1.0),
    ),
}  # fmt: skip
LARGEST_ROUNDING = Decimal(99)
"""Rupees above which what is labelled ``Round Off`` is the rounded total; less has lost its point."""
NOT_LAST = 0.6
"""Of several figures behind one label, as in a line of column totals, the last one is most often meant."""
LEAST_TITLES = 3
UNDER = 0.4
"""How much of an amount or its title must stand under the other."""
ITEM_TITLE = re.compile(r"\bhsn|\bsac\b|descri|particular|\bqty|quantity", re.IGNORECASE)
OWN_HEAD = 0.8
ADDED = 0.8
"""How surely amounts of one head add up to that tax."""
FOOTER_AMOUNTS = 4
"""A line with more amounts is one of a table."""
TAXES = (Head.CGST, Head.SGST, Head.IGST)
TAX_HEADS = frozenset({*TAXES, Head.CESS})
NARROW = frozenset({Head.CGST, Head.SGST, Head.IGST, Head.CESS, Head.TCS, Head.ROUND_OFF})
WORDS_HINT = re.compile(r"rupee|lakh|lac\b|thousand|hundred|crore|paise|\bonly", re.IGNORECASE)
TAX_WORDS = re.compile(r"tax\s*amount|total\s*tax|gst\s*(?:amount|amt)|tax\s*\(", re.IGNORECASE)
WORDS_LABEL = re.compile(
    r"^.*?(?:words?\)?|words?\s*\W)[\s:\-=.)]*|^\W*(?:total|amount|rs|inr|rupees)\W+", re.IGNORECASE
)


Titles = dict[Cell, list[tuple[Head, Label]]]
"""Cells of a line that name amounts, with their labels."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as printed, with the heads that labels on its line give it and how surely."""

    value: Decimal
    cell: Cell
    decimals: int
    heads: dict[Head, float]
    label: str
    headed: bool = False  # the label stands over the amount, in a line of titles


@dataclass(frozen=True, slots=True)
class Spelled:
    """An amount in words; ``of_tax`` when the words are those of the tax, ``text`` over all its lines."""

    value: Decimal
    text: str
    cell: Cell
    of_tax: bool

    @property
    def is_whole(self) -> bool:
        """Whether the words come to their end, ``only``, and do not break off."""
        return self.text.rstrip(" .)*/-").casefold().endswith("only")


def money_on(sheet: Sheet) -> Iterator[Money]:
    """Every amount of a page: figures with paise, and whole figures beside a label of the footer."""
    for row, titles in titled(sheet):
        money = list(money_in(row, titles))
        for place, printed in enumerate(money):
            last = place + 1 == len(money) or money[place + 1].label != printed.label
            heads = {
                head: score * (1.0 if last or head in NARROW else NOT_LAST)
                for head, score in printed.heads.items()
            }
            yield replace(printed, heads=heads)


def tax_runs(sheet: Sheet) -> Iterator[tuple[Head, tuple[Money, ...]]]:
    """Lines of a footer that print one tax head rate by rate."""
    rows = [list(money_in(row, titles)) for row, titles in titled(sheet)]
    yield from side_by_side(rows)
    for head in TAXES:
        run: list[Money] = []
        for row in (*(row for row in rows if row), []):
            own = [m for m in row if m.heads.get(head, 0.0) >= OWN_HEAD and m.decimals == 2]
            if own and len(row) <= FOOTER_AMOUNTS:
                run.append(own[-1])
            elif not any(m.heads.keys() & TAX_HEADS for m in row):
                if len(run) > 1:
                    yield head, tuple(run)
                run = []


def side_by_side(rows: Sequence[Sequence[Money]]) -> Iterator[tuple[Head, tuple[Money, ...]]]:
    """Columns of one line that print one tax head rate by rate."""
    for row in rows:
        for head in TAXES:
            own = tuple(m for m in row if m.headed and m.heads.get(head, 0.0) >= OWN_HEAD)
            if len(own) > 1:
                yield head, own


def added(head: Head, run: Sequence[Money]) -> Money:
    """The sum of some amounts as an amount of the same head."""
    value = sum((m.value for m in run), Decimal(0))
    return replace(
        run[0], value=value, heads={head: ADDED}, label=f"{len(run)} lines of {head.value.upper()}"
    )


def titled(sheet: Sheet) -> Iterator[tuple[Row, Titles]]:
    """Each line with the titles over it, or under it where it holds nothing but figures."""
    titles = [titles_in(row) for row in sheet.rows]
    for at, row in enumerate(sheet.rows):
        over = titles[at - 1] if at else {}
        under = titles[at + 1] if at + 1 < len(titles) else {}
        yield row, over or (under if is_captioned(sheet.rows, at, under) else {})


def is_captioned(rows: Sequence[Row], at: int, under: Titles) -> bool:
    """Whether a line of bare amounts stands over their titles, and no other amounts stand under these."""
    below = rows[at + 2].cells if at + 2 < len(rows) else ()
    cells = rows[at].cells
    return (
        len(cells) >= LEAST_TITLES
        and all(holds_amount(cell) and any(t.overlap(cell) > UNDER for t in under) for cell in cells)
        and not any(holds_amount(cell) for cell in below)
    )


def holds_amount(cell: Cell) -> bool:
    """Whether a cell holds an amount with paise."""
    return any(figure.looks_like_money for figure in figures(cell.text))


def money_in(row: Row, titles: Titles) -> Iterator[Money]:
    """Amounts of a line with the heads of the label before them, or of the title over or under them."""
    for cell, figure, found in labelled_figures(row):
        title = next((t for t in titles if not found and t.overlap(cell) > UNDER), None)
        heads, label = heads_of(titles[title] if title else found)
        if abs(figure.value) > LARGEST_ROUNDING and Head.ROUND_OFF in heads:
            heads = {Head.GRAND_TOTAL: 0.9 * heads[Head.ROUND_OFF]}
        whole = heads and not figure.percent and figure.value >= 1
        if figure.looks_like_money or whole or (heads and figure.value == 0):
            yield Money(figure.value, cell, figure.decimals, heads, label, headed=title is not None)


def titles_in(row: Row) -> Titles:
    """Cells of a line that names totals over their amounts, with their labels; none on other lines."""
    found = {cell: list(head_labels(cell)) for cell in row.cells}
    if any(map(holds_amount, row.cells)):
        return {}
    named = {cell: labels for cell, labels in found.items() if labels}
    taxed = any(head in TAX_HEADS for labels in named.values() for head, _ in labels)
    return named if len(named) >= LEAST_TITLES and taxed and not names_items(row) else {}


def names_items(row: Row) -> bool:
    """Whether a line heads the table of items."""
    return any(ITEM_TITLE.search(cell.text) for cell in row.cells)


def labelled_figures(row: Row) -> Iterator[tuple[Cell, Figure, list[tuple[Head, Label]]]]:
    """Figures of a line with the labels that stand last before them."""
    current: list[tuple[Head, Label]] = []
    for cell in row.cells:
        here = list(head_labels(cell))
        if here:
            current = here
        for figure in figures(cell.text):
            yield cell.part(figure.start, figure.end), figure, current


def head_labels(cell: Cell) -> Iterator[tuple[Head, Label]]:
    """Footer labels in a cell."""
    for head, vocabulary in HEADS.items():
        label = label_in(cell, vocabulary)
        if label:
            yield head, label


def heads_of(found: list[tuple[Head, Label]]) -> tuple[dict[Head, float], str]:
    """Heads by certainty. Narrow labels win over general ones (``TCS Amount``), longer
    ones over shorter (``Total Tax Amount`` is no ``Total``)."""
    if not found:
        return {}, ""
    longest = max(len(label.word) for _, label in found)
    named = {head for head, label in found if head in NARROW and label.score >= 0.8}
    if Head.TAX_TOTAL in {head for head, label in found if len(label.word) == longest}:
        named = set()
    heads: dict[Head, float] = {}
    for head, label in found:
        if named and head not in named:
            continue
        weaker = len(label.word) < longest and not named
        heads[head] = label.score * (0.4 if weaker else 1.0) / max(1, len(named))
    return heads, found[0][1].cell.text


def spelled_on(sheet: Sheet) -> Iterator[Spelled]:
    """Amounts in words, also where they run over two or three lines."""
    for cell in sheet.cells:
        if not WORDS_HINT.search(cell.text):
            continue
        under = next((below.text for below in sheet.below(cell, 1.6)), "")
        over = next((above.text for above in sheet.above(cell, 1.6)), "")
        texts = [cell.text]
        texts += [f"{cell.text} {under}"] if under else []
        texts += [f"{over} {cell.text}"] if over else []
        texts += [f"{over} {cell.text} {under}"] if over and under else []
        for text in texts:
            value = amount_in_words(text_of_words(text))
            if value:
                beside = next(sheet.left_of(cell), None)
                of_tax = bool(TAX_WORDS.search(text) or (beside and TAX_WORDS.search(beside.text)))
                yield Spelled(value, text, cell, of_tax)


def text_of_words(text: str) -> str:
    """The words behind a label such as ``Amount Chargeable (in words) :``."""
    label = WORDS_LABEL.match(text)
    return text[label.end() :] if label else text
