"""Finding the invoices that one repeats, and those that repeat it."""

from collections.abc import Iterator
from dataclasses import asdict

from django.db import connection
from django.db.models import QuerySet

from accounts.models import Organisation
from compliance.duplicates import Reason, Repeat, duplicate
from gst import financial_year
from gst.financial_year import FinancialYear
from invoice_processor.jobs.transitions import set_state
from invoice_processor.models import Finding, Invoice, InvoiceDuplicateLink, InvoiceState

MOST_CANDIDATES = 50
NEEDED = ("document_id", "reading_id", "irn", "kind", "date", "number", "original_name")


def lock_history(organisation_id: int) -> None:
    """Let one result an organisation be saved at a time, so that two copies cannot miss each other."""
    if connection.features.has_select_for_update:  # SQLite has one writer at a time anyway
        Organisation.objects.select_for_update(no_key=True).only("id").get(pk=organisation_id)


def repeats(invoice: Invoice) -> Iterator[tuple[Invoice, Reason]]:
    """Other invoices of the organisation that are the same invoice; call it with the history locked."""
    for other in candidates(invoice).order_by("pk")[:MOST_CANDIDATES]:
        if reason := reason_for(invoice, other):
            yield other, reason


def candidates(invoice: Invoice) -> "QuerySet[Invoice]":
    """Invoices that share something unique with this one, each way by an index of its own."""
    others = Invoice.objects.filter(organisation_id=invoice.organisation_id).exclude(pk=invoice.pk)
    others = others.order_by().only(*NEEDED)
    ways = [others.filter(document_id=invoice.document_id)]
    if invoice.irn:
        ways.append(others.filter(irn=invoice.irn).exclude(irn=""))  # the index leaves out empty ones
    if invoice.vendor_gstin and invoice.number_key:
        same_number = others.filter(vendor_gstin=invoice.vendor_gstin, number_key=invoice.number_key)
        ways.append(same_number.exclude(number_key=""))
    return ways[0].union(*ways[1:])


def reason_for(invoice: Invoice, other: Invoice) -> Reason | None:
    """The surest reason why two invoices are one."""
    if other.document_id == invoice.document_id:
        return Reason.SAME_FILE
    if invoice.irn and other.irn == invoice.irn:
        return Reason.SAME_IRN
    if invoice.kind == other.kind and financial_year_of(invoice) == financial_year_of(other):
        return Reason.SAME_NUMBER
    return None


def financial_year_of(invoice: Invoice) -> FinancialYear | None:
    """The financial year in which the invoice's number must be unique."""
    return financial_year.of(invoice.date) if invoice.date else None


def link(invoice: Invoice) -> tuple[Repeat, ...]:
    """Link an invoice with its repetitions, later to earlier; returns what this one repeats.

    A later copy that was judged before this one was read is marked now.
    """
    earlier: list[Repeat] = []
    for other, reason in repeats(invoice):
        if other.pk < invoice.pk:
            InvoiceDuplicateLink.objects.create(invoice=invoice, original=other, reason=reason)
            earlier.append(Repeat(other.pk, str(other), reason))
        elif other.reading_id:
            mark_later_copy(other, Repeat(invoice.pk, str(invoice), reason))
    return tuple(earlier)


def mark_later_copy(copy: Invoice, repeat: Repeat) -> None:
    """Tell an invoice that is already judged what it repeats: the surest, as if it had been judged last."""
    InvoiceDuplicateLink.objects.update_or_create(
        invoice=copy, original_id=repeat.original_id, defaults={"reason": repeat.reason}
    )
    others = copy.duplicate_of.exclude(original_id=repeat.original_id).select_related("original")
    known = (Repeat(other.original_id, str(other.original), Reason(other.reason)) for other in others)
    if finding := duplicate((repeat, *known)):
        copy.findings.filter(rule__startswith="duplicate_").delete()
        Finding.objects.create(invoice=copy, **asdict(finding))
        set_state([copy.pk], InvoiceState.HAS_ANOMALIES, finding.message)
