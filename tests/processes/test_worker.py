"""The engine with a real broker and real workers: each file is processed once, come what may."""

import gc
import os
import signal

import pytest

from invoice_processor.jobs.transitions import retry
from invoice_processor.models import (
    Batch,
    Invoice,
    InvoiceLine,
    InvoiceState,
    JobState,
    Notification,
    ProcessingJob,
    Queue,
)
from invoice_processor.pipeline.run import Summary
from invoice_processor.selectors.progress import batch_progress
from invoice_processor.services import batches
from invoice_processor.services.intake import Accepted, accept, open_batch
from invoice_processor.tasks import process_invoice_async
from tests.conftest import Take, incoming, pdf
from tests.processes.conftest import StartWorker, all_ended, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def assert_each_done_once(batch: Batch, files: int) -> None:
    """Every file has one invoice, one set of lines and a final state; the batch has one notice."""
    wait_for(all_ended)
    assert Invoice.objects.filter(state=InvoiceState.CLEARED).count() == files
    assert InvoiceLine.objects.count() == files
    progress = batch_progress(batch)
    assert (progress.done, progress.total) == (files, files)
    wait_for(Notification.objects.exists)
    assert Notification.objects.count() == 1


def running(count: int) -> bool:
    return ProcessingJob.objects.filter(state=JobState.RUNNING).count() >= count


def test_a_pile_is_finished_with_one_notice(batch: Batch, take: Take, start_worker: StartWorker) -> None:
    start_worker()
    take(*[""] * 40)
    batches.close(batch)
    assert_each_done_once(batch, 40)
    assert set(ProcessingJob.objects.values_list("attempts", flat=True)) == {1}


def test_a_file_that_kills_its_reader_fails_alone(
    batch: Batch, take: Take, start_worker: StartWorker
) -> None:
    start_worker()
    take("", "exit", "", "memory", "refuse", "")
    batches.close(batch)
    wait_for(all_ended, 60)
    progress = batch_progress(batch)
    assert (progress.done, progress.failed, progress.total) == (3, 3, 6)


def test_a_document_that_takes_longer_than_the_lease_keeps_it(
    batch: Batch, take: Take, start_worker: StartWorker
) -> None:
    start_worker()
    take("sleep 5")
    batches.close(batch)
    assert_each_done_once(batch, 1)
    assert ProcessingJob.objects.get().attempts == 1


def test_a_file_that_takes_too_long_fails_with_that_reason(take: Take, start_worker: StartWorker) -> None:
    start_worker("--soft-time-limit", "1", "--time-limit", "20")
    (slow,) = take("sleep 30")
    wait_for(all_ended, 60)
    assert ProcessingJob.objects.get(invoice=slow).error_code == "timeout"


def test_a_file_that_takes_every_worker_down_is_given_up(take: Take, start_worker: StartWorker) -> None:
    worker = start_worker(concurrency=1)
    (deadly,) = take("sleep 30")
    for attempt in range(1, 5):
        running_now = ProcessingJob.objects.filter(state=JobState.RUNNING, attempts=attempt)
        wait_for(running_now.exists)
        for pid in worker.children():
            os.kill(pid, signal.SIGKILL)
    wait_for(all_ended)
    job = ProcessingJob.objects.get(invoice=deadly)
    assert (job.state, job.error_code, job.attempts) == (JobState.FAILED, "crashed_repeatedly", 4)
    assert retry(Invoice.objects.filter(pk=deadly.pk), None) == 1
    wait_for(lambda: running(1))


def test_a_worker_frozen_past_its_lease_writes_nothing_when_it_wakes(
    batch: Batch, take: Take, start_worker: StartWorker
) -> None:
    frozen = start_worker(concurrency=1, beat=False)
    (invoice,) = take("sleep 1")
    batches.close(batch)
    wait_for(lambda: running(1))
    frozen.send(signal.SIGSTOP)
    start_worker()
    assert_each_done_once(batch, 1)
    job = ProcessingJob.objects.get(invoice=invoice)
    frozen.send(signal.SIGCONT)
    wait_for(lambda: "taken over" in frozen.log.read_text() or "lease lost" in frozen.log.read_text())
    after = ProcessingJob.objects.get(invoice=invoice)
    assert (after.state, after.attempts, after.finished_at) == (JobState.DONE, 2, job.finished_at)
    assert InvoiceLine.objects.count() == 1


def test_a_single_upload_does_not_wait_behind_a_pile(batch: Batch, start_worker: StartWorker) -> None:
    start_worker(concurrency=1)
    pile = open_batch(batch.organisation, None, "pile", expected_files=30)
    accept(pile, [incoming(f"{n}.pdf", pdf("sleep 0.2", str(n))) for n in range(30)])
    wait_for(lambda: running(1))
    (single,) = accept(batch, [incoming("single.pdf", pdf("", "single"))])
    assert isinstance(single, Accepted)
    wait_for(lambda: Invoice.objects.get(pk=single.invoice.pk).state == InvoiceState.CLEARED)
    assert ProcessingJob.objects.filter(queue=Queue.BULK, state=JobState.QUEUED).count() > 15


def test_a_caller_gets_a_result_with_a_summary(batch: Batch, take: Take, start_worker: StartWorker) -> None:
    (invoice,) = take("")
    start_worker(beat=False)
    wait_for(all_ended)
    assert summary(invoice, batch)["invoice_id"] == invoice.pk
    gc.collect()  # the result says goodbye to the broker, which must still be there


def summary(invoice: Invoice, batch: Batch) -> Summary:
    """What a caller gets."""
    result = process_invoice_async.delay(invoice_id=invoice.pk, batch_id=batch.pk)
    answer: Summary = result.get(timeout=10)
    assert result.ready()
    return answer
