"""The public contract with Celery: names, signatures, queues, limits and answers."""

import inspect
import json
from datetime import timedelta

import pytest
from celery.schedules import crontab
from django.utils import timezone

import smartinvoice
from invoice_processor import tasks
from invoice_processor.models import Invoice, InvoiceState, ProcessingJob, Queue, WorkerBeat
from invoice_processor.services.cleanup import Cleaned
from invoice_processor.version import VERSION
from smartinvoice import celery_app
from tests.conftest import Take

CONTRACT = {
    "invoice_processor.read_with_ai": "(ai_job_id: int)",
    "invoice_processor.process_invoice_async": "(invoice_id: int, batch_id: int | None = None)",
    "invoice_processor.test_celery_connection": "()",
    "invoice_processor.cleanup_old_results": "()",
    "invoice_processor.reap": "()",
    "invoice_processor.heartbeat": "(queue: str)",
    "invoice_processor.tend_vendors": "()",
    "invoice_processor.rejudge_outdated": "()",
    "invoice_processor.verify_unattended": "()",
    "invoice_processor.send_mails": "()",
    "invoice_processor.judge_again": "()",
    "smartinvoice.celery.debug_task": "()",
}
SETTINGS = {
    "task_serializer": "json",
    "result_serializer": "json",
    "accept_content": ["json"],
    "task_time_limit": 30 * 60,
    "task_soft_time_limit": 25 * 60,
    "task_acks_late": True,
    "task_reject_on_worker_lost": False,
    "worker_prefetch_multiplier": 1,
    "result_expires": 3600,
    "worker_concurrency": 4,
    "worker_max_tasks_per_child": 200,
    "task_default_queue": "interactive",
}


def test_the_app_is_found_where_people_look_for_it() -> None:
    assert smartinvoice.celery_app is celery_app
    assert celery_app.main == "smartinvoice"


@pytest.mark.parametrize("name", CONTRACT)
def test_a_task_keeps_its_name_and_signature(name: str) -> None:
    celery_app.loader.import_default_modules()
    signature = inspect.signature(celery_app.tasks[name].run)
    assert str(signature.replace(return_annotation=inspect.Signature.empty)) == CONTRACT[name]


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_keeps_its_value(name: str) -> None:
    assert celery_app.conf[name] == SETTINGS[name]


def test_retries_are_three_from_a_minute_on() -> None:
    assert (celery_app.conf["INVOICE_MAX_RETRIES"], celery_app.conf["INVOICE_RETRY_BACKOFF"]) == (3, 60)


def test_documents_and_housekeeping_have_queues_of_their_own() -> None:
    assert {queue.name for queue in celery_app.conf.task_queues} == set(Queue.values)
    router = celery_app.amqp.router
    for name in (
        *("reap", "cleanup_old_results", "tend_vendors", "rejudge_outdated", "verify_unattended"),
        *("send_mails", "judge_again"),
    ):
        assert router.route({}, f"invoice_processor.{name}")["queue"].name == Queue.CONTROL
    for name in ("process_invoice_async", "test_celery_connection"):
        assert router.route({}, f"invoice_processor.{name}")["queue"].name == Queue.INTERACTIVE


def test_beat_recovers_beats_and_cleans() -> None:
    schedule = celery_app.conf.beat_schedule
    assert (schedule["reap"]["task"], schedule["reap"]["schedule"]) == ("invoice_processor.reap", 20.0)
    heartbeats = [entry for entry in schedule.values() if entry["task"] == "invoice_processor.heartbeat"]
    assert {(entry["args"][0], entry["options"]["queue"]) for entry in heartbeats} == {
        (queue, queue)
        for queue in set(Queue.values) - {Queue.AI}  # nobody serves it without a key
    }
    cleaning = schedule["cleanup-old-results"]
    assert cleaning["task"] == "invoice_processor.cleanup_old_results"
    assert cleaning["schedule"] == crontab(hour=3, minute=30)
    assert {entry["task"] for entry in schedule.values()} <= set(CONTRACT)


def test_a_beat_that_nobody_took_never_piles_up() -> None:
    for entry in celery_app.conf.beat_schedule.values():
        every = entry["schedule"]
        assert entry["options"]["expires"] <= (every if isinstance(every, float) else 24 * 3600)


@pytest.mark.django_db
def test_processing_answers_with_a_small_summary(take: Take) -> None:
    (invoice,) = take("")
    answer = tasks.process_invoice_async.apply(
        kwargs={"invoice_id": invoice.pk, "batch_id": invoice.batch_id}
    ).get()
    assert json.loads(json.dumps(answer)) == {"invoice_id": invoice.pk, "outcome": InvoiceState.CLEARED}
    again = tasks.process_invoice_async.apply(args=(invoice.pk,)).get()
    assert again == {"invoice_id": invoice.pk, "outcome": "not due, or somebody else's"}


@pytest.mark.django_db
def test_an_invoice_that_was_deleted_is_nobodys_work(take: Take) -> None:
    (invoice,) = take("")
    invoice_id = invoice.pk
    Invoice.objects.all().delete()
    assert tasks.process_invoice_async.apply(args=(invoice_id,)).get()["outcome"].startswith("not due")


def test_the_test_task_says_who_answers() -> None:
    answer = tasks.test_celery_connection.apply().get()
    assert (answer["status"], answer["version"], set(answer)) == (
        "ok",
        VERSION,
        {"status", "hostname", "version"},
    )


@pytest.mark.django_db
def test_cleaning_counts_what_it_removed() -> None:
    counts = json.loads(json.dumps(tasks.cleanup_old_results.apply().get()))
    assert set(counts) == set(Cleaned.__annotations__)


@pytest.mark.django_db
def test_a_heartbeat_is_kept_once_a_queue() -> None:
    for queue in (Queue.BULK, Queue.BULK, Queue.INTERACTIVE):
        tasks.heartbeat.apply(args=(queue.value,))
    beats = {beat.queue: beat for beat in WorkerBeat.objects.all()}
    assert set(beats) == {Queue.BULK, Queue.INTERACTIVE}
    assert beats["bulk"].version == VERSION
    assert timezone.now() - beats["bulk"].at < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_round_of_the_reaper_on_an_idle_desk_changes_nothing(take: Take) -> None:
    take("", "refuse")
    before = list(ProcessingJob.objects.order_by("pk").values())
    tasks.reap.apply()
    assert list(ProcessingJob.objects.order_by("pk").values()) == before
