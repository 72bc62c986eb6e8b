"""Why the cells of a line are believed: by their own print, by their product, by the sum of the lines."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from extraction.fields.columns import HEADS, Kind
from extraction.fields.lines import Item
from extraction.layout import Cell
from extraction.solve.choice import Choice
from gst.invoice import Line

REASONS = {
    "proved": "quantity x price is the amount, and the amounts add up to the taxable value",
    "sums": "the amounts add up to the taxable value",
    "product": "quantity x price is the amount",
    "taxed": "the tax on the line leads to it",
    "label": "read in its column",
    "common": "printed outside the lines, for all of them",
    "computed": "not read; follows from other cells of the line",
    "footer": "follows from the taxes of the whole invoice",
}
GRADES = (0.8, 0.9, 0.97)
"""Certainties of the OCR engine at which evidence is told apart."""

Choices = Mapping[str, Choice[Any]]


def choices_of(item: Item, line: Line, kind: Kind, *, product: bool, summed: bool) -> dict[str, Choice[Any]]:
    """The evidence for each cell of a line by the names of :class:`gst.invoice.Line`.

    ``kind`` is the column with its taxable amount; ``product``: whether quantity x price is that amount;
    ``summed``: whether the amounts of all lines add up to the printed taxable value.
    """
    printed = {Kind.QUANTITY: line.quantity, Kind.PRICE: line.unit_price, kind: line.taxable_value}
    independent = product and all(is_printed(item, *entry) for entry in printed.items())
    proof = ("proved" if summed else "product") if independent else ""
    found = {
        "description": cell(item, Kind.DESCRIPTION, line.description, "label"),
        "hsn_sac": cell(item, Kind.HSN, line.hsn_sac, "label" if Kind.HSN in item.cells else "common"),
        "quantity": figure(item, Kind.QUANTITY, line.quantity, proof),
        "unit": cell(item, Kind.QUANTITY, line.unit, "label"),
        "unit_price": figure(item, Kind.PRICE, line.unit_price, proof),
        "discount": cell(item, Kind.DISCOUNT, line.discount, proof or "label"),
        "taxable_value": figure(item, kind, line.taxable_value, proof or ("sums" if summed else "")),
        "gst_rate": rate(item, line.gst_rate),
    }
    return {name: choice for name, choice in found.items() if choice.value is not None}


def is_printed(item: Item, kind: Kind, value: Decimal | None) -> bool:
    """Whether a figure was read as it is given; a product of what follows from it would prove nothing."""
    return item.values.get(kind) == value and kind not in item.repaired


def figure(item: Item, kind: Kind, value: Decimal | None, proof: str) -> Choice[Any]:
    """A figure as printed, as put right, or as it follows from the others."""
    printed = is_printed(item, kind, value)
    repaired = kind in item.values and not printed
    return cell(item, kind, value, proof or ("label" if printed else "computed"), repaired=repaired)


def rate(item: Item, value: Decimal | None) -> Choice[Any]:
    """The rate as printed on the line, or as the line's tax gives it."""
    place = next((kind for kind in rate_columns(item, value)), None)
    if place is None:
        return Choice(value, "taxed", REASONS["taxed"])
    return cell(item, place, value, "label")


def rate_columns(item: Item, value: Decimal | None) -> Iterator[Kind]:
    """Columns that print the rate, whole or by half."""
    for kind in (Kind.TAX_RATE, *HEADS.values()):
        printed = item.values.get(kind)
        if value is not None and printed in (value, value / 2):
            yield kind


def cell(item: Item, kind: Kind, value: object, proof: str, *, repaired: bool = False) -> Choice[Any]:
    """A cell with where it stands and how clearly it was read."""
    place: Cell | None = item.cells.get(kind)
    sure = place.confidence if place else 1.0
    strength = (sum(sure >= grade for grade in GRADES)) / len(GRADES)
    return Choice(value, proof, REASONS[proof], place, strength=strength, repaired=repaired)


def with_rate(choices: Choices, line: Line) -> Choices:
    """The evidence of a line that the footer gave its rate."""
    known = choices.get("gst_rate")
    if line.gst_rate is None or (known and known.value == line.gst_rate):
        return choices
    return {**choices, "gst_rate": Choice(line.gst_rate, "footer", REASONS["footer"])}
