"""The last stage: writing down what was read and found, in one transaction fenced by the lease."""

import datetime as dt

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from compliance import engine
from compliance.context import Context
from extraction.reading import Reading
from gst import financial_year, numbering
from gst.invoice import Line
from invoice_processor.jobs.lease import Lease, ending
from invoice_processor.models import DocumentReading, Finding, Invoice, InvoiceLine, InvoiceState, JobState
from invoice_processor.pipeline import duplicates
from invoice_processor.pipeline.columns import figure, finding_row, text
from invoice_processor.pipeline.verdict import verdict


def save(lease: Lease, kept: DocumentReading, reading: Reading) -> InvoiceState:
    """Judge a reading against the history, and write all of it at once or nothing.

    Raises:
        LeaseLost: another worker owns the job now.
    """
    invoice = lease.job.invoice
    judged_before = invoice.reading_id is not None
    describe(invoice, kept, reading)
    with ending(lease, state=JobState.DONE, finished_at=Now(), error_code="", error_message=""):
        duplicates.lock_history(invoice.organisation_id)
        if judged_before:
            forget_judgement(invoice)
        findings = engine.check(
            reading.invoice, duplicates.link(invoice), context=Context(today=timezone.localdate())
        )
        invoice.state, invoice.state_reason = verdict(
            reading, findings, review_below=settings.REVIEW_BELOW_CONFIDENCE
        )
        invoice.state_reason = text(invoice.state_reason, 500)
        invoice.state_changed_at = Now()
        invoice.save(update_fields=DESCRIBED)
        InvoiceLine.objects.bulk_create(
            line_row(invoice, position, line) for position, line in enumerate(reading.invoice.lines, 1)
        )
        Finding.objects.bulk_create(finding_row(invoice, finding) for finding in findings)
    return InvoiceState(invoice.state)


def forget_judgement(invoice: Invoice) -> None:
    """Take back what an earlier reading of the invoice led to."""
    invoice.lines.all().delete()
    invoice.findings.all().delete()
    invoice.duplicate_of.all().delete()


DESCRIBED = (
    *("reading", "kind", "number", "number_key", "date", "vendor_name", "vendor_gstin", "buyer_name"),
    *("buyer_gstin", "irn", "place_of_supply", "currency", "taxable_value", "cgst", "sgst", "igst", "cess"),
    *("round_off", "grand_total", "confidence", "state", "state_reason", "state_changed_at"),
)


def describe(invoice: Invoice, kept: DocumentReading, reading: Reading) -> None:
    """Copy the reading's header to the invoice's columns."""
    read, totals = reading.invoice, reading.invoice.totals
    invoice.reading = kept
    invoice.kind = read.kind.value
    invoice.number = text(read.number, 100)
    invoice.number_key = number_key(read.number, read.date)
    invoice.date = read.date
    invoice.vendor_name = text(read.vendor.name, 300)
    invoice.vendor_gstin = text(read.vendor.gstin, 15)
    invoice.buyer_name = text(read.buyer.name, 300)
    invoice.buyer_gstin = text(read.buyer.gstin, 15)
    invoice.irn = text(read.irn, 64)
    invoice.place_of_supply = text(read.place_of_supply, 2)
    invoice.currency = text(read.currency, 3)
    invoice.taxable_value = figure(totals.taxable_value)
    invoice.cgst, invoice.sgst = figure(totals.taxes.cgst), figure(totals.taxes.sgst)
    invoice.igst, invoice.cess = figure(totals.taxes.igst), figure(totals.taxes.cess)
    invoice.round_off, invoice.grand_total = figure(totals.round_off), figure(totals.grand_total)
    invoice.confidence = reading.confidence


def number_key(number: str | None, on: dt.date | None) -> str:
    """The normal form under which two prints of one number match; empty without a number."""
    year = financial_year.of(on) if on else None
    return numbering.normal_form(number, year)[:100] if number else ""


def line_row(invoice: Invoice, position: int, line: Line) -> InvoiceLine:
    """A line item as a row."""
    return InvoiceLine(
        invoice=invoice,
        position=position,
        description=text(line.description),
        hsn_sac=text(line.hsn_sac, 8),
        quantity=figure(line.quantity, places=4),
        unit=text(line.unit, 20),
        unit_price=figure(line.unit_price, places=4),
        gst_rate=figure(line.gst_rate, places=3, digits=3),
        amount=figure(line.taxable_value),
    )
