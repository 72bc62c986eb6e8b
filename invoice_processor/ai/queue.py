"""The AI jobs: asked for in the transaction that saves the offline reading, owned by lease, never lost.

The row is the queue, as for documents (invoice_processor.jobs). A job that has to wait for what is
no fault of its document (a quota, a budget) is parked: it keeps its attempts and says what it waits for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from accounts.models import Organisation
from extraction.reading import Reading
from invoice_processor.ai.calls import IN_VAIN
from invoice_processor.ai.config import is_enabled
from invoice_processor.ai.policy import choose
from invoice_processor.jobs.dispatch import bell
from invoice_processor.jobs.lease import FREE, LEASE, LeaseLost, ending, expired, owned
from invoice_processor.jobs.reaper import RING_AGAIN_AFTER, RINGS_A_ROUND, rings_in
from invoice_processor.jobs.retry import MAX_ATTEMPTS, backoff
from invoice_processor.models import AiJob, AiOutcome, DocumentReading, Event, Invoice, JobState, Queue

TASK = "invoice_processor.read_with_ai"
LONGEST_PARKED = timedelta(hours=1)
"""After which a parked job looks again whether it may go on."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AiLease:
    """The right to work on one AI job."""

    job: AiJob  # as claimed, with its invoice and document
    owner: UUID


def ask_for(invoice: Invoice, reading: Reading) -> AiJob | None:
    """Decide whether an AI model reads an invoice, and write the choice down; call it inside a transaction.

    Returns the job to ring for once the transaction has ended; None without a key, or when nobody is asked.
    """
    if not is_enabled():
        return None
    choice = choose(invoice, reading)
    fresh: dict[str, Any] = {
        "document_id": invoice.document_id,
        "first_page": invoice.first_page,
        "policy": choice.policy,
        "reason": choice.reason[:300],
        "outcome": AiOutcome.PENDING if choice.asked else AiOutcome.NOT_NEEDED,
        "state": JobState.QUEUED if choice.asked else JobState.DONE,
        "attempts": 0,
        "next_attempt_at": Now(),
        "last_rung_at": Now(),
        "finished_at": None if choice.asked else Now(),
        "reading": None,
        **CLEAR,
        **FREE,
    }
    job, _ = AiJob.objects.update_or_create(invoice=invoice, defaults=fresh)
    return job if choice.asked else None


CLEAR = {"waits_for": "", "error_code": "", "error_message": ""}


def ring(jobs: Iterable[AiJob | None]) -> None:
    """Tell an AI worker of these jobs; a ring that fails is made good by the reaper."""
    wanted = [job.pk for job in jobs if job]
    if not wanted:
        return
    with bell() as producer:
        for pk in wanted if producer else ():
            current_app.send_task(
                TASK, kwargs={"ai_job_id": pk}, queue=Queue.AI, ignore_result=True, producer=producer
            )


def claim(ai_job_id: int) -> AiLease | None:
    """Take a job that is due, counting the attempt first; None if it is not due, or its twin is at work."""
    owner = uuid4()
    due = AiJob.objects.filter(
        pk=ai_job_id, state=JobState.QUEUED, next_attempt_at__lte=Now(), attempts__lt=MAX_ATTEMPTS
    )
    try:
        with transaction.atomic():
            claimed = due.update(
                state=JobState.RUNNING,
                lease_owner=owner,
                lease_until=Now() + LEASE,
                attempts=F("attempts") + 1,
                started_at=Now(),
                waits_for="",
            )
    except IntegrityError:  # the same invoice of the same bytes is being asked about for another batch
        return None
    if not claimed:
        return None
    return AiLease(AiJob.objects.select_related("invoice__reading", "document").get(pk=ai_job_id), owner)


def park(lease: AiLease, waits_for: str, wait: timedelta) -> None:
    """Put a job off without counting the attempt. Raises LeaseLost."""
    wait = min(max(wait, timedelta(seconds=1)), LONGEST_PARKED)
    with ending(
        lease,
        state=JobState.QUEUED,
        next_attempt_at=Now() + wait,
        attempts=F("attempts") - 1,
        waits_for=waits_for[:300],
    ):
        log.info("AI job parked", invoice_id=lease.job.invoice_id, waits_for=waits_for)


