"""Celery tasks: thin doors to the engine. Names and signatures are a public contract."""

import socket
from typing import TypedDict

from celery import Task, shared_task
from celery.signals import task_postrun, task_prerun, worker_ready
from django.db import close_old_connections
from django.utils import timezone
from structlog.contextvars import bind_contextvars, clear_contextvars

from invoice_processor import tallies
from invoice_processor.ai import queue as ai_queue
from invoice_processor.jobs import reaper
from invoice_processor.jobs.dispatch import ring_control
from invoice_processor.models import Batch, WorkerBeat
from invoice_processor.pipeline.run import Summary, process
from invoice_processor.services import (
    ai_pauses,
    batches,
    cleanup,
    notices,
    own_gstins,
    rejudging,
    unattended,
    vendors,
)
from invoice_processor.version import VERSION


class ConnectionReport(TypedDict):
    """What the test task says about the worker that took it."""

    status: str
    hostname: str
    version: str


@shared_task(name="invoice_processor.process_invoice_async")
def process_invoice_async(invoice_id: int, batch_id: int | None = None) -> Summary:  # noqa: ARG001
    """Process one invoice; harmless when called twice. ``batch_id`` is for callers: the job has its own."""
    return process(invoice_id)


@shared_task(name="invoice_processor.read_with_ai", ignore_result=True)
def read_with_ai(ai_job_id: int) -> None:
    """Let an AI model read a document for one invoice; harmless when called twice."""
    from invoice_processor.pipeline import second_reading  # noqa: PLC0415 - it loads what opens documents

    second_reading.process(ai_job_id)


@shared_task(name="invoice_processor.test_celery_connection", bind=True)
def test_celery_connection(self: "Task[[], ConnectionReport]") -> ConnectionReport:
    """Answer, so that the asker knows that broker, worker and results work."""
    return {"status": "ok", "hostname": str(self.request.hostname), "version": VERSION}


@shared_task(name="invoice_processor.reap", ignore_result=True)
def reap() -> None:
    """Find what was lost: abandoned jobs, rings nobody heard, batches that nobody closed or finished.

    And count anew what changed, for lists and dashboard. What the desk needs most goes first.
    """
    reaper.wake_the_far_future()
    reaper.requeue_abandoned()
    reaper.ring_for_waiting()
    batches.close_idle()
    batches.finish(Batch.objects.all())
    tallies.recount()
    ai_queue.reap()
    ai_pauses.tend()


@shared_task(name="invoice_processor.tend_vendors", ignore_result=True)
def tend_vendors() -> None:
    """Count vendors anew whose invoices have changed, and find verification that is left to do."""
    vendors.recount()
    rejudging.ring_if_due()
    unattended.ring_if_due()


@shared_task(name="invoice_processor.rejudge_outdated", ignore_result=True)
def rejudge_outdated() -> None:
    """Judge anew what was judged without a record that has come since; one chunk a message."""
    if rejudging.rejudge_outdated():
        rejudging.ring()


@shared_task(name="invoice_processor.verify_unattended", ignore_result=True)
def verify_unattended() -> None:
    """Ask the GSP for GSTINs that nobody has verified."""
    unattended.verify_wanted()


@shared_task(name="invoice_processor.send_mails", ignore_result=True)
def send_mails() -> None:
    """Mail the notices that are due."""
    notices.send_due_mails()


@shared_task(name="invoice_processor.judge_again", ignore_result=True)
def judge_again() -> None:
    """Judge again the invoices of organisations whose own GSTINs have changed; one chunk a message."""
    if own_gstins.judge_some_again():
        ring_control("invoice_processor.judge_again")


@shared_task(name="invoice_processor.heartbeat", ignore_result=True)
def heartbeat(queue: str) -> None:
    """Prove that work sent through a queue is done."""
    WorkerBeat.objects.update_or_create(
        queue=queue,
        defaults={"at": timezone.now(), "hostname": socket.gethostname(), "version": VERSION},
    )


@shared_task(name="invoice_processor.cleanup_old_results")
def cleanup_old_results() -> cleanup.Cleaned:
    """Remove expired results, files that no record names, and stale sessions; count all vendors anew."""
    vendors.recount_all()
    return cleanup.clean()


@worker_ready.connect
def reap_at_start(**_: object) -> None:
    """Recover at once after a restart, without waiting for beat."""
    try:
        reap()
    finally:
        close_old_connections()


@task_prerun.connect
@task_postrun.connect
def tidy_connections(task: "Task[..., object]", **_: object) -> None:
    """Close those that are too old or broken, as around a request; Celery does not (CELERY_DB_REUSE_MAX)."""
    if not task.request.is_eager:  # else the connection is the caller's
        close_old_connections()


@task_prerun.connect
def name_the_task_in_logs(task_id: str, task: "Task[..., object]", **_: object) -> None:
    """Put the task's id and name into every line that it logs."""
    clear_contextvars()
    bind_contextvars(task_id=task_id, task=task.name)


@task_postrun.connect
def forget_the_task_in_logs(**_: object) -> None:
    """Nothing logged between tasks belongs to one."""
    clear_contextvars()
