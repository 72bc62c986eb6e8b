"""Real broker, real workers, real database: nothing here stands in for anything."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from invoice_processor.models import ProcessingJob
from invoice_processor.models.job import UNFINISHED
from tests.processes.broker import Broker
from tests.processes.worker import CLOCKWORK, Process

StartWorker = Callable[..., Process]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A running broker of the test's own, empty."""
    broker = Broker(Path(os.environ["SMARTINVOICE_DATA_DIR"]) / "broker.sock", tmp_path / "broker")
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The test database's address, for other processes."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    host = quote(str(values["HOST"]), safe="")
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{host}:{values['PORT']}/{values['NAME']}"


@pytest.fixture
def start_worker(broker: Broker, database_url: str, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts workers, each with a beat if asked; ends them all."""
    started: list[Process] = []
    settings = CLOCKWORK | {"DATABASE_URL": database_url}

    def start(*options: str, concurrency: int = 2, beat: bool = True) -> Process:
        name = f"worker{len(started)}"
        arguments = ["worker", "-n", f"{name}@%h", "-Q", "interactive,bulk,control", "-c", str(concurrency)]
        worker = Process(name, [*arguments, *options], settings, tmp_path)
        started.append(worker)
        if beat:
            schedule = ["beat", "-s", str(tmp_path / f"{name}-schedule"), "--pidfile="]
            started.append(Process(f"{name}-beat", schedule, settings, tmp_path))
        wait_for(lambda: f"{name}@" in worker.log.read_text() and " ready." in worker.log.read_text(), 30)
        return worker

    yield start
    for worker in started:
        worker.kill()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is true. Fails the test after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not true within {seconds:g} s")
        time.sleep(0.05)


def all_ended() -> bool:
    """Whether no job is left to do."""
    return not ProcessingJob.objects.filter(state__in=UNFINISHED).exists()
