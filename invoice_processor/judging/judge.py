"""Judging an invoice: everything between a reading and what is stored and shown of it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from compliance import engine
from compliance.context import Context
from compliance.findings import Finding as Said
from compliance.score import proof_of_vendor, score
from extraction.reading import Reading
from gst.invoice import INVOICE_KINDS, DocumentKind
from invoice_processor import search
from invoice_processor.judging import duplicates
from invoice_processor.judging.columns import DESCRIBED, describe, text
from invoice_processor.judging.context import context_of
from invoice_processor.judging.current import current_reading
from invoice_processor.judging.prices import Prices, price_rows, prices_of
from invoice_processor.judging.rows import finding_row, health, line_row
from invoice_processor.judging.verdict import verdict
from invoice_processor.models import Decision, Event, Finding, Invoice, InvoiceLine, InvoiceState, ItemPrice
from invoice_processor.models.vendor import Vendor
from invoice_processor.prepared import Given, Insert, Update

NEEDED = (
    *("organisation_id", "document_id", "first_page", "reading_id", "original_name"),
    *("state", "vendor_gstin", "decision", "judged_at", "deleted_at"),
)
"""Columns of an invoice that judging asks for; it sets all others that it uses."""
JUDGED = (
    *("state", "state_reason", "state_changed_at", "judged_at", "in_history"),
    *("health_score", "health_grade", "health", "verification", "registrations_as_of"),
)
SAVED = [field for field in Invoice._meta.concrete_fields if field.name in {"reading", *DESCRIBED, *JUDGED}]
SAVE = Update(
    Invoice.objects.filter(pk=Given("pk")), **{field.name: Given(field.attname, field) for field in SAVED}
)
ADD_LINES, ADD_FINDINGS, ADD_PRICES = Insert(InvoiceLine), Insert(Finding), Insert(ItemPrice)
BILLS = INVOICE_KINDS - {DocumentKind.CREDIT_NOTE}


def judge(invoice: Invoice, reading: Reading) -> InvoiceState:
    """Judge a reading and write down all that follows from it; call it inside a transaction.

    The organisation's history is locked until the transaction ends. Later copies that were judged before are
    judged anew when this invoice changes what they repeat.
    """
    duplicates.lock_history(invoice.organisation_id)
    for later in judge_alone(invoice, reading):
        if judgeable := locked(later):
            judge_alone(*judgeable)
    return InvoiceState(invoice.state)


def rejudge(invoice_id: int) -> None:
    """Judge an invoice anew by its current reading, in a transaction of its own.

    An invoice that is under way is left to its own attempt; one that nobody has read stays as it is, and one
    that is gone stays gone.
    """
    wanted = Invoice.objects.filter(pk=invoice_id)
    with transaction.atomic():
        organisation_id = wanted.values_list("organisation_id", flat=True).first()
        if organisation_id is None:
            return
        duplicates.lock_history(organisation_id)
        if judgeable := locked(invoice_id):
            judge(*judgeable)


def locked(invoice_id: int) -> tuple[Invoice, Reading] | None:
    """An invoice that may be judged now, with its current reading; nobody claims it meanwhile."""
    rows = Invoice.objects.select_for_update(no_key=True).only(*NEEDED)
    invoice = rows.exclude(state__in=duplicates.UNDER_WAY).filter(pk=invoice_id).first()
    reading = current_reading(invoice) if invoice else None
    return (invoice, reading) if invoice and reading else None


def judge_alone(invoice: Invoice, reading: Reading) -> tuple[int, ...]:
    """Judge one invoice; returns the later ones for which that changes what they repeat."""
    vendors = {invoice.vendor_gstin if invoice.judged_at else ""}
    before = invoice.state if invoice.judged_at else ""
    describe(invoice, reading)
    linked = duplicates.link(invoice)
    prices = prices_of(reading.invoice)
    context = context_of(invoice, reading, prices)
    findings = engine.check(reading.invoice, linked.repeats, near=linked.near, context=context)
    invoice.state, reason = verdict(
        reading, findings, certainty=invoice.confidence, review_below=settings.REVIEW_BELOW_CONFIDENCE
    )
    invoice.state_reason = text(reason, 500)
    rate(invoice, findings, context)
    kept_out = linked.repeats or invoice.decision == Decision.REJECTED or invoice.deleted_at
    invoice.in_history = reading.invoice.kind in BILLS and not kept_out
    write(invoice, reading, findings, prices)
    if before and before not in {invoice.state, *duplicates.UNDER_WAY}:
        Event.objects.note(invoice, None, "invoice.judged_anew", before=str(before), after=str(invoice.state))
    Vendor.objects.note(invoice.organisation_id, vendors | {invoice.vendor_gstin})
    return linked.disturbed


def rate(invoice: Invoice, findings: tuple[Said, ...], context: Context) -> None:
    """Set the health score; a paper that bills nothing has none."""
    proof = proof_of_vendor(context)
    invoice.verification = proof.value
    if invoice.kind not in INVOICE_KINDS:
        invoice.health_score, invoice.health_grade, invoice.health = None, "", None
        return
    rated = score(findings, confidence=invoice.confidence, vendor=proof)
    invoice.health_score, invoice.health_grade = rated.value, rated.grade.value
    invoice.health = health(rated)


def write(invoice: Invoice, reading: Reading, findings: tuple[Said, ...], prices: Prices) -> None:
    """Store the judgement in place of an earlier one."""
    if invoice.judged_at:
        for earlier in (invoice.lines, invoice.findings, invoice.item_prices):
            earlier.all().delete()
    invoice.judged_at = invoice.state_changed_at = timezone.now()
    SAVE(pk=invoice.pk, **{field.attname: getattr(invoice, field.attname) for field in SAVED})
    lines = [line_row(invoice, position, line) for position, line in enumerate(reading.invoice.lines, 1)]
    ADD_LINES(lines)
    ADD_FINDINGS([finding_row(invoice, finding) for finding in findings])
    ADD_PRICES(price_rows(invoice, prices) if invoice.in_history else [])
    search.index(invoice, lines)