def fail(lease: AiLease, code: str, sentence: str, *, permanent: bool) -> None:
    """End a failed attempt: another try later, or the offline reading stands. Raises LeaseLost."""
    error = {"error_code": code, "error_message": sentence[:500]}
    if permanent or lease.job.attempts >= MAX_ATTEMPTS:
        with ending(lease, state=JobState.FAILED, outcome=AiOutcome.FAILED, finished_at=Now(), **error):
            return
    wait = backoff(lease.job.attempts)
    with ending(
        lease, state=JobState.QUEUED, next_attempt_at=Now() + wait, waits_for=sentence[:300], **error
    ):
        return


def keep(lease: AiLease, reading: DocumentReading) -> bool:
    """Let the reading of both count for the invoice, which is still to be judged by it.

    False where a person has decided about the invoice meanwhile: what they saw stays. Raises LeaseLost.
    """
    held = owned(lease)
    if held.filter(invoice__decision="").update(reading=reading):
        return True
    if held.exists():
        return False
    raise LeaseLost


def finish(lease: AiLease, **read: Any) -> None:
    """End a job that went well, and write down what was ``read`` otherwise by what. Raises LeaseLost."""
    with ending(lease, state=JobState.DONE, outcome=AiOutcome.READ, finished_at=Now(), **CLEAR):
        Event.objects.note(lease.job.invoice, None, "invoice.read_by_ai", **read)


def not_needed(lease: AiLease, reason: str) -> None:
    """End a job that needs no model after all, or may not ask one. Raises LeaseLost."""
    done = {"state": JobState.DONE, "outcome": AiOutcome.NOT_NEEDED, "finished_at": Now()}
    with ending(lease, reason=reason[:300], **done, **CLEAR):
        return


def reap() -> None:
    """Put back jobs whose worker is gone, and ring for those that are due; one round of recovery."""
    if is_enabled():
        requeue_abandoned()
        ring_for_waiting()


def requeue_abandoned() -> int:
    """Put back jobs whose lease has run out; those that took down every attempt fail. Returns how many."""
    gone = AiJob.objects.filter(expired())
    failed = gone.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED,
        outcome=AiOutcome.FAILED,
        finished_at=Now(),
        error_code="crashed_repeatedly",
        error_message="Reading it with an AI model stopped the program every time.",
        **FREE,
    )
    requeued = gone.update(
        state=JobState.QUEUED, next_attempt_at=Now(), last_rung_at=Now() - RING_AGAIN_AFTER, **FREE
    )
    if failed or requeued:
        log.warning("abandoned AI jobs", requeued=requeued, failed=failed)
    return failed + requeued


def ring_for_waiting() -> int:
    """Ring for due jobs whose ring is old, unless the broker still holds plenty; returns how many."""
    waiting = list(
        AiJob.objects.filter(
            Q(last_rung_at__lt=F("next_attempt_at")) | Q(last_rung_at__lt=Now() - RING_AGAIN_AFTER),
            state=JobState.QUEUED,
            next_attempt_at__lte=Now(),
        ).order_by("next_attempt_at")[:RINGS_A_ROUND]
    )
    if not waiting or rings_in(Queue.AI) >= RINGS_A_ROUND:
        return 0
    AiJob.objects.filter(pk__in=[job.pk for job in waiting]).update(last_rung_at=Now())
    ring(waiting)
    return len(waiting)


def wake(jobs: "QuerySet[AiJob]") -> int:
    """Let parked jobs look again at once: what they waited for may have changed. Returns how many."""
    return jobs.filter(state=JobState.QUEUED, next_attempt_at__gt=Now()).update(next_attempt_at=Now())


def worth_asking_again(organisation: Organisation) -> "QuerySet[AiJob]":
    """The work that failed for what may be mended; what a model made nothing of stays as it is."""
    failed = AiJob.objects.filter(invoice__organisation=organisation, outcome=AiOutcome.FAILED)
    return failed.exclude(error_code__in=IN_VAIN)


def ask_again(jobs: "QuerySet[AiJob]") -> int:
    """Queue failed jobs anew, as after a person has mended what they failed for. Returns how many."""
    fresh = {"outcome": AiOutcome.PENDING, "attempts": 0, "finished_at": None, **CLEAR}
    return jobs.filter(state=JobState.FAILED).update(state=JobState.QUEUED, next_attempt_at=Now(), **fresh)
