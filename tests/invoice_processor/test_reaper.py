"""Recovery: what was lost between the database, the broker and the workers is found again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now

from accounts.models import Organisation, User
from invoice_processor.jobs.lease import claim
from invoice_processor.jobs.reaper import (
    requeue_abandoned,
    ring_for_waiting,
    rings_in,
    wake_the_far_future,
)
from invoice_processor.jobs.retry import LONGEST_WAIT, MAX_ATTEMPTS
from invoice_processor.models import Batch, Invoice, InvoiceState, JobState, ProcessingJob, Queue
from invoice_processor.tasks import reap
from tests.conftest import Take

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def abandoned(take: Take) -> ProcessingJob:
    """A job whose worker was killed a while ago."""
    (invoice,) = take("")
    claim(invoice.pk)
    ProcessingJob.objects.update(lease_until=Now() - SECOND)
    return ProcessingJob.objects.get()


def due_rings() -> int:
    """For how many jobs the next round would ring: with no broker, the time noted in the row tells."""
    before = dict(ProcessingJob.objects.values_list("pk", "last_rung_at"))
    ring_for_waiting()
    after = dict(ProcessingJob.objects.values_list("pk", "last_rung_at"))
    return sum(before[pk] != after[pk] for pk in before)


def test_an_abandoned_job_is_queued_again_with_its_attempt_counted(abandoned: ProcessingJob) -> None:
    assert requeue_abandoned() == 1
    abandoned.refresh_from_db()
    assert (abandoned.state, abandoned.attempts) == (JobState.QUEUED, 1)
    assert (abandoned.lease_owner, abandoned.lease_until) == (None, None)
    invoice = Invoice.objects.get()
    assert (invoice.state, invoice.state_reason) == (
        InvoiceState.QUEUED,
        "The worker that read it stopped; it is in the queue again.",
    )
    lease = claim(invoice.pk)
    assert lease
    assert lease.attempt == 2


def test_a_file_that_took_down_every_worker_fails_and_is_kept(abandoned: ProcessingJob) -> None:
    ProcessingJob.objects.update(attempts=MAX_ATTEMPTS)
    assert requeue_abandoned() == 1
    abandoned.refresh_from_db()
    assert (abandoned.state, abandoned.error_code) == (JobState.FAILED, "crashed_repeatedly")
    invoice = Invoice.objects.get()
    assert invoice.state == InvoiceState.FAILED
    assert "retry it" in invoice.state_reason
    assert Path(invoice.document.file.path).exists()


def test_a_live_lease_is_left_alone(take: Take) -> None:
    (invoice,) = take("")
    claim(invoice.pk)
    before = ProcessingJob.objects.values().get()
    assert requeue_abandoned() == 0
    assert ProcessingJob.objects.values().get() == before


def test_a_lease_taken_under_a_clock_that_ran_ahead_is_abandoned(abandoned: ProcessingJob) -> None:
    ProcessingJob.objects.update(lease_until=Now() + timedelta(days=400))
    assert requeue_abandoned() == 1


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.QUEUED])
def test_only_jobs_under_way_can_be_abandoned(abandoned: ProcessingJob, state: JobState) -> None:
    ProcessingJob.objects.update(state=state)
    assert requeue_abandoned() == 0


def test_a_job_is_not_rung_for_again_within_a_minute(take: Take) -> None:
    take("")
    assert due_rings() == 0
    ProcessingJob.objects.update(last_rung_at=Now() - 55 * SECOND, next_attempt_at=Now() - 56 * SECOND)
    assert due_rings() == 0


def test_a_job_that_nobody_came_for_within_a_minute_is_rung_for_again_once(take: Take) -> None:
    take("")
    ProcessingJob.objects.update(last_rung_at=Now() - 61 * SECOND, next_attempt_at=Now() - 62 * SECOND)
    assert [due_rings(), due_rings()] == [1, 0]


def test_a_retry_that_has_become_due_is_rung_for_at_once(take: Take) -> None:
    take("")
    ProcessingJob.objects.update(last_rung_at=Now() - 5 * SECOND, next_attempt_at=Now() - SECOND)
    assert [due_rings(), due_rings()] == [1, 0]


def test_a_retry_that_waits_is_not_rung_for(take: Take) -> None:
    take("")
    ProcessingJob.objects.update(last_rung_at=Now() - 90 * SECOND, next_attempt_at=Now() + 30 * SECOND)
    assert due_rings() == 0


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.DONE, JobState.FAILED])
def test_only_queued_jobs_are_rung_for(take: Take, state: JobState) -> None:
    take("")
    ProcessingJob.objects.update(state=state, last_rung_at=Now() - 61 * SECOND)
    assert due_rings() == 0


def test_both_queues_are_rung_for(take: Take) -> None:
    first, _ = take("", "")
    ProcessingJob.objects.filter(invoice=first).update(queue=Queue.BULK)
    ProcessingJob.objects.update(last_rung_at=Now() - 61 * SECOND)
    assert due_rings() == 2


def test_what_was_put_off_under_a_clock_that_ran_ahead_is_woken(take: Take) -> None:
    far, honest = take("", "")
    ProcessingJob.objects.filter(invoice=far).update(next_attempt_at=Now() + timedelta(days=365))
    ProcessingJob.objects.filter(invoice=honest).update(next_attempt_at=Now() + LONGEST_WAIT)
    assert wake_the_far_future() == 1
    assert claim(far.pk)
    assert claim(honest.pk) is None


def test_a_round_without_a_broker_still_recovers_and_rings_for_nobody(abandoned: ProcessingJob) -> None:
    assert rings_in(Queue.INTERACTIVE) == 0
    requeue_abandoned()
    ProcessingJob.objects.update(last_rung_at=Now() - 61 * SECOND)
    assert ring_for_waiting() == 0
    assert ProcessingJob.objects.get().state == JobState.QUEUED


def test_the_last_file_of_a_batch_may_end_by_crashing(
    abandoned: ProcessingJob, organisation: Organisation, user: User
) -> None:
    """Then no worker is left to finish the batch: the round of the reaper does."""
    ProcessingJob.objects.update(attempts=MAX_ATTEMPTS)
    Batch.objects.update(closed_at=Now())
    reap()
    assert Batch.objects.get().finished_at
    assert user.notifications.count() == 1
