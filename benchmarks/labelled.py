"""Labelled invoices: what a careful person reads on each paper, and how a reading compares with that.

A folder holds ``documents/<id>.pdf`` and ``labels/<id>.json`` with the keys of a reading's public JSON, plus
``masked`` (fields hidden on the paper) and ``line_items_complete``. Null: not printed or not legible.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

KEY = ("invoice_number", "invoice_date", "vendor_gstin", "buyer_gstin", "grand_total")
MONEY = ("taxable_value", "cgst", "sgst", "igst", "grand_total")
HEADER = ("invoice_number", "invoice_date", "vendor_name", "vendor_gstin", "buyer_gstin", *MONEY)
CELLS = ("hsn_sac", "quantity", "unit_price", "gst_rate", "amount")
NUMERIC = frozenset({*MONEY, "quantity", "unit_price", "gst_rate", "amount"})
TAXES = frozenset({"cgst", "sgst", "igst"})
BILLING = frozenset(
    {"tax_invoice", "credit_note", "debit_note", "bill_of_supply", "receipt", "other_invoice"}
)
SAME_NAME = 0.85


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document with its label."""

    id: str
    path: Path
    label: dict[str, Any]

    @property
    def vendor(self) -> str:
        """Whose papers must not be in two folds: one PAN, else one name."""
        gstin = self.label.get("vendor_gstin")
        return str(gstin)[2:12] if gstin else name_key(self.label.get("vendor_name"))

    @property
    def is_invoice(self) -> bool:
        """Whether the paper bills a supply."""
        return self.label["kind"] in BILLING


def labelled(folder: Path) -> Iterator[Labelled]:
    """The documents of a folder that have a label."""
    for path in sorted((folder / "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        document = next((folder / "documents").glob(f"{path.stem}.*"), None)
        if "kind" in label and document:
            yield Labelled(path.stem, document, label)


def verdict(field: str, label: object, reading: object) -> str | None:
    """``right``, ``wrong``, ``missed`` or ``invented``; None when neither has a value."""
    if not is_empty(field, label):
        if is_empty(field, reading):
            return "missed"
        return "right" if same(field, label, reading) else "wrong"
    return None if is_empty(field, reading) else "invented"


def is_empty(field: str, value: object) -> bool:
    """Whether there is no value; a tax of zero is none."""
    return value in (None, "") or (field in TAXES and number(value) == 0)


def same(field: str, label: object, reading: object) -> bool:
    """Whether two values mean one."""
    if field in NUMERIC:
        a, b = number(label), number(reading)
        return a is not None and b is not None and abs(a - b) <= Decimal("0.011")
    if field == "vendor_name":
        one, other = name_key(label), name_key(reading)
        alike = SequenceMatcher(None, one, other).ratio() >= SAME_NAME
        return bool(one and other) and (one in other or other in one or alike)
    return plain(label) == plain(reading)


def number(value: object) -> Decimal | None:
    """A number in any print."""
    try:
        return None if value in (None, "") else Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None


def plain(value: object) -> str:
    """Letters and digits in capitals."""
    return re.sub(r"[^A-Z0-9]", "", str(value or "").upper())


def name_key(value: object) -> str:
    """A name without its legal form."""
    text = str(value or "").upper().replace("&", " AND ")
    return plain(
        re.sub(r"\b(M/?S|PVT|PRIVATE|LTD|LIMITED|LLP|CO|COMPANY|INC|CORP|CORPORATION)\b\.?", " ", text)
    )


def pairs(
    labels: list[dict[str, Any]], readings: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Lines of label and reading one to one, by how many cells agree."""
    left = list(readings)
    found: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for line in labels:
        best = max(left, key=lambda other: len(agreeing(line, other)), default=None)
        if best is not None and agreeing(line, best):
            left.remove(best)
            found.append((line, best))
        else:
            found.append((line, None))
    return found


def wanted(line: dict[str, Any]) -> list[str]:
    """Cells that a labelled line has."""
    return [cell for cell in CELLS if line.get(cell) is not None]


def agreeing(line: dict[str, Any], other: dict[str, Any] | None) -> list[str]:
    """Cells of a labelled line that a read line has right."""
    return [cell for cell in wanted(line) if other is not None and same(cell, line[cell], other.get(cell))]
