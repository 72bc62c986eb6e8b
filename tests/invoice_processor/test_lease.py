"""Owning a job: exactly one worker at a time, and none after its time."""

import contextlib
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from invoice_processor.jobs.lease import Lease, LeaseLost, claim, ending, kept_alive, renew, start_renewing
from invoice_processor.jobs.reaper import requeue_abandoned
from invoice_processor.jobs.retry import MAX_ATTEMPTS, backoff
from invoice_processor.models import Invoice, InvoiceState, JobState, ProcessingJob
from tests.conftest import Take

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(take: Take) -> ProcessingJob:
    (invoice,) = take("")
    return ProcessingJob.objects.get(invoice=invoice)


def change(job: ProcessingJob, **values: object) -> None:
    ProcessingJob.objects.filter(pk=job.pk).update(**values)


def claimed(job: ProcessingJob) -> Lease:
    lease = claim(job.invoice_id)
    assert lease is not None
    return lease


def test_a_claim_counts_the_attempt_and_shows_the_invoice_as_under_way(job: ProcessingJob) -> None:
    assert claimed(job).attempt == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    assert Invoice.objects.get().state == InvoiceState.PROCESSING


def test_a_job_has_one_owner_however_often_it_is_rung_for(job: ProcessingJob) -> None:
    assert [claim(job.invoice_id) is not None for _ in range(10)] == [True] + [False] * 9
    job.refresh_from_db()
    assert job.attempts == 1


def test_an_expired_lease_can_be_claimed_by_another(job: ProcessingJob) -> None:
    first = claimed(job)
    change(job, lease_until=Now() - timedelta(seconds=1))
    assert claim(job.invoice_id) is None  # not before the reaper has put it back
    requeue_abandoned()
    second = claimed(job)
    assert second.attempt == 2
    assert not renew(first)
    assert renew(second)


def test_a_lease_from_a_clock_that_ran_ahead_counts_as_expired(job: ProcessingJob) -> None:
    claimed(job)
    change(job, lease_until=Now() + timedelta(days=1))
    requeue_abandoned()
    assert claimed(job).attempt == 2


def test_a_job_that_waits_for_its_retry_is_not_claimed(job: ProcessingJob) -> None:
    change(job, next_attempt_at=Now() + timedelta(seconds=30))
    assert claim(job.invoice_id) is None


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_an_ended_job_is_not_claimed(job: ProcessingJob, state: JobState) -> None:
    change(job, state=state)
    assert claim(job.invoice_id) is None


def test_a_job_without_attempts_left_is_not_claimed(job: ProcessingJob) -> None:
    change(job, attempts=MAX_ATTEMPTS)
    assert claim(job.invoice_id) is None


def test_the_fence_lets_nothing_of_a_lost_lease_through(job: ProcessingJob) -> None:
    late = claimed(job)
    change(job, lease_until=Now() - timedelta(seconds=1))
    requeue_abandoned()
    claimed(job)
    with pytest.raises(LeaseLost), ending(late, state=JobState.DONE):
        pytest.fail("the block must not run")


def test_an_error_inside_the_fence_undoes_the_block(job: ProcessingJob) -> None:
    lease = claimed(job)
    with contextlib.suppress(ZeroDivisionError), ending(lease, state=JobState.DONE):
        Invoice.objects.update(number="half written")
        raise ZeroDivisionError
    assert Invoice.objects.get().number == ""
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_while_the_work_goes_on(
    job: ProcessingJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoice_processor.jobs.lease.RENEW_EVERY", 0.01)
    start_renewing.cache_clear()  # a thread of an earlier test sleeps longer
    lease = claimed(job)
    soon = Now() + timedelta(seconds=5)
    change(job, lease_until=soon)
    with kept_alive(lease):
        for _ in range(500):
            if ProcessingJob.objects.filter(lease_until__gt=Now() + timedelta(seconds=60)).exists():
                break
        else:
            pytest.fail("the lease was not renewed")


def test_retries_wait_a_minute_doubled_each_time_with_jitter() -> None:
    for attempt, longest in ((1, 60), (2, 120), (3, 240)):
        waits = {backoff(attempt).total_seconds() for _ in range(50)}
        assert all(longest * 0.75 <= wait <= longest for wait in waits)
        assert len(waits) > 1
