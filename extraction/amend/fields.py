"""The fields of an invoice by their public names: where each stands in :class:`gst.invoice.Invoice`."""

from dataclasses import replace
from typing import Any, TypeVar, cast

from extraction.amend.typed import Value
from gst import states
from gst.invoice import Acknowledgement, BankAccount, DocumentKind, Invoice

PATHS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "invoice_number": ("number",),
    "invoice_date": ("date",),
    "place_of_supply": ("place_of_supply",),
    "reverse_charge": ("reverse_charge",),
    "currency": ("currency",),
    "references": ("references",),
    "irn": ("irn",),
    "acknowledgement_number": ("acknowledgement", "number"),
    "acknowledgement_date": ("acknowledgement", "date"),
    "vendor_name": ("vendor", "name"),
    "vendor_gstin": ("vendor", "gstin"),
    "buyer_name": ("buyer", "name"),
    "buyer_gstin": ("buyer", "gstin"),
    "bank_account": ("bank_account", "number"),
    "bank_ifsc": ("bank_account", "ifsc"),
    "taxable_value": ("totals", "taxable_value"),
    "discount": ("totals", "discount"),
    "cgst": ("totals", "taxes", "cgst"),
    "sgst": ("totals", "taxes", "sgst"),
    "igst": ("totals", "taxes", "igst"),
    "cess": ("totals", "taxes", "cess"),
    "other_charges": ("totals", "other_charges"),
    "tcs": ("totals", "tcs"),
    "round_off": ("totals", "round_off"),
    "grand_total": ("totals", "grand_total"),
    "amount_in_words": ("totals", "amount_in_words"),
}
Record = TypeVar("Record")

UNSAID = {"kind": DocumentKind.NOT_INVOICE, "currency": "INR", "references": ()}
"""What an emptied field holds where the vocabulary knows no None."""
EMPTY = {"bank_account": BankAccount(), "acknowledgement": Acknowledgement()}
"""The parts of an invoice that may be missing as a whole."""


def value_of(invoice: Invoice, field: str) -> Value:
    """What the invoice says in a field."""
    found: Any = invoice
    for name in PATHS[field]:
        found = getattr(found, name) if found is not None else None
    value: Value = None if found == () else found
    return value


def with_value(invoice: Invoice, field: str, value: Value) -> Invoice:
    """The invoice with another value in a field; a party's State follows its GSTIN."""
    changed = _replaced(invoice, PATHS[field], UNSAID.get(field) if value is None else value)
    if field in ("vendor_gstin", "buyer_gstin"):
        code = str(value)[:2] if value else ""
        home = code if states.get(code) else None
        changed = _replaced(changed, (field.removesuffix("_gstin"), "state_code"), home)
    return changed


def _replaced(record: Record, path: tuple[str, ...], value: object) -> Record:
    name, *rest = path
    if rest:
        inner = getattr(record, name) or EMPTY[name]
        value = _replaced(inner, tuple(rest), value)
    changed: Record = replace(cast("Any", record), **{name: value})
    return changed
