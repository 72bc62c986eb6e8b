"""The end of a batch: told once, and not before everything is in and done."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from accounts.models import Organisation, User
from invoice_processor.models import Batch, Event, Notification, ProcessingJob
from invoice_processor.models.job import JobState
from invoice_processor.pipeline.run import process
from invoice_processor.services import batches
from invoice_processor.services.intake import accept, open_batch
from specimens import sample_invoice
from tests.conftest import Take, incoming, pdf
from tests.invoice_processor.known import know, reading_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(take: Take, batch: Batch) -> Batch:
    """A batch whose jobs have all ended, still open."""
    take("", "")
    ProcessingJob.objects.update(state=JobState.DONE)
    return batch


def is_finished(batch: Batch) -> bool:
    return Batch.objects.filter(pk=batch.pk, finished_at__isnull=False).exists()


def test_a_batch_is_finished_once_and_its_sender_told_once(done: Batch) -> None:
    batches.close(done)
    assert is_finished(done)
    batches.close(done)
    assert batches.finish(Batch.objects.all()) == 0
    notice = Notification.objects.get()
    assert (notice.user, notice.batch, notice.read_at) == (done.created_by, done, None)


def test_who_brought_which_files_is_on_record_once(done: Batch, user: User) -> None:
    accept(done, [incoming("film.mp4", b"no invoice")])
    for _ in range(2):
        batches.close(done, user)
    batches.close_idle()
    entry = Event.objects.get()
    assert (entry.actor, entry.action, entry.organisation) == (user, "batch.sent_in", done.organisation)
    assert entry.data == {"batch": done.pk, "name": "November", "files": 2, "refused": 1}


def test_an_open_batch_is_not_finished(done: Batch) -> None:
    assert batches.finish(Batch.objects.all()) == 0
    assert not is_finished(done)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_a_batch_is_not_finished_while_a_job_is_left(done: Batch, state: JobState) -> None:
    ProcessingJob.objects.filter(pk=ProcessingJob.objects.earliest("pk").pk).update(state=state)
    batches.close(done)
    assert not is_finished(done)
    assert not Notification.objects.exists()


def test_failed_jobs_have_ended_too(done: Batch) -> None:
    ProcessingJob.objects.update(state=JobState.FAILED)
    batches.close(done)
    assert is_finished(done)


def test_the_last_job_finishes_the_batch(take: Take, batch: Batch) -> None:
    first, last = take("", "refuse")
    batches.close(batch)
    process(first.pk)
    assert not is_finished(batch)
    process(last.pk)
    assert is_finished(batch)


def test_a_batch_of_nobody_is_finished_without_a_notice(organisation: Organisation) -> None:
    batch = open_batch(organisation, None, "From the command line", 1)
    batches.close(batch)
    assert is_finished(batch)
    assert not Notification.objects.exists()


def test_a_batch_whose_sender_went_away_is_closed(batch: Batch, organisation: Organisation) -> None:
    fresh = open_batch(organisation, None, "Still uploading", 2)
    Batch.objects.filter(pk=batch.pk).update(last_file_at=Now() - batches.IDLE - timedelta(seconds=1))
    batches.close_idle()
    assert list(Batch.objects.filter(closed_at=None)) == [fresh]
    assert Event.objects.get().actor == batch.created_by


def test_a_file_that_comes_late_keeps_the_batch_open(batch: Batch) -> None:
    Batch.objects.update(last_file_at=Now() - batches.IDLE - timedelta(seconds=1))
    accept(batch, [incoming("late.pdf", pdf())])
    batches.close_idle()
    assert Batch.objects.get().closed_at is None


def test_the_end_is_told_once_though_a_clock_that_ran_ahead_told_it_too_soon(done: Batch) -> None:
    Batch.objects.update(closed_at=Now())
    assert batches.finish(Batch.objects.all()) == 1
    accept(done, [incoming("next.pdf", pdf("", "of the same upload"))])
    assert not Notification.objects.exists()
    ProcessingJob.objects.update(state=JobState.DONE)
    batches.close(done)
    assert Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_that_finish_a_batch_at_once_one_tells(done: Batch) -> None:
    Batch.objects.update(closed_at=Now())
    assert sorted(at_once(lambda: batches.finish(Batch.objects.all()), threads=6)) == [0] * 5 + [1]
    assert Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_jobs_ending_at_once_finish_the_batch(take: Take, batch: Batch) -> None:
    invoices = take("", "")
    for invoice in invoices:
        know(invoice.document, reading_of(sample_invoice(invoice.pk)))
    waiting = [invoice.pk for invoice in invoices]
    batches.close(batch)
    at_once(lambda: process(waiting.pop()), threads=2)
    assert is_finished(batch)
    assert Notification.objects.count() == 1
