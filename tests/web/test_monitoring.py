"""What programs that watch the desk are told."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from invoice_processor.models import JobState, ProcessingJob, WorkerBeat
from invoice_processor.pipeline.run import process
from tests.conftest import Take

Figures = dict[tuple[str, ...], float]


@pytest.fixture
def token(settings: Settings) -> dict[str, str]:
    settings.METRICS_TOKEN = "a-token-of-the-operator"
    return {"Authorization": "Bearer a-token-of-the-operator"}


def figures(token: dict[str, str]) -> Figures:
    """All figures by name and labels."""
    text = Client().get("/metrics", headers=token).content.decode()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def test_a_web_server_that_answers_is_alive_whatever_else_is_down(db: None) -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_a_desk_without_its_broker_is_not_ready_and_says_so(db: None) -> None:
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "broker": False, "storage": True}


def test_a_storage_that_takes_no_files_is_not_ready(db: None, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept = settings.STORAGES["documents"] | {"OPTIONS": {"location": tmp_path / "file" / "documents"}}
    settings.STORAGES = settings.STORAGES | {"documents": kept}
    assert Client().get("/readyz").json()["storage"] is False


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", "a-token-of-the-operators"])
def test_figures_are_for_who_knows_the_token(db: None, token: dict[str, str], shown: str) -> None:
    assert Client().get("/metrics", headers={"Authorization": shown}).status_code == 404


@pytest.mark.parametrize("shown", ["Bearer ", "Bearer anything"])
def test_without_a_token_in_the_settings_there_are_no_figures(
    db: None, settings: Settings, shown: str
) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": shown}).status_code == 404


def test_figures_tell_what_waits_fails_and_is_silent(take: Take, token: dict[str, str]) -> None:
    refused, *_ = take("refuse", "", "", "")
    process(refused.pk)
    late, running, _due = ProcessingJob.objects.filter(state=JobState.QUEUED)
    now = timezone.now()
    ProcessingJob.objects.filter(pk=late.pk).update(next_attempt_at=now + timedelta(hours=1))
    ProcessingJob.objects.filter(pk=running.pk).update(state=JobState.RUNNING)
    ProcessingJob.objects.filter(pk=_due.pk).update(next_attempt_at=now - timedelta(minutes=5))
    WorkerBeat.objects.create(queue="bulk", at=now - timedelta(minutes=2), hostname="desk-1", version="1")
    told = figures(token)
    assert told["smartinvoice_failed_jobs", "encrypted"] == 1
    assert told["smartinvoice_jobs", "interactive", "due"] == 1
    assert told["smartinvoice_jobs", "interactive", "put_off"] == 1
    assert told["smartinvoice_jobs", "interactive", "running"] == 1
    assert told["smartinvoice_jobs", "bulk", "due"] == 0
    assert 299 < told["smartinvoice_oldest_due_job_seconds", "interactive"] < 360
    assert 119 < told["smartinvoice_queue_silence_seconds", "bulk"] < 180
    assert told["smartinvoice_up", "database"] == 1
    assert told["smartinvoice_up", "broker"] == 0
    assert told["smartinvoice_disk_free_bytes",] > 0


def test_the_status_page_names_what_is_down_and_what_is_fine(desk: Client) -> None:
    content = " ".join(desk.get("/status/").content.decode().split())
    assert "Broker<span" in content
    assert "It does not answer (OperationalError): see the logs." in content
    assert content.count("Fine") == 4
