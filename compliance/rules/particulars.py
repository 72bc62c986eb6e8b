"""Rules 46, 49 and 53 of the CGST Rules: what must be on the paper.

A reading that lacks something does not prove that the paper does: the sentences say "was not found".
"""

from collections.abc import Iterator

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from compliance.lines import listed
from gst import hsn, numbering
from gst.invoice import DocumentKind, Invoice
from gst.rate_rules import GST_BEGAN

WITH_TAX = frozenset({DocumentKind.TAX_INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE})
UNDER_GST = WITH_TAX | {DocumentKind.BILL_OF_SUPPLY}
NOTES = frozenset({DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE})
EINVOICE_HSN_DIGITS = 6


def missing_particulars(invoice: Invoice) -> Iterator[Finding]:
    """The number, date, supplier's GSTIN and value that no tax document can do without."""
    particulars: list[tuple[str, str, object]] = [
        ("invoice_number", "number", invoice.number),
        ("invoice_date", "date", invoice.date),
        ("grand_total", "total", invoice.totals.grand_total),
    ]
    if invoice.kind in WITH_TAX:
        particulars.append(("vendor_gstin", "vendor's GSTIN", invoice.vendor.gstin))
    yield from _not_found(particulars)


def missing_party_particulars(invoice: Invoice) -> Iterator[Finding]:
    """The names, the recipient's GSTIN and, across States, the place of supply."""
    if invoice.kind not in WITH_TAX:
        return
    yield from _not_found(
        [
            ("vendor_name", "vendor's name", invoice.vendor.name),
            ("buyer_name", "buyer's name", invoice.buyer.name),
            ("buyer_gstin", "buyer's GSTIN", invoice.buyer.gstin),
        ]
    )
    if invoice.totals.taxes.igst:
        yield from _not_found([("place_of_supply", "place of supply", invoice.place_of_supply)])


def _not_found(particulars: list[tuple[str, str, object]]) -> Iterator[Finding]:
    for field, name, value in particulars:
        if value is None:
            yield finding(f"missing_{field}", f"The {name} could not be found on the document.", field=field)


def missing_codes(invoice: Invoice) -> Iterator[Finding]:
    """HSN or SAC of each line: Rule 46(g)."""
    without = [place for place, line in enumerate(invoice.lines, 1) if not line.hsn_sac]
    if invoice.kind in WITH_TAX and without:
        yield finding("missing_hsn", f"No HSN or SAC was found for {listed(without)}.", field="line_items")


def number_is_lawful(invoice: Invoice) -> Iterator[Finding]:
    """At most sixteen letters, digits, hyphens and slashes; blanks may be the reader's."""
    if invoice.kind not in UNDER_GST or not invoice.number:
        return
    number = "".join(invoice.number.split())
    if number and (problem := numbering.check(number)):
        yield finding(problem.code, problem.message, field="invoice_number", found=invoice.number)


def date_is_possible(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """No invoice is dated after the day on which it is read, and no tax invoice before GST."""
    if invoice.date is None:
        return
    if context.today and invoice.date > context.today:
        yield finding(
            "date_in_future",
            f"The document is dated {invoice.date:%d %b %Y}, after today.",
            field="invoice_date",
            expected=f"not after {context.today}",
            found=invoice.date,
        )
    if invoice.kind in WITH_TAX and invoice.date < GST_BEGAN:
        yield finding(
            "date_before_gst",
            f"The document is dated {invoice.date:%d %b %Y}; GST began on 1 July 2017.",
            field="invoice_date",
            found=invoice.date,
        )


def codes_are_long_enough(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """Digits of the HSN: six on an e-invoice, else four or six by the vendor's turnover."""
    if invoice.kind not in WITH_TAX or invoice.date is None:
        return
    digits = EINVOICE_HSN_DIGITS if invoice.irn else 0
    if context.vendor_turnover is not None:
        digits = max(digits, hsn.digits_required(context.vendor_turnover, invoice.date))
    short = [
        place
        for place, line in enumerate(invoice.lines, 1)
        if line.hsn_sac and len(hsn.normal(line.hsn_sac)) < digits
    ]
    if short:
        why = "an e-invoice" if invoice.irn else "a vendor of this turnover"
        message = f"The HSN of {listed(short)} is shorter than the {digits} digits that {why} needs."
        yield finding("hsn_too_short", message, field="line_items", expected=f"{digits} digits")


def note_names_its_invoice(invoice: Invoice) -> Iterator[Finding]:
    """A credit or debit note says which invoice it amends."""
    if invoice.kind in NOTES and not invoice.references:
        message = "The invoice that this note amends was not found on it."
        yield finding("note_without_invoice", message, field="references")
