"""How far a batch is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Now

from invoice_processor.models import Batch, Invoice, InvoiceState, JobState, ProcessingJob

ATTENTION = (InvoiceState.HAS_ANOMALIES, InvoiceState.NEEDS_REVIEW)
# What was deleted, or typed in by hand after its job had failed, is done with.
FAILED = Q(state=JobState.FAILED, invoice__state=InvoiceState.FAILED, invoice__deleted_at=None)
FURTHER = Invoice.objects.filter(first_page__gt=1, deleted_at=None).order_by()
FURTHER_OF_FILE = FURTHER.filter(batch=OuterRef("batch"), document=OuterRef("invoice__document"))
NEEDS_ATTENTION: Any = Q(invoice__state__in=ATTENTION, invoice__deleted_at=None) | Exists(
    FURTHER_OF_FILE.filter(state__in=ATTENTION)
)
COUNTS = {
    "total": Count("pk"),
    "queued": Count("pk", filter=Q(state=JobState.QUEUED)),
    "working": Count("pk", filter=Q(state=JobState.RUNNING)),
    "attention": Count(
        "pk", filter=Q(state__in=(JobState.DONE, JobState.FAILED)) & ~FAILED & NEEDS_ATTENTION
    ),
    "failed": Count("pk", filter=FAILED),
}
LATELY = Q(finished_at__gte=Now() - timedelta(minutes=5))
PACE = {
    "lately": Count("pk", filter=LATELY),
    "begun": Min("started_at", filter=LATELY),
    "latest": Max("finished_at"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a batch's files; they always add up to ``total``."""

    queued: int
    working: int
    done: int
    attention: int
    failed: int
    seconds_left: int | None = None  # None: not known yet, or nothing left to do
    further: int = 0  # invoices found in them beyond the first of each

    @property
    def total(self) -> int:
        return self.queued + self.working + self.ended

    @property
    def invoices(self) -> int:
        """Invoices found in the files so far, or still to be found."""
        return self.total + self.further

    @property
    def ended(self) -> int:
        """Files with a final word."""
        return self.done + self.attention + self.failed

    @property
    def percent(self) -> int:
        """Share of files that have ended, rounded down so that 100 means all."""
        return self.ended * 100 // self.total if self.total else 0


def batch_progress(batch: Batch) -> Progress:
    """How far one batch is."""
    return progress_of([batch])[batch.pk]


def progress_of(batches: Iterable[Batch]) -> dict[int, Progress]:
    """How far each of several batches is, by id, in two queries: of the jobs, and of further invoices."""
    progress = {batch.pk: Progress(0, 0, 0, 0, 0) for batch in batches}
    further = dict(FURTHER.filter(batch__in=progress).values_list("batch").annotate(Count("pk")))
    jobs = ProcessingJob.objects.filter(batch__in=progress).order_by()
    for batch_id, lately, begun, latest, total, *counts in jobs.values_list("batch").annotate(
        **PACE, **COUNTS
    ):
        queued, working, attention, failed = counts
        done = total - sum(counts)
        seconds = seconds_left(queued + working, lately, begun, latest)
        further_here = further.get(batch_id, 0)
        progress[batch_id] = Progress(queued, working, done, attention, failed, seconds, further_here)
    return progress


def seconds_left(left: int, lately: int, begun: datetime | None, latest: datetime | None) -> int | None:
    """The time left at the pace of those that ended lately: a batch may have rested for days before."""
    if not (left and lately and begun and latest):
        return None
    return round((latest - begun).total_seconds() / lately * left)
