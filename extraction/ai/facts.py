"""From a model's prints to typed values, each with its place on the page if it stands there."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extraction.ai import support
from extraction.ai.answer import Answer, Printed
from extraction.layout import Cell, Sheet
from extraction.numbers import amount, dates
from extraction.reading import Box
from gst import gstin, irn, states

Parse = Callable[[str], Any]
Find = Callable[[Any, Sequence[Sheet]], Cell | None]
THOUSANDTHS = 1000
YES, NO = re.compile(r"^\W*y(?:es)?\b", re.IGNORECASE), re.compile(r"^\W*no?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a model: ``cell`` is where it stands, None when it stands nowhere."""

    value: Any
    printed: str
    cell: Cell | None
    page: int | None
    box: Box | None

    @property
    def is_supported(self) -> bool:
        """Whether the value stands on a page."""
        return self.cell is not None


def day(text: str) -> object:
    """The date of a text, day before month."""
    return next((found for found, _, _ in dates(text)), None)


def money(text: str) -> Decimal | None:
    """The amount of a text."""
    return amount(text)


def state(text: str) -> str | None:
    """The code of the State that a text names."""
    found = states.find(text)
    return found.code if found else None


def yes_or_no(text: str) -> bool | None:
    """The answer that a text gives."""
    return True if YES.match(text) else False if NO.match(text) else None


def whole_irn(text: str) -> str | None:
    """A complete IRN."""
    compact = support.compact_hex(text)
    return compact if irn.is_irn(compact) else None


def plain(text: str) -> str:
    """A text without blanks at its ends and runs of them inside."""
    return " ".join(text.split())


def charge_cell(_value: object, sheets: Sequence[Sheet]) -> Cell | None:
    """Where reverse charge is spoken of."""
    return support.text_cell("reverse charge", sheets)


AMOUNT = (money, support.money_cell)
FIELDS: Mapping[str, tuple[str, Parse, Find]] = {
    "invoice_number": ("number", plain, support.text_cell),
    "invoice_date": ("date", day, support.date_cell),
    "vendor_name": ("vendor.name", plain, support.name_cell),
    "vendor_gstin": ("vendor.gstin", gstin.normal, support.gstin_cell),
    "buyer_name": ("buyer.name", plain, support.name_cell),
    "buyer_gstin": ("buyer.gstin", gstin.normal, support.gstin_cell),
    "irn": ("irn", whole_irn, support.irn_cell),
    "place_of_supply": ("place_of_supply", state, support.state_cell),
    "reverse_charge": ("reverse_charge", yes_or_no, charge_cell),
    "taxable_value": ("totals.taxable_value", *AMOUNT),
    "cgst": ("totals.taxes.cgst", *AMOUNT),
    "sgst": ("totals.taxes.sgst", *AMOUNT),
    "igst": ("totals.taxes.igst", *AMOUNT),
    "cess": ("totals.taxes.cess", *AMOUNT),
    "other_charges": ("totals.other_charges", *AMOUNT),
    "tcs": ("totals.tcs", *AMOUNT),
    "round_off": ("totals.round_off", *AMOUNT),
    "grand_total": ("totals.grand_total", *AMOUNT),
}
"""Keys of a reading: the path in the answer, how its print is understood, and where it is looked for."""


def facts(answer: Answer, sheets: Sequence[Sheet]) -> dict[str, Fact]:
    """The model's values by the keys of a reading; prints that mean no value are left out."""
    return dict(found(answer, sheets))


def found(answer: Answer, sheets: Sequence[Sheet]) -> Iterator[tuple[str, Fact]]:
    """Each value that the model gave."""
    for name, (path, parse, find) in FIELDS.items():
        printed = answer.values.get(path)
        value = parse(printed.text) if printed else None
        if printed is not None and value is not None and value != "":
            cell = find(value, sheets)
            page = cell.page if cell else printed.page
            yield name, Fact(value, plain(printed.text), cell, page, cell.box if cell else box_of(printed))


def box_of(printed: Printed) -> Box | None:
    """The place that the model gives, where it is one."""
    box = printed.box
    if not box or len(box) != 4 or not all(0 <= edge <= THOUSANDTHS for edge in box):
        return None
    top, left, bottom, right = (edge / THOUSANDTHS for edge in box)
    return Box(left=left, top=top, right=right, bottom=bottom) if left < right and top < bottom else None
