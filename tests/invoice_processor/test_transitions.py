"""Ends of attempts, and the way back for a person."""

import pytest
from django.db.models.functions import Now

from invoice_processor.jobs.lease import LeaseLost, claim
from invoice_processor.jobs.reaper import requeue_abandoned
from invoice_processor.jobs.retry import MAX_ATTEMPTS
from invoice_processor.jobs.transitions import fail_attempt, retry
from invoice_processor.models import (
    Batch,
    Invoice,
    InvoiceState,
    JobState,
    Notification,
    ProcessingJob,
)
from invoice_processor.pipeline.run import process
from invoice_processor.services import batches
from tests.conftest import Take
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    """The states of all invoices, in the order of intake."""
    return list(Invoice.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def finished(take: Take, batch: Batch) -> Batch:
    """A batch of which the first and last could not be read, and the second was."""
    for invoice in take("refuse", "", "refuse"):
        process(invoice.pk)
    batches.close(batch)
    assert states() == [InvoiceState.FAILED, InvoiceState.CLEARED, InvoiceState.FAILED]
    batch.refresh_from_db()
    return batch


def test_one_failed_invoice_is_retried_with_all_attempts_back(finished: Batch) -> None:
    failed = Invoice.objects.order_by("pk")[:1]
    assert retry(Invoice.objects.filter(pk__in=[invoice.pk for invoice in failed]), None) == 1
    assert states() == [InvoiceState.QUEUED, InvoiceState.CLEARED, InvoiceState.FAILED]
    job = ProcessingJob.objects.select_related("invoice").get(state=JobState.QUEUED)
    assert (job.attempts, job.error_code, job.error_message, job.finished_at) == (0, "", "", None)
    assert job.invoice.state_reason == ""


def test_all_failed_invoices_are_retried_and_the_others_left_alone(finished: Batch) -> None:
    before = ProcessingJob.objects.get(state=JobState.DONE)
    assert retry(Invoice.objects.filter(batch=finished), None) == 2
    assert states() == [InvoiceState.QUEUED, InvoiceState.CLEARED, InvoiceState.QUEUED]
    after = ProcessingJob.objects.get(state=JobState.DONE)
    assert (after.attempts, after.finished_at) == (before.attempts, before.finished_at)


def test_retrying_what_has_not_failed_does_nothing(take: Take) -> None:
    invoices = take("", "")
    claim(invoices[0].pk)
    before = list(ProcessingJob.objects.order_by("pk").values())
    assert retry(Invoice.objects.all(), None) == 0
    assert list(ProcessingJob.objects.order_by("pk").values()) == before
    assert states() == [InvoiceState.PROCESSING, InvoiceState.QUEUED]


def test_a_retried_invoice_can_be_read_at_once(finished: Batch) -> None:
    invoice = Invoice.objects.filter(state=InvoiceState.FAILED).earliest("pk")
    retry(Invoice.objects.filter(pk=invoice.pk), None)
    lease = claim(invoice.pk)
    assert lease is not None
    assert lease.attempt == 1


def test_a_retry_reopens_the_batch_and_a_second_notice_comes_when_it_is_done_again(finished: Batch) -> None:
    assert finished.finished_at
    assert Notification.objects.count() == 1
    retry(Invoice.objects.all(), None)
    reopened = Batch.objects.get()
    assert reopened.finished_at is None
    assert reopened.closed_at
    assert batches.finish(Batch.objects.all()) == 0
    first, second = Invoice.objects.filter(state=InvoiceState.QUEUED)
    process(first.pk)
    assert Notification.objects.count() == 1
    process(second.pk)
    finished.refresh_from_db()
    assert finished.finished_at
    assert Notification.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_pressing_retry_twice_at_once_retries_once(finished: Batch) -> None:
    assert sorted(at_once(lambda: retry(Invoice.objects.all(), None))) == [0, 0, 0, 2]


def test_a_failure_that_may_pass_waits_for_its_next_attempt(take: Take) -> None:
    (invoice,) = take("")
    lease = claim(invoice.pk)
    assert lease
    state = fail_attempt(lease, code="timeout", message="It took too long.", permanent=False)
    job = ProcessingJob.objects.get()
    assert (state, job.state, job.lease_owner) == (InvoiceState.QUEUED, JobState.QUEUED, None)
    assert not ProcessingJob.objects.filter(next_attempt_at__lte=Now()).exists()
    invoice.refresh_from_db()
    assert invoice.state_reason == "It took too long. Trying again in about 1 min (attempt 2 of 4)."


@pytest.mark.parametrize(("attempts_before", "permanent"), [(0, True), (MAX_ATTEMPTS - 1, False)])
def test_a_failure_that_stays_or_was_the_last_is_final(
    take: Take, attempts_before: int, permanent: bool
) -> None:
    (invoice,) = take("")
    ProcessingJob.objects.update(attempts=attempts_before)
    lease = claim(invoice.pk)
    assert lease
    assert fail_attempt(lease, code="damaged", message="x" * 900, permanent=permanent) == InvoiceState.FAILED
    job = ProcessingJob.objects.get()
    assert (job.state, job.error_code, len(job.error_message)) == (JobState.FAILED, "damaged", 500)
    assert job.finished_at


def test_a_worker_that_lost_its_lease_cannot_fail_the_job(take: Take) -> None:
    (invoice,) = take("")
    late = claim(invoice.pk)
    assert late
    ProcessingJob.objects.update(lease_until="2026-01-01T00:00Z")
    requeue_abandoned()
    claim(invoice.pk)
    with pytest.raises(LeaseLost):
        fail_attempt(late, code="timeout", message="late", permanent=True)
    assert states() == [InvoiceState.PROCESSING]
