"""The end of a batch: all files in, all jobs ended, one notice."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from accounts.models import User
from invoice_processor.models import Batch, Event, ProcessingJob
from invoice_processor.models.job import UNFINISHED
from invoice_processor.prepared import Given, Select
from invoice_processor.services import notices

IDLE = timedelta(minutes=10)


def close(batch: Batch, by: User | None = None, **data: str) -> None:
    """Say that no more files are coming, and write down who brought them; None: the command line."""
    with transaction.atomic():
        if Batch.objects.filter(pk=batch.pk, closed_at=None).update(closed_at=Now()):
            note_files(batch, by, **data)
    finish(Batch.objects.filter(pk=batch.pk))


def close_idle() -> None:
    """Close batches whose sender has gone away."""
    idle = Batch.objects.filter(closed_at=None, last_file_at__lt=Now() - IDLE)
    for batch in idle.select_related("created_by"):
        with transaction.atomic():
            if idle.filter(pk=batch.pk).update(closed_at=Now()):
                note_files(batch, batch.created_by)


def note_files(batch: Batch, by: User | None, **data: str) -> None:
    """Write into the audit trail what a batch holds now; the entry outlives batch and invoices."""
    counts = {"files": batch.jobs.count(), "refused": batch.refused.count()}
    what = {"batch": batch.pk, "name": batch.name, **counts, **data}
    Event.objects.create(organisation_id=batch.organisation_id, actor=by, action="batch.sent_in", data=what)


AN_UNFINISHED = Select(
    ProcessingJob.objects.filter(batch_id=Given("batch_id"), state__in=UNFINISHED).values_list("pk")[:1]
)


def finish_after(job: ProcessingJob) -> None:
    """Finish the batch of a job that has ended, if it was the last one."""
    if not AN_UNFINISHED(batch_id=job.batch_id):
        finish(Batch.objects.filter(pk=job.batch_id))


def finish(batches: "QuerySet[Batch]") -> int:
    """Finish those batches of which nothing is left to do, and tell their people, exactly once each."""
    working = ProcessingJob.objects.filter(batch=OuterRef("pk"), state__in=UNFINISHED)
    ready = batches.filter(~Exists(working), closed_at__isnull=False, finished_at=None)
    finished = 0
    for batch in ready.only("id", "created_by_id", "organisation_id"):
        with transaction.atomic():
            if ready.filter(pk=batch.pk).update(finished_at=Now()):
                finished += 1
                notices.tell_finished(batch)
    return finished
