"""Everything that can go wrong, each as what hits the desk and what is done about it, as Supervisor would.

A strike takes in the round's files, lets the fault happen, and returns when it is over.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

import psycopg
from celery import current_app
from django.db import DatabaseError, connection

from invoice_processor.jobs.dispatch import TASK
from invoice_processor.models import Invoice, JobState, ProcessingJob
from tests.faults.desk import Desk, kill, limit_file_size, pool, wait_for
from tests.processes.worker import Process

Strike = Callable[[Desk, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which things go wrong. ``failing`` files end as FAILED, after their retries."""

    name: str
    strike: Strike
    failing: int = 0
    needs: str = ""  # a program without which it cannot strike


FAULTS: list[Fault] = []


def fault(name: str, *, failing: int = 0, needs: str = "") -> Callable[[Strike], Strike]:
    """Put a strike on the list."""

    def enlist(strike: Strike) -> Strike:
        FAULTS.append(Fault(name, strike, failing, needs))
        return strike

    return enlist


@fault("kill -9 of pool children at random moments")
def children_die(desk: Desk, files: int) -> None:
    worker = desk.start()
    desk.take(files)
    for _ in range(3):
        desk.wait_for_work()
        kill(desk.random.choice(pool(worker) or [worker.pid]))
        time.sleep(0.2)
    if not worker.alive:
        desk.start_documents()


@fault("kill -9 of the whole worker")
def worker_dies(desk: Desk, files: int) -> None:
    worker = desk.start()
    desk.take(files)
    desk.wait_for_work()
    worker.kill()
    desk.start_documents()


@fault("kill -9 of beat")
def beat_dies(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files)
    desk.beat.kill()
    desk.broker.client.flushall()  # only the schedule brings the rings back
    desk.start_beat()


@fault("broker stopped and started again")
def broker_restarts(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files)
    desk.wait_for_work()
    desk.broker.stop()
    time.sleep(1)
    desk.broker.start()


@fault("broker wiped (FLUSHALL)")
def broker_forgets(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files)
    desk.wait_for_work()
    desk.broker.client.flushall()


@fault("broker unreachable at upload")
def upload_without_broker(desk: Desk, files: int) -> None:
    desk.start()
    desk.broker.stop()
    desk.take(files)
    desk.broker.start()


@fault("the same message ten times, to two workers")
def ten_messages(desk: Desk, files: int) -> None:
    desk.start()
    desk.start_documents()
    for invoice in desk.take(files):
        ring(invoice, times=10)


@fault("two workers on one job at once")
def two_workers(desk: Desk, files: int) -> None:
    desk.broker.stop()
    invoices = desk.take(files)
    desk.broker.start()
    for invoice in invoices:
        ring(invoice, times=2)  # next to each other, so that both workers take the same one
    desk.start()
    desk.start_documents()


@fault("worker frozen past its lease, then woken")
def worker_freezes(desk: Desk, files: int) -> None:
    frozen = desk.start()
    desk.take(files)
    desk.wait_for_work()
    frozen.send(signal.SIGSTOP)
    held = list(ProcessingJob.objects.filter(state=JobState.RUNNING).values_list("pk", flat=True))
    desk.start_documents()
    if nobody_can_write():  # it holds SQLite's lock, which nobody can take from it
        time.sleep(1.5 * desk.lease)
    else:
        over = ProcessingJob.objects.filter(pk__in=held, state=JobState.DONE)
        wait_for(lambda: over.count() == len(held), 240, "nobody took over what the frozen worker held")
    frozen.send(signal.SIGCONT)


@fault("reader out of memory (MemoryError)", failing=2)
def reader_out_of_memory(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files, "memory", "memory")


@fault("reader ends its process", failing=2)
def reader_exits(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files, "exit", "exit")


@fault("reader loops for ever: soft time limit", failing=1)
def reader_loops(desk: Desk, files: int) -> None:
    desk.start("--soft-time-limit", "2", "--time-limit", "20")
    desk.take(files, "loop")


@fault("reader hangs in C code and holds the interpreter", failing=1)
def reader_hangs(desk: Desk, files: int) -> None:
    desk.start("--soft-time-limit", "2", "--time-limit", "20")
    desk.take(files, "hang")


@fault("pool child hangs: hard time limit")
def child_hangs(desk: Desk, files: int) -> None:
    worker = desk.start("--soft-time-limit", "3", "--time-limit", "5")
    desk.take(files)
    stuck = stop_at_work(desk, worker)
    wait_for(lambda: not stuck & set(pool(worker)), 60, "the hard limit did not end the children")


