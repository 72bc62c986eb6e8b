"""Ringing workers. A ring that fails is harmless: the reaper rings again."""

from collections.abc import Iterable

import structlog
from celery import current_app
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from invoice_processor.models import ProcessingJob, Queue

TASK = "invoice_processor.process_invoice_async"
# On Redis 0 goes first, across all queues of a worker; the order of the queues themselves is left to chance.
PRIORITY = {Queue.INTERACTIVE: 0, Queue.BULK: 9}

log = structlog.get_logger(__name__)


def ring(jobs: Iterable[ProcessingJob]) -> int:
    """Tell the workers of these jobs, by ids only; returns how many were told before the broker failed."""
    rung = 0
    try:
        with current_app.producer_pool.acquire(block=True, timeout=5) as producer:
            for job in jobs:
                current_app.send_task(
                    TASK,
                    kwargs={"invoice_id": job.invoice_id, "batch_id": job.batch_id},
                    queue=job.queue,
                    priority=PRIORITY[Queue(job.queue)],
                    ignore_result=True,  # the row tells; and an unreachable result backend cannot hold us up
                    producer=producer,
                )
                rung += 1
    except (OperationalError, OSError) as error:
        log.warning("broker unreachable: the reaper will ring", rung=rung, error=type(error).__name__)
    return rung


def ring_again(jobs: list[ProcessingJob]) -> int:
    """Ring for jobs whose ring may have been lost, and note the time."""
    ProcessingJob.objects.filter(pk__in=[job.pk for job in jobs]).update(last_rung_at=Now())
    return ring(jobs)


def ring_control(task: str) -> None:
    """Have a task of the control queue done soon; beat calls it anyway before long."""
    try:
        with current_app.producer_pool.acquire(block=True, timeout=5) as producer:
            current_app.send_task(task, queue=Queue.CONTROL.value, ignore_result=True, producer=producer)
    except (OperationalError, OSError) as error:
        log.warning("broker unreachable: beat will ring", task=task, error=type(error).__name__)
