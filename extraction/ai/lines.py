"""The items of a bill: those of the reader whose lines add up, whole, never a mixture of two tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from extraction.ai.facts import money
from extraction.ai.support import amount_cell, cells, text_cell
from extraction.fields.line_words import is_code
from extraction.labels import fold
from extraction.layout import Sheet
from gst.invoice import Line

NEAR = Decimal(1)
"""Rupees by which lines may miss the taxable value: head-wise rounding."""
PENNY = Decimal("0.02")
ENOUGH_WORDS = 0.7
"""Share of a description's words that must stand on the page."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines chosen; ``by_model``: they are the model's, ``proved``: they add up to the taxable value."""

    lines: tuple[Line, ...]
    by_model: bool
    proved: bool


def choose(ours: tuple[Line, ...], theirs: tuple[Line, ...], taxable: Decimal | None) -> Lines:
    """The lines that add up to the taxable value; ours, the offline reader's, where neither or both do."""
    if adds_up(ours, taxable):
        return Lines(filled(ours, theirs), by_model=False, proved=True)
    if adds_up(theirs, taxable):
        return Lines(theirs, by_model=True, proved=True)
    if not ours and theirs:
        kept = tuple(line for line in theirs if line.taxable_value is not None)
        return Lines(kept, by_model=bool(kept), proved=False)
    return Lines(ours, by_model=False, proved=False)


def adds_up(lines: Sequence[Line], taxable: Decimal | None) -> bool:
    """Whether the lines are known in full and sum to the taxable value."""
    amounts = [line.taxable_value for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return (
        bool(known)
        and taxable is not None
        and len(known) == len(amounts)
        and abs(sum(known) - taxable) <= NEAR
    )


def line_of(said: Mapping[str, str], sheets: Sequence[Sheet]) -> Line:
    """A line of the model, without what stands nowhere on the page."""
    quantity, price = figure(said, "quantity", sheets), figure(said, "unit_price", sheets)
    amount = figure(said, "taxable_value", sheets)
    stated = money(said.get("taxable_value", ""))
    if amount is None and stated and quantity and price and abs(quantity * price - stated) <= PENNY:
        amount = stated  # misread on the page, but quantity x price proves it
    return Line(
        description=description(said.get("description", ""), sheets),
        hsn_sac=code(said.get("hsn_sac", ""), sheets),
        quantity=quantity,
        unit=unit if (unit := said.get("unit")) and text_cell(unit, sheets) else None,
        unit_price=price,
        discount=figure(said, "discount", sheets),
        taxable_value=amount,
        gst_rate=figure(said, "gst_rate", sheets),
        total=figure(said, "total", sheets),
    )


def figure(said: Mapping[str, str], name: str, sheets: Sequence[Sheet]) -> Decimal | None:
    """A number that stands on the page."""
    value = money(said.get(name, ""))
    return value if value is not None and amount_cell(value, sheets) else None


def code(text: str, sheets: Sequence[Sheet]) -> str | None:
    """An HSN or SAC that exists and stands on the page."""
    digits = re.sub(r"\D", "", text)
    return digits if digits and is_code(digits) and text_cell(digits, sheets) else None


def description(text: str, sheets: Sequence[Sheet]) -> str | None:
    """A description of which most words stand on the page, wherever it wraps."""
    wanted = [word for part in text.split() if (word := fold(part))]
    page = "".join(fold(cell.text) for cell in cells(sheets))
    found = sum(word in page for word in wanted)
    return " ".join(text.split()) if wanted and found >= ENOUGH_WORDS * len(wanted) else None


def filled(ours: tuple[Line, ...], theirs: tuple[Line, ...]) -> tuple[Line, ...]:
    """Our lines, with cells that we could not read from the model's line of the same amount."""
    if [line.taxable_value for line in ours] != [line.taxable_value for line in theirs]:
        return ours
    return tuple(completed(one, other) for one, other in zip(ours, theirs, strict=True))


def completed(one: Line, other: Line) -> Line:
    """A line with its empty cells filled; quantity and price only where their product is the amount."""
    missing = {f.name: getattr(other, f.name) for f in fields(Line) if getattr(one, f.name) is None}
    line = replace(one, **missing)
    if missing.keys() & {"quantity", "unit_price"} and not multiplies(line):
        return replace(line, quantity=one.quantity, unit_price=one.unit_price)
    return line


def multiplies(line: Line) -> bool:
    """Whether quantity x price is the amount."""
    if line.quantity is None or line.unit_price is None or line.taxable_value is None:
        return False
    return abs(line.quantity * line.unit_price - line.taxable_value) <= PENNY
