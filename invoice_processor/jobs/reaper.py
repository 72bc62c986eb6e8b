"""Recovery: whatever was lost between the database, the broker and the workers is found again here."""

from datetime import timedelta
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from invoice_processor.jobs.dispatch import ring, ring_again
from invoice_processor.jobs.lease import expired
from invoice_processor.jobs.retry import LONGEST_WAIT, MAX_ATTEMPTS
from invoice_processor.jobs.transitions import give_up, requeue
from invoice_processor.models import JobState, ProcessingJob, Queue

RING_AGAIN_AFTER = timedelta(seconds=settings.INVOICE_RING_AGAIN)
RINGS_A_ROUND = 500

log = structlog.get_logger(__name__)


def requeue_abandoned() -> int:
    """Put back jobs whose worker is gone; those that took down every attempt fail. Returns how many."""
    abandoned = ProcessingJob.objects.filter(expired())
    with transaction.atomic():
        locked = abandoned.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        pks = list(locked.values_list("pk", flat=True))
        give_up(
            ProcessingJob.objects.filter(pk__in=pks, attempts__gte=MAX_ATTEMPTS),
            "crashed_repeatedly",
            "Reading this file stopped the program every time. The file is kept: retry it, or enter the "
            "invoice by hand.",
        )
        requeued = requeue(
            ProcessingJob.objects.filter(pk__in=pks, attempts__lt=MAX_ATTEMPTS),
            "The worker that read it stopped; it is in the queue again.",
        )
    if pks:
        log.warning("abandoned jobs", requeued=len(requeued), failed=len(pks) - len(requeued))
    ring(requeued)
    return len(pks)


def ring_for_waiting() -> int:
    """Ring for due jobs whose ring is old, unless the broker still holds plenty; returns how many."""
    rung = 0
    for queue in (Queue.INTERACTIVE, Queue.BULK):
        waiting = ProcessingJob.objects.filter(
            Q(last_rung_at__lt=F("next_attempt_at")) | Q(last_rung_at__lt=Now() - RING_AGAIN_AFTER),
            state=JobState.QUEUED,
            queue=queue,
            next_attempt_at__lte=Now(),
        ).order_by("next_attempt_at")[:RINGS_A_ROUND]
        if waiting and rings_in(queue) < RINGS_A_ROUND:
            rung += ring_again(list(waiting))
    return rung


def wake_the_far_future() -> int:
    """Make due what waits longer than any honest retry does: it was put off under a clock that ran ahead."""
    return ProcessingJob.objects.filter(
        state=JobState.QUEUED, next_attempt_at__gt=Now() + 2 * LONGEST_WAIT
    ).update(next_attempt_at=Now())


def rings_in(queue: Queue) -> int:
    """How many messages wait in a Celery queue; 0 when the broker cannot be reached."""
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)  # its default is to try for long
            channel: Any = broker.default_channel
            return int(channel.queue_declare(queue.value, durable=True).message_count)
    except (OperationalError, OSError):
        return 0
