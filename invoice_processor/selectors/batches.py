"""Questions about the batches of an organisation."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accounts.models import Organisation
from invoice_processor.models import Batch, JobState, ProcessingJob
from invoice_processor.selectors.progress import ATTENTION, Progress


def batches_of(organisation: Organisation) -> "QuerySet[Batch]":
    """All batches that members of the organisation may see, newest first."""
    return Batch.objects.filter(organisation=organisation).select_related("created_by")


def progress_of(batches: Iterable[Batch]) -> dict[int, Progress]:
    """How far each of several batches is, by id, in one query and without the time left."""
    batch_ids = [batch.pk for batch in batches]
    needs_attention = Q(state=JobState.DONE, invoice__state__in=ATTENTION)
    rows = (
        ProcessingJob.objects.filter(batch__in=batch_ids)
        .order_by()
        .values_list("batch")
        .annotate(
            queued=Count("pk", filter=Q(state=JobState.QUEUED)),
            working=Count("pk", filter=Q(state=JobState.RUNNING)),
            done=Count("pk", filter=Q(state=JobState.DONE) & ~needs_attention),
            attention=Count("pk", filter=needs_attention),
            failed=Count("pk", filter=Q(state=JobState.FAILED)),
        )
    )
    counted = {
        batch_id: Progress(queued, working, done, attention, failed, None)
        for batch_id, queued, working, done, attention, failed in rows
    }
    nothing = Progress(queued=0, working=0, done=0, attention=0, failed=0, seconds_left=None)
    return {batch_id: counted.get(batch_id, nothing) for batch_id in batch_ids}
