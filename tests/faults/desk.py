"""A desk whose every process can be hit: broker, documents' worker, housekeeping, beat."""

import os
import random
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from invoice_processor.models import Batch, Invoice, JobState, ProcessingJob
from invoice_processor.models.job import UNFINISHED
from invoice_processor.services.intake import Accepted, accept
from tests.conftest import incoming, pdf
from tests.processes.broker import Broker
from tests.processes.worker import Process

READY_SECONDS = 120
SLOW_ENOUGH = "sleep 0.05 invoices 2"  # a reading that a fault can fall into


class Desk:
    """Processes as Supervisor keeps them, and a pile of files for them.

    ``outage`` is for how many seconds the database goes.
    """

    def __init__(
        self,
        broker: Broker,
        batch: Batch,
        folder: Path,
        environment: dict[str, str],
        seed: int,
        outage: float,
    ) -> None:
        self.broker, self.batch = broker, batch
        self.random, self.outage = random.Random(seed), outage
        self.lease = float(environment.get("INVOICE_LEASE", settings.INVOICE_LEASE))
        self._folder, self._environment = folder, environment
        self._processes: list[Process] = []
        self._offered = 0
        self.accepted = 0

    def start(self, *options: str, environment: dict[str, str] | None = None) -> Process:
        """Start everything; options and environment are for the worker of documents, which is returned."""
        worker = self.begin_documents(*options, environment=environment)
        control = self.begin("control", "worker", "-Q", "control", "--pool", "threads", "-c", "2")
        self.beat = self.start_beat()
        wait_until_ready(worker, control)
        return worker

    def start_documents(self) -> Process:
        """One more worker of documents."""
        worker = self.begin_documents()
        wait_until_ready(worker)
        return worker

    def start_beat(self) -> Process:
        """The schedule."""
        return self.begin("beat", "beat", "-s", str(self._folder / "schedule"), "--pidfile=")

    def begin_documents(self, *options: str, environment: dict[str, str] | None = None) -> Process:
        """Begin to start a worker of documents."""
        queues = ("-Q", "interactive,bulk", "-c", "2")
        return self.begin("documents", "worker", *queues, *options, environment=environment)

    def begin(
        self, name: str, kind: str, *options: str, environment: dict[str, str] | None = None
    ) -> Process:
        """Begin to start one process."""
        name = f"{name}{len(self._processes)}"
        named = ("-n", f"{name}@%h", "--without-mingle", "--without-gossip") if kind == "worker" else ()
        settings = self._environment | (environment or {})
        process = Process(name, [kind, *named, *options], settings, self._folder)
        self._processes.append(process)
        return process

    def stop(self) -> None:
        """End every process, stopped ones too."""
        for process in self._processes:
            process.kill()

    def take(self, files: int, *scripts: str) -> list[Invoice]:
        """Take in so many files, and one for each script besides."""
        pile = [*scripts, *[SLOW_ENOUGH] * files]
        named = [
            incoming(f"{number}.pdf", pdf(script, str(number)))
            for number, script in enumerate(pile, self._offered)
        ]
        self._offered += len(pile)
        groups = [named[start : start + 25] for start in range(0, len(named), 25)]
        results = [result for group in groups for result in accept(self.batch, group)]
        invoices = [result.invoice for result in results if isinstance(result, Accepted)]
        self.accepted += len(invoices)
        return invoices

    def wait_for_work(self) -> None:
        """Wait until documents are being read, and then for a random moment more."""
        at_work = ProcessingJob.objects.filter(state=JobState.RUNNING)
        wait_for(lambda: at_work.exists() or not left(), 60, "nothing is read")
        time.sleep(self.random.uniform(0, 0.3))


def left() -> int:
    """How many jobs have not ended."""
    return ProcessingJob.objects.filter(state__in=UNFINISHED).count()


def wait_for(condition: Callable[[], bool], seconds: float, complaint: str) -> None:
    """Wait until something is true. Raises TimeoutError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(complaint)
        time.sleep(0.05)


def wait_until_ready(*workers: Process) -> None:
    """Wait until workers take messages."""
    wait_for(
        lambda: all(" ready." in worker.log.read_text() for worker in workers),
        READY_SECONDS,
        "a worker is not ready",
    )


def pool(worker: Process) -> list[int]:
    """The process ids of a worker's children that read documents."""
    return worker.children()


def kill(pid: int) -> None:
    """``kill -9``; a process that has ended by itself meanwhile is as dead."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def limit_file_size(pid: int, size: int) -> None:
    """Let a process write no file beyond so many bytes, as when the disk is full."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
