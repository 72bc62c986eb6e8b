"""AI jobs are neither lost nor doubled: claims, twins, crashes and rings."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from accounts.models import Organisation
from invoice_processor.ai.queue import claim, finish, park, requeue_abandoned, ring_for_waiting, wake
from invoice_processor.jobs.lease import LeaseLost
from invoice_processor.jobs.retry import MAX_ATTEMPTS
from invoice_processor.models import AiJob, AiOutcome, JobState
from invoice_processor.tasks import reap
from tests.ai_simulator import Simulator
from tests.invoice_processor.ai.conftest import ReadOffline
from tests.invoice_processor.ai.test_second_reading import copy_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


@pytest.fixture
def job(server: Simulator, read_offline: ReadOffline) -> AiJob:
    read_offline()
    return AiJob.objects.get()


def test_of_many_workers_one_gets_the_job(job: AiJob) -> None:
    assert len([lease for lease in at_once(lambda: claim(job.pk)) if lease]) == 1


def test_the_same_bytes_in_two_batches_are_not_asked_about_at_once(
    job: AiJob, read_offline: ReadOffline, organisation: Organisation
) -> None:
    twin = read_offline(invoice=copy_of(job.invoice, organisation))
    lease = claim(job.pk)
    assert lease
    assert claim(twin.ai_job.pk) is None
    assert AiJob.objects.get(invoice=twin).attempts == 0
    finish(lease)
    assert claim(twin.ai_job.pk)


def test_a_worker_that_lost_its_lease_writes_nothing(job: AiJob) -> None:
    late = claim(job.pk)
    assert late
    AiJob.objects.update(lease_until=Now() - SECOND)
    assert requeue_abandoned() == 1
    assert claim(job.pk)
    with pytest.raises(LeaseLost):
        finish(late)
    assert AiJob.objects.get().state == JobState.RUNNING


def test_an_abandoned_job_is_put_back_with_its_attempt_counted(job: AiJob) -> None:
    claim(job.pk)
    AiJob.objects.update(lease_until=Now() - SECOND)
    reap()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_owner) == (JobState.QUEUED, 1, None)


def test_a_job_that_took_down_every_worker_fails(job: AiJob) -> None:
    claim(job.pk)
    AiJob.objects.update(lease_until=Now() - SECOND, attempts=MAX_ATTEMPTS)
    requeue_abandoned()
    job.refresh_from_db()
    assert (job.state, job.outcome, job.error_code) == (
        JobState.FAILED,
        AiOutcome.FAILED,
        "crashed_repeatedly",
    )


def test_a_parked_job_keeps_its_attempts_and_is_woken_on_demand(job: AiJob) -> None:
    lease = claim(job.pk)
    assert lease
    park(lease, "for reasons", timedelta(days=9))
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert (job.attempts, job.waits_for) == (0, "for reasons")
    assert AiJob.objects.filter(next_attempt_at__lte=Now() + timedelta(hours=1)).exists()
    assert wake(AiJob.objects.all()) == 1
    assert claim(job.pk)


def test_a_lost_ring_is_rung_again_once(job: AiJob) -> None:
    AiJob.objects.update(last_rung_at=Now() - 61 * SECOND, next_attempt_at=Now() - 62 * SECOND)
    assert [ring_for_waiting(), ring_for_waiting()] == [1, 0]
