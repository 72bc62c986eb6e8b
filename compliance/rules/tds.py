"""Tax that is likely to be deducted at source from the payment. A hint: contract and payee decide."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from compliance.lines import codes
from compliance.rules.identity import registered
from gst import financial_year, tds
from gst.invoice import INVOICE_KINDS, DocumentKind, Invoice
from gst.money import grouped
from gst.tds import Deduction

NATURES = {
    "9954": "Contractors",
    "9965": "Contractors",
    "9967": "Contractors",
    "9964": "Contractors",
    "996601": "Contractors",
    "9966": "Rent of plant and machinery",
    "9973": "Rent of plant and machinery",
    "9972": "Rent of land or building",
    "9961": "Commission or brokerage",
    "9962": "Commission or brokerage",
    "9982": "Professional services",
    "9983": "Professional services",
    "99831": "Technical services",
    "998341": "Technical services",
    "9985": "Contractors",
    "9986": "Contractors",
    "9987": "Contractors",
    "9988": "Contractors",
    "9989": "Contractors",
    "9994": "Contractors",
    "998397": "Contractors",
    "99836": "Contractors",
}
"""What payments for a service usually are in the Income-tax Act, by the longest prefix of its SAC."""
GOODS = "Purchase of goods (buyer above 10 crore rupees turnover)"
INDIVIDUALS = frozenset("PH")


def deduction_is_likely(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """The section, rate and threshold for the nature that most of the lines have."""
    vendor, on = registered(invoice.vendor.gstin), invoice.date
    base = invoice.totals.taxable_value
    if on is None or base is None or invoice.currency != "INR":
        return
    if invoice.kind not in INVOICE_KINDS - {DocumentKind.CREDIT_NOTE}:
        return
    individual = bool(vendor and vendor.pan and vendor.pan[3] in INDIVIDUALS)
    deduction = _deduction(_nature(invoice), individual, on)
    earlier = context.history.billed(vendor.value, financial_year.of(on)) if vendor else None
    if deduction and (total := _beyond(deduction, base, earlier)):
        yield finding("tds_likely", _sentence(deduction, total), found=base, source=deduction.source)


def _nature(invoice: Invoice) -> str:
    natures = [_nature_of(code) for code in codes(invoice)]
    return max(natures, key=natures.count, default="")


def _nature_of(code: str) -> str:
    if not code.startswith("99"):
        return GOODS
    return next(
        (NATURES[code[:length]] for length in range(len(code), 3, -1) if code[:length] in NATURES), ""
    )


def _deduction(nature: str, individual: bool, on: dt.date) -> Deduction | None:
    payees = {"any", "individual_huf" if individual else "other"}
    return next((row for row in tds.deductions(on) if row.nature == nature and row.payee in payees), None)


def _beyond(deduction: Deduction, base: Decimal, earlier: Decimal | None) -> str:
    """Why the threshold is passed, in words; empty where it is not, as far as is known."""
    if deduction.single_threshold is not None and base > deduction.single_threshold:
        return f"this bill is above {grouped(deduction.single_threshold, 0)}"
    before = earlier if earlier and deduction.period == "year" else 0
    if base + before > deduction.period_threshold:
        return f"the {deduction.period} is above {grouped(deduction.period_threshold, 0)}"
    return ""


def _sentence(deduction: Deduction, reason: str) -> str:
    section = f"section {deduction.section}" + (f", code {deduction.code}" if deduction.code else "")
    whole = "" if deduction.taxes_whole else " of what exceeds it"
    return (
        f"{deduction.nature}: {deduction.rate} %{whole} under {section} ({reason}); "
        f"{deduction.rate_without_pan} % without a PAN. The base leaves out GST that is shown separately."
    )
