"""Is everything running?"""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from invoice_processor.models import JobState, ProcessingJob, WorkerBeat
from invoice_processor.pipeline.run import process
from tests.conftest import Take


def test_quiet_desk_says_that_nothing_failed(desk: Client) -> None:
    content = desk.get("/status/").content
    assert b"Nothing has failed." in content
    assert b"Not heard of yet" in content


def test_worker_is_shown_with_its_age(desk: Client) -> None:
    at = timezone.now() - timedelta(minutes=2)
    WorkerBeat.objects.create(queue="interactive", at=at, hostname="desk-1", version="0.0.9")
    content = desk.get("/status/").content.decode()
    assert "2 min ago" in content
    assert "desk-1" in content
    assert "runs version 0.0.9: restart it" in content


def test_silent_worker_is_told_from_a_missing_one(desk: Client, take: Take) -> None:
    at = timezone.now() - timedelta(minutes=5)
    WorkerBeat.objects.create(queue="interactive", at=at, hostname="desk-1", version="1")
    assert b"Silent" in desk.get("/status/").content
    take("")
    assert b"No worker" in desk.get("/status/").content


def test_work_under_way_proves_a_worker(desk: Client, take: Take) -> None:
    take("")
    ProcessingJob.objects.update(
        state=JobState.RUNNING, lease_until=timezone.now() + timedelta(minutes=1), queue="bulk"
    )
    assert b"Working" in desk.get("/status/").content


def test_failures_are_counted_by_reason(desk: Client, take: Take) -> None:
    for invoice in take("refuse", "refuse"):
        process(invoice.pk)
    content = " ".join(desk.get("/status/").content.decode().split())
    assert "password" in content
    assert '<span class="font-medium tabular-nums">2</span>' in content


def test_the_other_workers_and_the_keys_of_models_are_shown(desk: Client, settings: Settings) -> None:
    assert "Not heard of yet: in order for a minute" in desk.get("/status/").content.decode()
    WorkerBeat.objects.create(queue="control", at=timezone.now(), hostname="desk-1", version="1")
    page = desk.get("/status/").content.decode()
    assert "Worker of housekeeping" in page
    assert "in order for a minute" not in page
    assert "AI" not in page
    settings.AI_ENABLED, settings.GEMINI_API_KEYS = True, ["key-one", "key-two"]
    long_ago = timezone.now() - timedelta(minutes=9)
    WorkerBeat.objects.create(queue="ai", at=long_ago, hostname="desk-1", version="1")
    page = desk.get("/status/").content.decode()
    assert "AI keys: 2 of 2 at hand" in page
    assert "Silent for more than three minutes" in page
