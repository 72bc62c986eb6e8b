"""The ends of an attempt, and the way back for a person."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from accounts.models import User
from invoice_processor.jobs.dispatch import ring
from invoice_processor.jobs.lease import FREE, Lease, ending
from invoice_processor.jobs.retry import MAX_ATTEMPTS, backoff
from invoice_processor.models import Batch, Event, Invoice, InvoiceState, JobState, ProcessingJob


def fail_attempt(lease: Lease, *, code: str, message: str, permanent: bool) -> InvoiceState:
    """End an attempt that failed: wait for the next one, or give up with the reason and the file kept.

    Raises:
        LeaseLost: another worker owns the job now.
    """
    error = {"error_code": code, "error_message": message[:500]}
    if permanent or lease.attempt >= MAX_ATTEMPTS:
        with ending(lease, state=JobState.FAILED, finished_at=Now(), **error):
            set_state([lease.job.invoice_id], InvoiceState.FAILED, message)
        return InvoiceState.FAILED
    wait = backoff(lease.attempt)
    minutes = max(1, round(wait.total_seconds() / 60))
    reason = f"{message} Trying again in about {minutes} min (attempt {lease.attempt + 1} of {MAX_ATTEMPTS})."
    with ending(lease, state=JobState.QUEUED, next_attempt_at=Now() + wait, **error):
        set_state([lease.job.invoice_id], InvoiceState.QUEUED, reason)
    return InvoiceState.QUEUED


def give_up(jobs: "QuerySet[ProcessingJob]", code: str, message: str) -> None:
    """Mark jobs and their invoices as failed; call it inside a transaction."""
    invoice_ids = list(jobs.values_list("invoice_id", flat=True))
    jobs.update(
        state=JobState.FAILED, finished_at=Now(), error_code=code, error_message=message[:500], **FREE
    )
    set_state(invoice_ids, InvoiceState.FAILED, message)


def requeue(jobs: "QuerySet[ProcessingJob]", reason: str) -> list[ProcessingJob]:
    """Put jobs back to be taken at once; call it inside a transaction. Returns them, to be rung for."""
    requeued = list(jobs)
    ProcessingJob.objects.filter(pk__in=[job.pk for job in requeued]).update(
        state=JobState.QUEUED, next_attempt_at=Now(), last_rung_at=Now(), finished_at=None, **FREE
    )
    set_state([job.invoice_id for job in requeued], InvoiceState.QUEUED, reason)
    return requeued


def retry(invoices: "QuerySet[Invoice]", by: User | None) -> int:
    """Process failed invoices again from the kept files, with all attempts back; returns how many."""
    with transaction.atomic():
        wanted = Exists(invoices.filter(pk=OuterRef("invoice")))  # IN would list all invoices first
        failed = ProcessingJob.objects.filter(wanted, state=JobState.FAILED)
        jobs = requeue(failed.select_for_update(of=("self",)).select_related("invoice"), "")
        for job in jobs:
            Event.objects.note(job.invoice, by, "invoice.retried", error=job.error_code)
        ProcessingJob.objects.filter(pk__in=[job.pk for job in jobs]).update(
            attempts=0, error_code="", error_message=""
        )
        Batch.objects.filter(pk__in={job.batch_id for job in jobs}).update(finished_at=None)
    ring(jobs)
    return len(jobs)


def set_state(invoice_ids: list[int], state: InvoiceState, reason: str) -> None:
    """Change invoices' state, with the reason that a person sees."""
    Invoice.objects.filter(pk__in=invoice_ids).update(
        state=state, state_reason=reason[:500], state_changed_at=Now()
    )
