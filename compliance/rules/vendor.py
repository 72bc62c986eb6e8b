"""The vendor's registration as the GST portal knows it, judged at the invoice's date."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from compliance.catalogue import finding
from compliance.context import Context, Registration
from compliance.findings import Finding
from gst.invoice import DocumentKind, Invoice
from gst.money import grouped

ALIKE = 0.6
"""Likeness of two names, 0 to 1, from which they may be one name with a misread letter or a short form."""

_LEGAL_FORM = re.compile(
    r"\b(?:m/?s|messrs|pvt|private|ltd|limited|llp|co|company|inc|corp|corporation|the|and|india|of|p)\b|[^a-z0-9]+"
)

_COMMON_WORDS = frozenset(
    {"enterprise", "enterprises", "industry", "industries", "traders", "trading", "services", "solutions"}
    | {"engineering", "engineers", "technologies", "international", "sons", "brothers", "agency", "agencies"}
    | {"store", "stores", "works", "products", "systems"}
)
"""Words that many names share: alone they make no two names one."""
LEAST_LETTERS = 4


def vendor_was_registered(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """Known to the portal, registered before the invoice's date and not cancelled by then."""
    record = _record(invoice, context)
    if record is None:
        return
    if not record.is_registered:
        message = f"The GST portal knows no {record.gstin}."
        yield finding("vendor_gstin_unknown", message, field="vendor_gstin", found=record.gstin)
        return
    day, status = invoice.date, record.status.lower()
    if day and record.registered_on and day < record.registered_on:
        message = (
            f"{record.gstin} was registered on {record.registered_on:%d %b %Y}, after the invoice's date."
        )
        yield finding("vendor_not_yet_registered", message, field="vendor_gstin", found=record.registered_on)
    if record.cancelled_on and day:
        rule = "vendor_cancelled" if record.cancelled_on <= day else "vendor_cancelled_since"
        message = f"{record.gstin} was cancelled from {record.cancelled_on:%d %b %Y}."
        yield finding(rule, message, field="vendor_gstin", found=record.cancelled_on)
    elif status.startswith(("cancel", "inactive", "suspend")):
        rule = "vendor_suspended" if status.startswith("suspend") else "vendor_not_active"
        message = f"The portal says of {record.gstin}: {record.status}. It does not say since when."
        yield finding(rule, message, field="vendor_gstin", found=record.status)


def composition_charges_no_tax(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """A composition vendor issues bills of supply and must not collect tax."""
    record = _record(invoice, context)
    if record is None or not record.is_composition:
        return
    tax = invoice.totals.taxes.total
    if tax > 0:
        message = f"{record.gstin} pays under composition, yet {grouped(tax)} of tax is charged."
        yield finding("composition_charges_tax", message, field="vendor_gstin", found=tax)
    elif invoice.kind is DocumentKind.TAX_INVOICE:
        message = f"{record.gstin} pays under composition, but this is titled a tax invoice."
        yield finding("composition_tax_invoice", message, field="kind")


def name_is_on_record(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """The printed name is the legal or the trade name of the GSTIN, more or less."""
    record, printed = _record(invoice, context), invoice.vendor.name
    if record is None or not printed:
        return
    known = [name for name in (record.legal_name, record.trade_name) if name]
    if known and not any(names_agree(printed, name) for name in known):
        message = (
            f"The paper is from {printed}; {record.gstin} belongs to {' / '.join(dict.fromkeys(known))}."
        )
        yield finding(
            "vendor_name_differs", message, field="vendor_name", expected=" / ".join(known), found=printed
        )


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one: legal forms, blanks, order and a few misread letters do not matter."""
    first, second = _telling_words(one), _telling_words(other)
    whole, whole_other = "".join(first), "".join(second)
    if not whole or not whole_other or whole in whole_other or whole_other in whole:
        return True
    shared = any(len(word) >= LEAST_LETTERS for word in set(first) & set(second))
    return shared or SequenceMatcher(None, whole, whole_other).ratio() >= ALIKE


def _telling_words(name: str) -> list[str]:
    """The words that tell a name from others; all of them, if none does."""
    words = _LEGAL_FORM.sub(" ", name.lower()).split()
    return [word for word in words if word not in _COMMON_WORDS] or words


def _record(invoice: Invoice, context: Context) -> Registration | None:
    """The vendor's record, if it is of the GSTIN on the paper."""
    record = context.vendor
    return record if record and record.gstin == invoice.vendor.gstin else None
