"""Counting how far a batch is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation
from invoice_processor.models import Batch, Invoice, InvoiceState, JobState, ProcessingJob
from invoice_processor.selectors.progress import Progress, batch_progress, progress_of, seconds_left
from invoice_processor.services.intake import open_batch
from tests.conftest import Take

BEGUN = datetime(2026, 11, 1, 9, tzinfo=UTC)
STATES = (
    (JobState.QUEUED, InvoiceState.QUEUED),
    (JobState.QUEUED, InvoiceState.QUEUED),
    (JobState.RUNNING, InvoiceState.PROCESSING),
    (JobState.DONE, InvoiceState.CLEARED),
    (JobState.DONE, InvoiceState.NOT_AN_INVOICE),
    (JobState.DONE, InvoiceState.HAS_ANOMALIES),
    (JobState.DONE, InvoiceState.NEEDS_REVIEW),
    (JobState.DONE, InvoiceState.NEEDS_REVIEW),
    (JobState.FAILED, InvoiceState.FAILED),
)

counts = st.integers(0, 10_000)


@pytest.fixture
def mixed(take: Take, batch: Batch) -> Batch:
    """A batch with a job in every state."""
    for invoice, (job_state, state) in zip(take(*[""] * len(STATES)), STATES, strict=True):
        ProcessingJob.objects.filter(invoice=invoice).update(state=job_state)
        Invoice.objects.filter(pk=invoice.pk).update(state=state)
    return batch


@pytest.mark.django_db
def test_every_file_is_counted_once_in_two_queries(
    mixed: Batch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        progress = batch_progress(mixed)
    assert progress == Progress(queued=2, working=1, done=2, attention=3, failed=1, seconds_left=None)
    assert (progress.total, progress.ended, progress.percent) == (9, 6, 66)


@pytest.mark.django_db
def test_several_batches_are_counted_alike_in_two_queries(
    mixed: Batch, organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    empty = open_batch(organisation, None, "Empty", 1)
    with django_assert_num_queries(2):
        counted = progress_of([mixed, empty])
    assert counted == {mixed.pk: batch_progress(mixed), empty.pk: batch_progress(empty)}
    assert (counted[empty.pk].total, counted[empty.pk].percent) == (0, 0)


@pytest.mark.django_db
def test_what_was_typed_in_or_deleted_after_it_failed_is_done(take: Take, batch: Batch) -> None:
    typed, deleted, _ = take("", "", "")
    ProcessingJob.objects.update(state=JobState.FAILED)
    Invoice.objects.update(state=InvoiceState.FAILED)
    Invoice.objects.filter(pk=typed.pk).update(state=InvoiceState.CLEARED)
    Invoice.objects.filter(pk=deleted.pk).update(deleted_at=BEGUN)
    assert batch_progress(batch) == Progress(queued=0, working=0, done=2, attention=0, failed=1)
    Invoice.objects.filter(pk=typed.pk).update(state=InvoiceState.NEEDS_REVIEW)
    assert batch_progress(batch) == Progress(queued=0, working=0, done=1, attention=1, failed=1)


@pytest.mark.django_db
def test_the_time_left_follows_the_pace_of_late_and_no_rest_before(mixed: Batch) -> None:
    now = timezone.now()
    ended = ProcessingJob.objects.filter(state__in=[JobState.DONE, JobState.FAILED])
    ended.update(started_at=now - timedelta(days=2), finished_at=now - timedelta(days=1))
    assert batch_progress(mixed).seconds_left is None
    late = ended.filter(state=JobState.DONE).values("pk")[:3]
    ProcessingJob.objects.filter(pk__in=list(late.values_list("pk", flat=True))).update(
        started_at=now - timedelta(seconds=60), finished_at=now
    )
    assert batch_progress(mixed).seconds_left == 60  # 3 in a minute, 3 to go


@given(counts, counts, counts, counts, counts)
def test_counts_add_up_and_only_all_is_100_percent(
    queued: int, working: int, done: int, attention: int, failed: int
) -> None:
    progress = Progress(queued, working, done, attention, failed, seconds_left=None)
    assert progress.total == queued + working + done + attention + failed
    assert 0 <= progress.percent <= 100
    assert (progress.percent == 100) is (progress.total > 0 and progress.ended == progress.total)


@given(counts, counts, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_time_left_is_known_once_something_ended_and_until_all_has(
    left: int, lately: int, took: timedelta
) -> None:
    seconds = seconds_left(left, lately, BEGUN, BEGUN + took)
    assert (seconds is None) is (lately == 0 or left == 0)
    assert seconds is None or seconds >= 0


def test_time_left_is_unknown_before_anything_began() -> None:
    assert seconds_left(5, 0, None, None) is None
