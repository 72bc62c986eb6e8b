"""How far a batch is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from invoice_processor.models import Batch, InvoiceState, JobState, ProcessingJob

ATTENTION = (InvoiceState.HAS_ANOMALIES, InvoiceState.NEEDS_REVIEW)


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a batch's jobs; they always add up to ``total``."""

    queued: int
    working: int
    done: int
    attention: int
    failed: int
    seconds_left: int | None  # None: not known yet, or nothing left to do

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
    """Count a batch's jobs in one query."""
    needs_attention = Q(state=JobState.DONE, invoice__state__in=ATTENTION)
    counts = ProcessingJob.objects.filter(batch=batch).aggregate(
        queued=Count("pk", filter=Q(state=JobState.QUEUED)),
        working=Count("pk", filter=Q(state=JobState.RUNNING)),
        attention=Count("pk", filter=needs_attention),
        done=Count("pk", filter=Q(state=JobState.DONE) & ~needs_attention),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        begun=Min("started_at"),
        latest=Max("finished_at"),
    )
    begun, latest = counts.pop("begun"), counts.pop("latest")
    return Progress(**counts, seconds_left=seconds_left(counts, begun, latest))


def seconds_left(counts: dict[str, int], begun: datetime | None, latest: datetime | None) -> int | None:
    """The time left at the pace so far."""
    ended = counts["done"] + counts["attention"] + counts["failed"]
    left = counts["queued"] + counts["working"]
    if not (ended and left and begun and latest):
        return None
    return round((latest - begun).total_seconds() / ended * left)
