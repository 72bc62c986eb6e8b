"""Which heads of tax stand on the paper, and whether tax may stand there at all."""

import re
from collections.abc import Iterator
from decimal import Decimal

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from compliance.lines import codes
from compliance.rules.identity import registered
from gst import documents, money, place_of_supply, reverse_charge
from gst.gstin import Kind
from gst.invoice import DocumentKind, Invoice
from gst.money import grouped
from gst.place_of_supply import Heads, TaxHeads

ZERO = Decimal(0)
_ON_THE_SPOT = re.compile(
    r"\b(?:hotel|room|lodging|accommodation|banquet|hall|restaurant|food|meals?|rent|lease|construction|civil"
    r"|works? contract|event|exhibition|conference|admission|ticket|training|air fare|passenger)\b",
    re.IGNORECASE,
)
"""Words of services whose place is not the recipient's: the reader may have taken his State for it."""


def heads_fit_place(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """IGST across States and with a special economic zone, CGST and SGST within a State."""
    taxes, vendor = invoice.totals.taxes, registered(invoice.vendor.gstin)
    integrated, local = taxes.igst or ZERO, (taxes.cgst or ZERO) + (taxes.sgst or ZERO)
    if integrated and local:
        message = f"IGST of {grouped(integrated)} stands beside CGST and SGST of {grouped(local)}."
        yield finding("igst_beside_cgst", message, field="igst", found=integrated)
        return
    place = invoice.place_of_supply
    if vendor is None or vendor.kind is not Kind.REGULAR or not place or not (integrated or local):
        return
    sez = any(party.is_sez for party in (context.vendor, context.buyer) if party)
    lawful = place_of_supply.tax_heads(vendor.state_code, place, is_sez=sez)
    if isinstance(lawful, TaxHeads) and (lawful.heads == Heads.IGST) != bool(integrated):
        rule = _igst_rule(context) if integrated else _local_rule(invoice)
        charged = "IGST" if integrated else "CGST and SGST"
        message = f"{charged} {'is' if integrated else 'are'} charged. {lawful.reason}"
        field = "igst" if integrated else "cgst"
        expected = lawful.heads.value.upper().replace("_", " + ")
        yield finding(rule, message, field=field, expected=expected, found=charged, source=lawful.source)


def _igst_rule(context: Context) -> str:
    """No paper proves that the buyer is in a special economic zone, but the portal's record does."""
    return "igst_within_state" if context.buyer else "igst_within_state_unless_sez"


def _local_rule(invoice: Invoice) -> str:
    """For what is supplied on the spot, or not known, the place that was read may be the recipient's."""
    known = codes(invoice)
    services = [place_of_supply.of_service(code) for code in known if code.startswith("99")]
    spot = any(place and not place.place.startswith("the registered recipient") for place in services)
    spoken = any(_ON_THE_SPOT.search(line.description or "") for line in invoice.lines)
    certain = bool(known) and not spot and not spoken
    return "cgst_sgst_across_states" if certain else "cgst_sgst_perhaps_across_states"


def tax_is_allowed(invoice: Invoice) -> Iterator[Finding]:
    """A bill of supply charges no tax."""
    tax = invoice.totals.taxes.total
    if invoice.kind is DocumentKind.BILL_OF_SUPPLY and tax > 0:
        message = f"This is a bill of supply, yet it charges {grouped(tax)} of tax."
        source = documents.rule(invoice.kind).source
        yield finding("tax_on_bill_of_supply", message, field="kind", found=tax, source=source)


def reverse_charge_is_not_billed(invoice: Invoice) -> Iterator[Finding]:
    """Under reverse charge the tax may be named, but the recipient pays it to the government himself."""
    totals, tax = invoice.totals, invoice.totals.taxes.total
    if not invoice.reverse_charge or not tax or totals.taxable_value is None or totals.grand_total is None:
        return
    others = sum((part for part in (totals.other_charges, totals.tcs, totals.round_off) if part), ZERO)
    if money.agree(totals.taxable_value + tax + others, totals.grand_total, money.TOTAL_TOLERANCE):
        message = f"Reverse charge is marked, yet {grouped(tax)} of tax is part of the total."
        yield finding("tax_billed_under_reverse_charge", message, field="grand_total", found=tax)


def reverse_charge_is_possible(invoice: Invoice) -> Iterator[Finding]:
    """Without tax and without a word on it, the recipient may have to pay it."""
    if invoice.totals.taxes.total or invoice.reverse_charge or invoice.date is None:
        return
    found = {
        category.id: category
        for code in codes(invoice)
        for category in reverse_charge.possible(code, invoice.date)
    }
    if found:
        titles = "; ".join(category.title for category in found.values())
        sources = "; ".join(category.source for category in found.values())
        yield finding("reverse_charge_possible", f"No tax is charged. It may be: {titles}.", source=sources)


def rates_without_tax(invoice: Invoice) -> Iterator[Finding]:
    """A rate in the lines and no tax at the foot: zero-rated, reverse charge, or not read."""
    totals = invoice.totals
    if totals.taxes.total or invoice.reverse_charge or not any(line.gst_rate for line in invoice.lines):
        return
    if totals.taxable_value is None or totals.grand_total is None:
        return
    if money.agree(totals.taxable_value, totals.grand_total, money.TOTAL_TOLERANCE):
        message = "The lines name a rate of tax, but the total holds none."
        yield finding("rate_without_tax", message, field="grand_total", found=totals.grand_total)


def credit_comes_home(invoice: Invoice) -> Iterator[Finding]:
    """CGST and SGST of another State, as on a hotel bill there, are rightly charged and lost."""
    vendor, buyer = registered(invoice.vendor.gstin), registered(invoice.buyer.gstin)
    place, tax = invoice.place_of_supply, invoice.totals.taxes
    if vendor is None or buyer is None or not tax.cgst or place != vendor.state_code:
        return
    if not place_of_supply.gives_credit(Heads.CGST_SGST, place, buyer.state_code):
        message = f"The tax belongs to State {place}; it gives no credit to {buyer.value}."
        yield finding("credit_lost_in_other_state", message, field="cgst", found=tax.total)
