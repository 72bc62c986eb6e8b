"""The e-invoice: its signed QR code against the print, and its reference number. Rules 46(r) and 48(4)."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from compliance.lines import codes
from compliance.rules.identity import registered
from gst import einvoice, financial_year, irn, limits, money, numbering
from gst.gstin import Kind
from gst.invoice import Invoice
from gst.signed_qr import QrFacts, Verdict

ZERO = Decimal(0)
UNREGISTERED = "URP"
SHORTEST_HSN = 4
QR_FINDINGS = {
    Verdict.FORGED: "qr_forged",
    Verdict.SANDBOX: "qr_of_test_system",
    Verdict.UNVERIFIABLE: "qr_unverifiable",
    Verdict.UNSIGNED: "qr_unsigned",
}
BELIEVED = frozenset({Verdict.VERIFIED, Verdict.UNVERIFIABLE})


def qr_is_genuine(invoice: Invoice, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """The portal's signature on the code, as far as its keys are known."""
    if context.qr and (rule := QR_FINDINGS.get(context.qr.verdict)):
        found = context.qr.facts.irn if context.qr.facts else ""
        yield finding(rule, context.qr.reason, field="irn", found=found)


def print_fits_qr(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """What the portal signed is what stands on the paper: number, date, parties, total, IRN."""
    if context.qr is None or context.qr.facts is None or context.qr.verdict not in BELIEVED:
        return
    facts = context.qr.facts
    printed = (
        ("number", "invoice_number", facts.number, invoice.number, _same_number(invoice, facts)),
        ("date", "invoice_date", facts.date, invoice.date, invoice.date == facts.date),
        ("vendor", "vendor_gstin", facts.seller_gstin, invoice.vendor.gstin, _same_vendor(invoice, facts)),
        ("buyer", "buyer_gstin", facts.buyer_gstin, invoice.buyer.gstin, _same_buyer(invoice, facts)),
        ("total", "grand_total", facts.total, invoice.totals.grand_total, _same_total(invoice, facts)),
        ("irn", "irn", facts.irn, invoice.irn, (invoice.irn or "").lower() == facts.irn),
    )
    for what, field, signed, found, agrees in printed:
        if found is not None and not agrees:
            message = f"The signed code says {signed}; the paper says {found}."
            yield finding(f"print_contradicts_qr_{what}", message, field=field, expected=signed, found=found)


def print_may_differ_from_qr(invoice: Invoice, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """A scan is read as its signed code says; what the paper seems to print otherwise, a person compares."""
    if context.qr is None or context.qr.facts is None or context.qr.verdict not in BELIEVED:
        return
    facts = context.qr.facts
    signed = {
        "number": ("invoice_number", facts.number),
        "date": ("invoice_date", facts.date),
        "vendor": ("vendor_gstin", facts.seller_gstin),
    }
    for what in sorted(signed.keys() & context.unlike_qr):
        field, value = signed[what]
        message = f"The signed code says {value}; the paper seems to print another {what}."
        yield finding("print_may_contradict_qr", message, field=field, expected=value)


def _same_number(invoice: Invoice, facts: QrFacts) -> bool:
    """Signs, blanks and leading zeros do not matter: the portal takes numbers without them."""
    year = financial_year.of(facts.date)
    spellings = [re.sub(r"[^A-Z0-9]", "", number.upper()) for number in (invoice.number or "", facts.number)]
    forms = [numbering.normal_form(number, year) for number in (invoice.number or "", facts.number)]
    return spellings[0] == spellings[1] or forms[0] == forms[1]


def _same_vendor(invoice: Invoice, facts: QrFacts) -> bool:
    return invoice.vendor.gstin == facts.seller_gstin


def _same_buyer(invoice: Invoice, facts: QrFacts) -> bool:
    return facts.buyer_gstin in {invoice.buyer.gstin, UNREGISTERED}


def _same_total(invoice: Invoice, facts: QrFacts) -> bool:
    """Within a rupee, before or after what vendors add outside the registered total."""
    totals = invoice.totals
    if totals.grand_total is None:
        return True
    outside = (ZERO, totals.round_off or ZERO, totals.tcs or ZERO, totals.other_charges or ZERO)
    bases = (*(totals.grand_total - part for part in outside), totals.grand_total - sum(outside, ZERO))
    return any(money.agree(abs(base), abs(facts.total)) for base in bases)


def lines_fit_qr(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """The number of items and the main HSN; lines may have been missed by the reader."""
    if (
        context.qr is None
        or context.qr.facts is None
        or context.qr.verdict not in BELIEVED
        or not invoice.lines
    ):
        return
    facts, count = context.qr.facts, len(invoice.lines)
    if facts.item_count != count:
        message = f"The signed code says {facts.item_count} items; {count} lines were read."
        yield finding(
            "item_count_differs", message, field="line_items", expected=facts.item_count, found=count
        )
    known = codes(invoice)
    if len(known) == count and not any(_same_hsn(code, facts.main_hsn) for code in known):
        message = f"The signed code's main HSN is {facts.main_hsn}; no line has it."
        found = ", ".join(dict.fromkeys(known))
        yield finding("main_hsn_differs", message, field="line_items", expected=facts.main_hsn, found=found)


def _same_hsn(one: str, other: str) -> bool:
    length = max(SHORTEST_HSN, min(len(one), len(other)))
    return one[:length] == other[:length]


def irn_fits_print(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """The printed IRN is the hash of GSTIN, year, type and number; a signed code proves that better."""
    vendor, number = registered(invoice.vendor.gstin), invoice.number
    if context.qr and context.qr.facts:
        return
    if vendor is None or not number or invoice.date is None or not invoice.irn or not irn.is_irn(invoice.irn):
        return
    year = financial_year.of(invoice.date)
    spellings = {number, "".join(number.split()), number.lstrip("0/-")}
    if irn.prove(invoice.irn, [vendor.value], spellings, irn.DOCUMENT_TYPES, [year]) is None:
        message = f"The IRN is not the one of {vendor.value}, {year} and the number {number}."
        yield finding("irn_does_not_fit", message, field="irn", found=invoice.irn)


def irn_is_there(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """A vendor who is enabled for e-invoices registers what he bills to a registered buyer."""
    if context.vendor is None or not context.vendor.einvoice_enabled or invoice.irn or context.qr:
        return
    buyer, on = registered(invoice.buyer.gstin), invoice.date
    threshold = limits.value("einvoice_turnover", on) if on else None
    if buyer and buyer.kind is Kind.REGULAR and threshold and invoice.kind in einvoice.REGISTERED_KINDS:
        message = "The vendor is enabled for e-invoices, but no IRN and no signed code were found."
        yield finding("irn_missing", message, field="irn")


def reported_in_time(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """Thirty days for vendors from a turnover; the turnover is rarely known."""
    reported = _reported_on(invoice, context)
    if reported is None or invoice.date is None:
        return
    limit = limits.get("einvoice_reporting_days", invoice.date)
    least = limits.value("einvoice_reporting_turnover", invoice.date)
    small = context.vendor_turnover is not None and least is not None and context.vendor_turnover < least
    if limit and not small and reported > invoice.date + dt.timedelta(days=int(limit.value)):
        days = (reported - invoice.date).days
        message = (
            f"The invoice was reported to the portal {days} days after its date; {limit.value} are allowed."
        )
        yield finding("irn_reported_late", message, field="irn", found=reported, source=limit.source)


def _reported_on(invoice: Invoice, context: Context) -> dt.date | None:
    facts = context.qr.facts if context.qr else None
    if facts and facts.irn_time:
        return facts.irn_time.date()
    return invoice.acknowledgement.date if invoice.acknowledgement else None
