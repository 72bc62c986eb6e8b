"""The queue: one row for each invoice that is to be processed."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from invoice_processor.models.batch import Batch
from invoice_processor.models.invoice import Invoice


class JobState(models.TextChoices):
    """Where a job stands. A retry that waits is QUEUED with ``next_attempt_at`` ahead."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class Queue(models.TextChoices):
    """The Celery queues: a single upload never waits behind somebody's pile."""

    INTERACTIVE = "interactive"
    BULK = "bulk"
    CONTROL = "control"  # reaper, heartbeat, cleaning
    AI = "ai"  # calls of AI models: slow, and of no weight on this machine


class Work(models.Model):
    """Work that a row stands for. The row is the truth; Celery only rings a worker for it.

    A worker owns it while it holds the lease; every write it makes is fenced by ``lease_owner``.
    """

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)  # counted before work starts
    next_attempt_at = models.DateTimeField(db_default=Now())
    last_rung_at = models.DateTimeField(db_default=Now())
    lease_owner = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=50, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)  # of the latest attempt
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class ProcessingJob(Work):
    """The work on one invoice: reading it on this machine, and judging it."""

    invoice = models.OneToOneField(Invoice, on_delete=models.CASCADE, related_name="job")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="jobs")
    queue = models.CharField(max_length=20, choices=Queue.choices)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["batch", "state"], name="job_progress"),
            models.Index(
                fields=["queue", "next_attempt_at"], name="job_due", condition=models.Q(state=JobState.QUEUED)
            ),
            models.Index(
                fields=["lease_until"], name="job_leased", condition=models.Q(state=JobState.RUNNING)
            ),
            models.Index(fields=["error_code"], name="job_failed", condition=models.Q(state=JobState.FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.state} job of {self.invoice}"
