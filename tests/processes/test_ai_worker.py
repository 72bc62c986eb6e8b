"""AI reading with real broker, workers and a provider over real HTTP: nothing is lost, nothing doubled."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app
from pytest_django import Settings

from invoice_processor.ai.queue import TASK
from invoice_processor.models import AiCall, AiJob, AiOutcome, Invoice, JobState, Queue
from invoice_processor.pipeline.run import process
from tests import ai_simulator as ai
from tests.ai_simulator import Simulator, simulator
from tests.conftest import Take
from tests.extraction.ai.said import ANSWER, UNPROVED, offline
from tests.invoice_processor.known import know
from tests.processes.broker import Broker
from tests.processes.conftest import wait_for
from tests.processes.worker import CLOCKWORK, Process

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
StartAi = Callable[..., Process]
Ask = Callable[[int], list[Invoice]]


@pytest.fixture
def server(settings: Settings) -> Iterator[Simulator]:
    with simulator() as running:
        running.always = ai.answering(ANSWER)
        settings.AI_ENABLED = True
        yield running


@pytest.fixture
def start_ai(broker: Broker, server: Simulator, database_url: str, tmp_path: Path) -> Iterator[StartAi]:
    """Starts AI workers, the first with a beat; the reaper runs beside them. Ends them all."""
    started: list[Process] = []
    desk = CLOCKWORK | {
        "DATABASE_URL": database_url,
        "GEMINI_API_KEYS": "key-one,key-two",
        "GEMINI_BASE_URL": server.url,
        "AI_TIMEOUT": "4",
        "AI_REQUESTS_PER_MINUTE": "6000",
    }

    def start(threads: int = 2) -> Process:
        name = f"ai{len(started)}"
        options = ("-Q", "ai,control", "--pool", "threads", "-c", str(threads))
        worker = Process(name, ["worker", "-n", f"{name}@%h", *options], desk, tmp_path)
        if not started:
            schedule = ["beat", "-s", str(tmp_path / "ai-schedule"), "--pidfile="]
            started.append(Process("ai-beat", schedule, desk, tmp_path))
        started.append(worker)
        wait_for(lambda: " ready." in worker.log.read_text())
        return worker

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture
def ask(take: Take) -> Ask:
    """Documents that the offline reader has read badly, so that a model is asked about each.

    To be read before the first worker starts: its short leases would make its reaper take this process's
    longer ones for those of a wrong clock.
    """
    badly = offline(**UNPROVED)

    def read(number: int) -> list[Invoice]:
        invoices = take(*[""] * number)
        for invoice in invoices:
            know(invoice.document, badly)
            process(invoice.pk)
        assert AiJob.objects.filter(state=JobState.QUEUED).count() == number
        return invoices

    return read


def all_read() -> bool:
    return not AiJob.objects.exclude(outcome=AiOutcome.READ, state=JobState.DONE).exists()


def assert_each_read_once(invoices: list[Invoice]) -> None:
    """Every invoice is judged by both readers, and no answer was bought twice."""
    wait_for(all_read, 60)
    numbers = Invoice.objects.filter(pk__in=[one.pk for one in invoices]).values_list("number", flat=True)
    assert list(numbers) == ["SP/25-26/117"] * len(invoices)
    assert AiCall.objects.filter(outcome="answered").count() == len(invoices)


def test_a_worker_killed_while_it_waits_for_an_answer_loses_nothing(
    server: Simulator, start_ai: StartAi, ask: Ask
) -> None:
    server.moods.extend([ai.hanging, ai.hanging])
    invoices = ask(2)
    worker = start_ai()
    wait_for(lambda: len(server.asked) == 2)
    worker.send(signal.SIGKILL)
    start_ai()
    assert_each_read_once(invoices)
    assert set(AiJob.objects.values_list("attempts", flat=True)) == {2}


def test_lost_and_doubled_messages_change_nothing(
    server: Simulator, start_ai: StartAi, ask: Ask, broker: Broker
) -> None:
    invoices = ask(3)
    broker.client.flushall()
    first, *_ = AiJob.objects.all()
    for _ in range(10):
        current_app.send_task(TASK, kwargs={"ai_job_id": first.pk}, queue=Queue.AI, ignore_result=True)
    server.always = ai.slowly(0.2, server.always)
    start_ai(threads=4)
    start_ai(threads=4)
    assert_each_read_once(invoices)
    assert len(server.asked) == 3
    assert set(AiJob.objects.values_list("attempts", flat=True)) == {1}


def test_a_server_that_hangs_costs_one_slot_for_its_timeout(
    server: Simulator, start_ai: StartAi, ask: Ask
) -> None:
    server.moods.append(ai.hanging)
    invoices = ask(5)
    start_ai(threads=2)
    wait_for(lambda: AiJob.objects.filter(outcome=AiOutcome.READ).count() == 4, 60)
    assert_each_read_once(invoices)
    assert sorted(AiJob.objects.values_list("attempts", flat=True)) == [1, 1, 1, 1, 2]
    assert AiCall.objects.filter(outcome="timeout").count() == 1


def test_work_that_found_all_keys_used_up_resumes_by_itself(
    server: Simulator, start_ai: StartAi, ask: Ask
) -> None:
    server.by_key = dict.fromkeys(("key-one", "key-two"), ai.used_up(3))
    invoices = ask(2)
    worker = start_ai()
    wait_for(lambda: AiJob.objects.filter(waits_for__startswith="All AI keys").count() == 2, 60)
    server.by_key = {}
    assert_each_read_once(invoices)
    assert set(AiJob.objects.values_list("attempts", flat=True)) == {1}
    log = worker.log.read_text()
    assert "AI key failover" in log
    assert "key-one" not in log
    assert os.environ.get("GEMINI_API_KEYS") is None
