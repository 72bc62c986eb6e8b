"""One attempt at one invoice: whatever a reader does, the invoice ends somewhere with a reason."""

import pytest
from django.db.models.functions import Now

from extraction import READER_VERSION
from invoice_processor.jobs.retry import MAX_ATTEMPTS
from invoice_processor.models import (
    DocumentReading,
    Finding,
    Invoice,
    InvoiceLine,
    InvoiceState,
    JobState,
    ProcessingJob,
)
from invoice_processor.pipeline.run import process
from tests.conftest import Take

pytestmark = pytest.mark.django_db(transaction=True)


def processed(invoice: Invoice) -> Invoice:
    """The invoice after one attempt, with the wait for its next one cut short."""
    process(invoice.pk)
    ProcessingJob.objects.filter(invoice=invoice, state=JobState.QUEUED).update(next_attempt_at=Now())
    invoice.refresh_from_db()
    return invoice


def test_a_clean_invoice_is_cleared_with_its_figures(take: Take) -> None:
    invoice = processed(take("")[0])
    assert (invoice.state, str(invoice.grand_total), invoice.confidence) == (
        InvoiceState.CLEARED,
        "118.00",
        99,
    )
    assert [str(line.amount) for line in invoice.lines.all()] == ["100.00"]
    assert invoice.job.state == JobState.DONE


def test_processing_again_changes_nothing(take: Take) -> None:
    (invoice,) = take("")
    processed(invoice)
    found = list(Finding.objects.values_list("pk", flat=True))
    assert process(invoice.pk)["outcome"] == "not due, or somebody else's"
    assert InvoiceLine.objects.count() == 1
    assert list(Finding.objects.values_list("pk", flat=True)) == found


def test_the_same_bytes_are_read_once_by_an_engine(take: Take) -> None:
    (invoice,) = take("")
    processed(invoice)
    kept = DocumentReading.objects.get()
    assert kept.engine == f"tests.readers:ScriptedReader@{READER_VERSION}"
    ProcessingJob.objects.update(state=JobState.QUEUED)
    processed(invoice)
    assert DocumentReading.objects.get() == kept


def test_a_file_that_can_never_be_read_fails_at_once_and_is_kept(take: Take) -> None:
    invoice = processed(take("refuse")[0])
    assert invoice.state == InvoiceState.FAILED
    assert "password" in invoice.state_reason
    assert invoice.job.attempts == 1
    with invoice.document.file.open() as kept:
        assert kept.read().startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("script", "code"),
    [("fail", "timeout"), ("memory", "out_of_memory"), ("exit", "crashed"), ("bug", "crashed")],
)
def test_a_reader_in_trouble_is_tried_four_times_and_then_failed(take: Take, script: str, code: str) -> None:
    (invoice,) = take(script)
    states = [processed(invoice).state for _ in range(MAX_ATTEMPTS)]
    assert states == [InvoiceState.QUEUED] * 3 + [InvoiceState.FAILED]
    job = ProcessingJob.objects.get()
    assert (job.error_code, job.attempts, job.lease_owner) == (code, 4, None)


def test_a_waiting_retry_says_why_and_when(take: Take) -> None:
    invoice = processed(take("fail")[0])
    assert "Trying again in about 1 min (attempt 2 of 4)" in invoice.state_reason


def test_a_bug_of_our_own_is_retried_and_never_loses_the_invoice(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("invoice_processor.pipeline.run.save", broken)
    invoice = processed(take("")[0])
    assert (invoice.state, invoice.job.error_code) == (InvoiceState.QUEUED, "internal")
