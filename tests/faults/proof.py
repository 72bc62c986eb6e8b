"""What must be true after any fault: every accepted file ends, exactly once, and the numbers add up."""

from dataclasses import dataclass

from django.db.models import Count

from invoice_processor.models import (
    Batch,
    DocumentReading,
    Finding,
    Invoice,
    InvoiceLine,
    InvoiceState,
    Notification,
    ProcessingJob,
)
from invoice_processor.models.job import UNFINISHED
from invoice_processor.selectors.progress import batch_progress


@dataclass(frozen=True, slots=True)
class Proof:
    """How many files were lost, counted twice, or never ended."""

    lost: int
    doubled: int
    stuck: int


def prove(batch: Batch, accepted: int) -> Proof:
    """Count what is not as it must be."""
    return Proof(
        lost=accepted - Invoice.objects.filter(batch=batch, first_page=1).count() + unread(batch),
        doubled=doubled(batch),
        stuck=ProcessingJob.objects.filter(batch=batch, state__in=UNFINISHED).count(),
    )


def unread(batch: Batch) -> int:
    """Invoices that ended well without what was read in them, and readings without their invoice."""
    ended = Invoice.objects.filter(batch=batch, state=InvoiceState.CLEARED)
    readings = DocumentReading.objects.filter(document__invoices__batch=batch).distinct()
    without = ended.filter(lines=None).count() + ended.filter(reading=None).count()
    return without + readings.filter(invoices=None).count()


def doubled(batch: Batch) -> int:
    """Whatever is there more often than it may be."""
    per_file = Invoice.objects.filter(batch=batch).values("document", "first_page")
    lines = InvoiceLine.objects.filter(invoice__batch=batch).values("invoice")
    findings = Finding.objects.filter(invoice__batch=batch).values("invoice", "rule", "field")
    readings = DocumentReading.objects.filter(document__invoices__batch=batch).values(
        "document", "engine", "first_page"
    )
    notices = Notification.objects.filter(batch=batch).values("user")
    return sum(
        rows.order_by().annotate(times=Count("pk", distinct=True)).filter(times__gt=1).count()
        for rows in (per_file, lines, findings, readings, notices)
    )


def assert_a_person_sees_it(batch: Batch, accepted: int, failing: int) -> None:
    """The batch is finished, its numbers add up, its owner has a notice, and each failure a reason."""
    batch.refresh_from_db()
    progress = batch_progress(batch)
    assert batch.finished_at is not None
    assert (progress.total, progress.ended, progress.failed) == (accepted, accepted, failing)
    assert Notification.objects.filter(batch=batch).count() == 1
    assert not Invoice.objects.filter(batch=batch, state=InvoiceState.FAILED, state_reason="").exists()
