"""Ringing workers. A ring that fails is harmless: the reaper rings again."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import structlog
from celery import current_app
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from invoice_processor.models import ProcessingJob, Queue

TASK = "invoice_processor.process_invoice_async"
# On Redis 0 goes first, across all queues of a worker; the order of the queues themselves is left to chance.
PRIORITY = {Queue.INTERACTIVE: 0, Queue.BULK: 9}
SLOW = 15  # seconds; a broker that takes longer to fail is not down but frozen
SPARED = 60  # seconds for which nobody has to wait for a frozen one again

log = structlog.get_logger(__name__)
_frozen = {"until": 0.0}  # of this process, by its monotonic clock


def ring(jobs: Iterable[ProcessingJob]) -> int:
    """Tell the workers of these jobs, by ids only; returns how many were told before the broker failed."""
    rung = 0
    with bell() as producer:
        for job in jobs if producer else ():
            current_app.send_task(
                TASK,
                kwargs={"invoice_id": job.invoice_id, "batch_id": job.batch_id},
                queue=job.queue,
                priority=PRIORITY[Queue(job.queue)],
                ignore_result=True,  # the row tells; and an unreachable result backend cannot hold us up
                producer=producer,
            )
            rung += 1
    return rung


def ring_again(jobs: list[ProcessingJob]) -> int:
    """Ring for jobs whose ring may have been lost, and note the time."""
    ProcessingJob.objects.filter(pk__in=[job.pk for job in jobs]).update(last_rung_at=Now())
    return ring(jobs)


def ring_control(task: str) -> None:
    """Have a task of the control queue done soon; beat calls it anyway before long."""
    with bell() as producer:
        if producer:
            current_app.send_task(task, queue=Queue.CONTROL.value, ignore_result=True, producer=producer)


@contextmanager
def bell() -> Iterator[Any]:
    """What sends messages, or None while the broker is frozen; the block ends where the broker fails."""
    began = monotonic()
    if began < _frozen["until"]:
        yield None
        return
    try:
        with current_app.producer_pool.acquire(block=True, timeout=5) as producer:
            yield producer
    except (OperationalError, OSError) as error:
        log.warning("broker unreachable: the reaper will ring", error=type(error).__name__)
        if monotonic() - began > SLOW:
            _frozen["until"] = monotonic() + SPARED
