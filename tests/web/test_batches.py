"""The pages of batches."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from invoice_processor.models import Batch, InvoiceState, JobState, ProcessingJob, WorkerBeat
from invoice_processor.pipeline.run import process
from invoice_processor.services import batches
from tests.conftest import Take

PAGE = 50


def digest(content: bytes) -> str:
    found = re.search(rb'"seen": "(\w+)"', content)
    assert found
    return found[1].decode()


def fail(invoice: Any) -> None:
    ProcessingJob.objects.filter(invoice=invoice).update(state=JobState.FAILED, finished_at=timezone.now())
    invoice.state = InvoiceState.FAILED
    invoice.state_reason = "It took too long."
    invoice.save(update_fields=["state", "state_reason"])


def test_batch_shows_progress_and_rows_with_reasons(desk: Client, take: Take, batch: Batch) -> None:
    done, refused, _waiting = take("", "refuse", "")
    process(done.pk)
    process(refused.pk)
    content = desk.get(f"/batches/{batch.pk}/").content.decode()
    assert "66 %" in content
    assert "2 of 3" in content
    assert "Asha Stationers" in content
    assert "₹118.00" in content
    assert "password" in content  # the reason of the refusal
    assert "Queued" in content


def test_page_polls_until_the_batch_is_finished(desk: Client, take: Take, batch: Batch) -> None:
    (invoice,) = take("")
    assert f'hx-get="/batches/{batch.pk}/live/"' in desk.get(f"/batches/{batch.pk}/").content.decode()
    batches.close(batch)
    process(invoice.pk)
    last = desk.get(f"/batches/{batch.pk}/live/").content.decode()
    assert "hx-get" not in last
    assert "Finished" in last


def test_poll_answers_nothing_when_nothing_has_changed(desk: Client, take: Take, batch: Batch) -> None:
    (invoice,) = take("")
    seen = digest(desk.get(f"/batches/{batch.pk}/").content)
    assert desk.get(f"/batches/{batch.pk}/live/?seen={seen}").status_code == 204
    process(invoice.pk)
    assert desk.get(f"/batches/{batch.pk}/live/?seen={seen}").status_code == 200


def test_poll_keeps_what_was_selected(desk: Client, take: Take, batch: Batch) -> None:
    one, other, _ = take("", "", "")
    fail(one)
    fail(other)
    content = desk.get(f"/batches/{batch.pk}/live/?selected={one.pk}&selected=nonsense").content.decode()
    assert re.findall(r'value="(\d+)"[^>]*checked', content) == [str(one.pk)]


def test_long_batch_is_shown_by_the_page(desk: Client, take: Take, batch: Batch) -> None:
    invoices = take(*[""] * (PAGE + 2))
    first = desk.get(f"/batches/{batch.pk}/").content.decode()
    assert first.count('<tr id="invoice-') == PAGE
    assert f"start={invoices[PAGE].pk}" in first
    second = desk.get(f"/batches/{batch.pk}/?start={invoices[PAGE].pk}").content.decode()
    assert second.count('<tr id="invoice-') == 2
    assert "First page" in second


def test_filter_shows_only_its_states(desk: Client, take: Take, batch: Batch) -> None:
    failed, waiting = take("", "")
    fail(failed)
    content = desk.get(f"/batches/{batch.pk}/?show=failed").content.decode()
    assert f"invoice-{failed.pk}" in content
    assert f"invoice-{waiting.pk}" not in content


@pytest.mark.parametrize(("data", "expected"), [({"everything": "on"}, 2), ({}, 0)])
def test_retry_all_or_nothing_chosen(
    desk: Client, take: Take, batch: Batch, data: dict[str, str], expected: int
) -> None:
    for invoice in take("", ""):
        fail(invoice)
    desk.post(f"/batches/{batch.pk}/retry/", data)
    assert ProcessingJob.objects.filter(state=JobState.QUEUED).count() == expected


def test_retry_selected_leaves_the_others(desk: Client, take: Take, batch: Batch) -> None:
    chosen, left = take("", "")
    fail(chosen)
    fail(left)
    response = desk.post(f"/batches/{batch.pk}/retry/", {"selected": [chosen.pk]}, follow=True)
    assert b"1 in the queue again." in response.content
    assert list(ProcessingJob.objects.filter(state=JobState.QUEUED)) == [chosen.job]


def test_banner_tells_when_no_worker_comes(desk: Client, take: Take, batch: Batch) -> None:
    take("")
    page = f"/batches/{batch.pk}/"
    beat = WorkerBeat.objects.create(queue="interactive", at=timezone.now(), hostname="h", version="1")
    assert b"No worker is taking" not in desk.get(page).content
    WorkerBeat.objects.filter(pk=beat.pk).update(at=timezone.now() - timedelta(minutes=4))
    assert b"No worker is taking interactive work" in desk.get(page).content


def test_finished_batch_is_not_called_waiting(desk: Client, batch: Batch) -> None:
    batches.close(batch)
    content = desk.get(f"/batches/{batch.pk}/").content
    assert b"Nothing was taken in" in content
    assert b"No worker" not in content


def test_list_shows_each_batch_with_its_counts(desk: Client, take: Take, batch: Batch) -> None:
    good, bad, _ = take("", "refuse", "")
    process(good.pk)
    process(bad.pk)
    content = " ".join(desk.get("/batches/").content.decode().split())
    assert "3 invoices" in content
    assert "1 failed" in content
    assert "1 under way" in content


def test_list_without_batches_teaches(desk: Client) -> None:
    assert b"No batches yet" in desk.get("/batches/").content