@fault("database gone for some seconds")
def database_goes(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files)
    desk.wait_for_work()
    with unreachable_database():
        time.sleep(desk.outage)


@fault("disk full while files are stored")
def disk_full_at_upload(desk: Desk, files: int) -> None:
    desk.start()
    desk.take(files // 2)
    accepted = desk.accepted
    limit_file_size(os.getpid(), 20)
    try:
        with suppress(DatabaseError):  # SQLite lies on the same disk
            desk.take(2)
    finally:
        limit_file_size(os.getpid(), -1)
    assert desk.accepted == accepted, "a file that was not stored was accepted"
    desk.take(files - files // 2)


@fault("disk full under the worker")
def disk_full_at_work(desk: Desk, files: int) -> None:
    worker = desk.start()
    desk.take(files)
    desk.wait_for_work()
    children = pool(worker)
    for pid in children:
        limit_file_size(pid, 20)
    time.sleep(2)
    for pid in children:
        limit_file_size(pid, -1)


@fault("deploy: messages of an older and a newer version in flight")
def deploy(desk: Desk, files: int) -> None:
    desk.broker.stop()
    invoices = desk.take(files)
    desk.broker.start()
    for invoice in invoices:
        arguments = {"invoice_id": invoice.pk, "batch_id": None, "pages": "1-3"}  # of a version to come
        current_app.send_task(TASK, kwargs=arguments, queue="bulk", ignore_result=True)
        current_app.send_task("invoice_processor.process_v0", args=[invoice.pk], queue="bulk")
        current_app.send_task(TASK, args=["no such id"], queue="bulk", ignore_result=True)
    desk.start()


@fault("clock of a worker a day ahead, then right", needs="faketime")
def clock_ahead(desk: Desk, files: int) -> None:
    desk.take(files)
    ahead = desk.start(environment=shifted_clock("+1d"))
    desk.wait_for_work()
    ahead.kill()
    desk.start_documents()


@fault("clock of a worker a day behind, then right", needs="faketime")
def clock_behind(desk: Desk, files: int) -> None:
    desk.take(files)
    behind = desk.start(environment=shifted_clock("-1d"))
    time.sleep(1)
    behind.kill()
    desk.start_documents()


def stop_at_work(desk: Desk, worker: Process) -> set[int]:
    """Stop the pool while each of its children has a document in hand; returns their process ids."""
    while True:
        desk.wait_for_work()
        children = set(pool(worker))
        for pid in children:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(0.2)
        if ProcessingJob.objects.filter(state=JobState.RUNNING).count() == len(children):
            return children
        for pid in children:
            os.kill(pid, signal.SIGCONT)


def ring(invoice: Invoice, times: int) -> None:
    """Send the message for an invoice so many times."""
    for _ in range(times):
        arguments = {"invoice_id": invoice.pk, "batch_id": invoice.batch_id}
        current_app.send_task(TASK, kwargs=arguments, queue="bulk", ignore_result=True)


def shifted_clock(by: str) -> dict[str, str]:
    """The environment in which a program sees another time."""
    program = shutil.which("faketime")
    assert program
    shown = subprocess.run([program, "-f", by, "env"], capture_output=True, text=True, check=True).stdout
    preload = next(line for line in shown.splitlines() if line.startswith("LD_PRELOAD="))
    return {"LD_PRELOAD": preload.partition("=")[2], "FAKETIME": by, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def nobody_can_write() -> bool:
    """Whether a process is inside a write to SQLite and does not end it; PostgreSQL ends such a session."""
    if connection.vendor == "postgresql":
        return False
    with closing(sqlite3.connect(connection.settings_dict["NAME"], uri=True, timeout=3)) as writer:
        try:
            writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        writer.rollback()
        return False


@contextmanager
def unreachable_database() -> Iterator[None]:
    """Nobody else can write to the database; with PostgreSQL nobody else can even connect to it."""
    if connection.vendor == "postgresql":
        with no_connections():
            yield
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"], uri=True)) as alone:
        alone.execute("BEGIN EXCLUSIVE")
        yield
        alone.rollback()


@contextmanager
def no_connections() -> Iterator[None]:
    """PostgreSQL throws everybody else out, and lets nobody in."""
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    params = connection.get_connection_params() | {"dbname": "postgres"}
    address = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if key in params}
    with closing(psycopg.connect(**address, autocommit=True)) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
            [name, own],
        )
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
