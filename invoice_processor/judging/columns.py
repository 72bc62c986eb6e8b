"""What was read, as the columns hold it. A bad scan may say anything; the reading itself keeps it all."""

import datetime as dt
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from compliance.history import Bill
from extraction.amend.amended import MANUAL
from extraction.reading import Reading
from gst import financial_year, numbering
from gst.invoice import DocumentKind
from invoice_processor.models import Invoice

MOST_DIGITS = 14  # before the point: hundreds of trillions of rupees, and less than any column holds

DESCRIBED = (
    *("kind", "number", "number_key", "date", "vendor_name", "vendor_gstin", "vendor_pan", "buyer_name"),
    *("buyer_gstin", "irn", "place_of_supply", "currency", "taxable_value", "cgst", "sgst", "igst", "cess"),
    *("round_off", "grand_total", "whole_rupees", "bank_account", "confidence"),
)
"""The columns that :func:`describe` sets."""


def text(value: str | None, length: int | None = None) -> str:
    """Text without what PostgreSQL refuses, cut to its column."""
    return (value or "").replace("\x00", "")[:length]


def figure(value: Decimal | None, places: int = 2, digits: int = MOST_DIGITS) -> Decimal | None:
    """A figure rounded to its column; None when it is beyond all reason."""
    if value is None or abs(value) >= Decimal(10) ** digits - 1:
        return None
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def describe(invoice: Invoice, reading: Reading) -> None:
    """Copy the reading's header to the invoice's columns."""
    read, totals = reading.invoice, reading.invoice.totals
    invoice.kind = read.kind.value
    invoice.number = text(read.number, 100)
    invoice.number_key = number_key(read.number, read.date)
    invoice.date = read.date
    invoice.vendor_name = text(read.vendor.name, 300)
    invoice.vendor_gstin = text(read.vendor.gstin, 15)
    invoice.vendor_pan = invoice.vendor_gstin[2:12]
    invoice.buyer_name = text(read.buyer.name, 300)
    invoice.buyer_gstin = text(read.buyer.gstin, 15)
    invoice.irn = text(read.irn, 64)
    invoice.place_of_supply = text(read.place_of_supply, 2)
    invoice.currency = text(read.currency, 3)
    invoice.taxable_value = figure(totals.taxable_value)
    invoice.cgst, invoice.sgst = figure(totals.taxes.cgst), figure(totals.taxes.sgst)
    invoice.igst, invoice.cess = figure(totals.taxes.igst), figure(totals.taxes.cess)
    invoice.round_off, invoice.grand_total = figure(totals.round_off), figure(totals.grand_total)
    invoice.whole_rupees = whole(invoice.grand_total)
    invoice.bank_account = text(read.bank_account.number if read.bank_account else None, 34)
    invoice.confidence = certainty(reading)


def certainty(reading: Reading) -> int | None:
    """How sure the reading is, in percent; None when a person typed it from nothing."""
    return None if reading.engine == MANUAL else reading.confidence


def number_key(number: str | None, on: dt.date | None) -> str:
    """The normal form under which two prints of one number match; empty without a number."""
    year = financial_year.of(on) if on else None
    return text(numbering.normal_form(number, year), 100) if number else ""


def whole(amount: Decimal | None) -> int | None:
    """An amount without its paise."""
    return None if amount is None else int(amount.to_integral_value(ROUND_FLOOR))


def bill(invoice: Invoice) -> Bill:
    """An invoice's outline for compliance."""
    return Bill(
        id=invoice.pk,
        name=str(invoice),
        kind=DocumentKind(invoice.kind) if invoice.kind else None,
        vendor_gstin=invoice.vendor_gstin or None,
        vendor_name=invoice.vendor_name or None,
        number=invoice.number or None,
        date=invoice.date,
        total=invoice.grand_total,
    )
