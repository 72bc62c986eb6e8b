"""What the layouts print beside the figures: titles, labels, and the vendor's invented letterhead."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gst import states
from gst.invoice import DocumentKind, Invoice, Party
from specimens.money import grouped, plain

TITLES = {
    DocumentKind.TAX_INVOICE: "Tax Invoice",
    DocumentKind.BILL_OF_SUPPLY: "Bill of Supply",
    DocumentKind.CREDIT_NOTE: "Credit Note",
    DocumentKind.DEBIT_NOTE: "Debit Note",
    DocumentKind.RECEIPT: "Cash Memo",
    DocumentKind.DELIVERY_CHALLAN: "Delivery Challan",
    DocumentKind.PROFORMA: "Proforma Invoice",
    DocumentKind.OTHER_INVOICE: "Invoice",
    DocumentKind.NOT_INVOICE: "Statement",
}
COPIES = ("ORIGINAL FOR RECIPIENT", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR SUPPLIER")
"""Rule 48(1)."""


def number_label(kind: DocumentKind) -> str:
    return {
        DocumentKind.CREDIT_NOTE: "Credit Note No.",
        DocumentKind.DEBIT_NOTE: "Debit Note No.",
        DocumentKind.DELIVERY_CHALLAN: "Challan No.",
    }.get(kind, "Invoice No.")


def day(date: dt.date | None, pattern: str = "%d-%b-%Y") -> str:
    return date.strftime(pattern) if date else ""


def money(amount: Decimal | None) -> str:
    return "" if amount is None else grouped(amount)


def figure(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def state_name(code: str | None) -> str:
    state = states.get(code or "")
    return state.name if state else ""


def local_head(party: Party) -> str:
    """UTGST in the Union territories that levy it, else SGST."""
    state = states.get(party.state_code or "")
    return "UTGST" if state and state.levies_utgst else "SGST"


def footer_charges(invoice: Invoice) -> Iterator[tuple[str, Decimal]]:
    """Everything between the sum of the lines and the grand total, in the order printed."""
    totals, taxes = invoice.totals, invoice.totals.taxes
    rates = {line.gst_rate for line in invoice.lines if line.gst_rate is not None}
    whole = f" @ {plain(max(rates))}%" if len(rates) == 1 else ""
    half = f" @ {plain(max(rates) / 2)}%" if len(rates) == 1 else ""
    charges = (
        ("Less: Discount", -totals.discount if totals.discount else None),
        (f"CGST{half}", taxes.cgst),
        (f"{local_head(invoice.vendor)}{half}", taxes.sgst),
        (f"IGST{whole}", taxes.igst),
        ("Compensation Cess", taxes.cess),
        ("Reimbursement at actuals (pure agent)", totals.other_charges),
        ("TCS", totals.tcs),
        ("Round Off", totals.round_off),
    )
    return ((label, amount) for label, amount in charges if amount is not None)


@dataclass(frozen=True, slots=True)
class Letterhead:
    phone: str
    email: str
    bank: str
    account: str
    ifsc: str


def letterhead(vendor: Party) -> Letterhead:
    """The same for each paper of a vendor. The bank does not exist, nor does its IFSC."""
    rng = random.Random(f"letterhead of {vendor.name}")
    firm = "".join((vendor.name or "firm").lower().split()[:1])
    bank, code = rng.choice(
        (("Sahyog Nagarik Bank", "SHYG"), ("Uttarayan Bank", "UTYB"), ("Deccan Setu Bank", "DSTB"))
    )
    return Letterhead(
        phone=f"+91 {rng.randint(70000, 99999)} {rng.randint(10000, 99999)}",
        email=f"accounts@{firm}.example",
        bank=bank,
        account=f"{rng.randint(10**10, 10**12 - 1)}",
        ifsc=f"{code}0{rng.randint(1, 999999):06d}",
    )
