"""How far a batch is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from invoice_processor.models import Batch, InvoiceState, JobState, ProcessingJob

ATTENTION = (InvoiceState.HAS_ANOMALIES, InvoiceState.NEEDS_REVIEW)
NEEDS_ATTENTION = Q(state=JobState.DONE, invoice__state__in=ATTENTION)
COUNTS = {
    "queued": Count("pk", filter=Q(state=JobState.QUEUED)),
    "working": Count("pk", filter=Q(state=JobState.RUNNING)),
    "done": Count("pk", filter=Q(state=JobState.DONE) & ~NEEDS_ATTENTION),
    "attention": Count("pk", filter=NEEDS_ATTENTION),
    "failed": Count("pk", filter=Q(state=JobState.FAILED)),
}
TIMES = {"begun": Min("started_at"), "latest": Max("finished_at")}


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a batch's jobs; they always add up to ``total``."""

    queued: int
    working: int
    done: int
    attention: int
    failed: int
    seconds_left: int | None = None  # None: not known yet, or nothing left to do

    @property
    def total(self) -> int:
        return self.queued + self.working + self.ended

    @property
    def ended(self) -> int:
        """Jobs with a final word."""
        return self.done + self.attention + self.failed

    @property
    def percent(self) -> int:
        """Share of jobs that have ended, rounded down so that 100 means all."""
        return self.ended * 100 // self.total if self.total else 0


def batch_progress(batch: Batch) -> Progress:
    """How far one batch is."""
    return progress_of([batch])[batch.pk]


def progress_of(batches: Iterable[Batch]) -> dict[int, Progress]:
    """How far each of several batches is, by id: the jobs are counted in one query."""
    progress = {batch.pk: Progress(0, 0, 0, 0, 0) for batch in batches}
    jobs = ProcessingJob.objects.filter(batch__in=progress).order_by()
    for batch_id, begun, latest, *counts in jobs.values_list("batch").annotate(**TIMES, **COUNTS):
        counted = Progress(*counts)
        progress[batch_id] = replace(counted, seconds_left=seconds_left(counted, begun, latest))
    return progress


def seconds_left(counted: Progress, begun: datetime | None, latest: datetime | None) -> int | None:
    """The time left at the pace so far."""
    left = counted.queued + counted.working
    if not (counted.ended and left and begun and latest):
        return None
    return round((latest - begun).total_seconds() / counted.ended * left)
