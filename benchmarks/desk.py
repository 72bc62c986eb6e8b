"""A desk of its own for one benchmark: broker, database and workers that nobody else uses."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def desk(reader: str, concurrency: int) -> Iterator["Desk"]:
    """Start a desk in a temporary folder; call it before Django's settings load.

    ``DATABASE_URL`` decides the database as everywhere; without it, it is SQLite in the folder.
    """
    with tempfile.TemporaryDirectory(prefix="smartinvoice-bench-") as name:
        folder = Path(name)
        os.environ["SMARTINVOICE_DATA_DIR"] = name
        os.environ["CELERY_BROKER_URL"] = f"redis+socket://{name}/broker.sock"
        os.environ["CELERY_RESULT_BACKEND"] = os.environ["CELERY_BROKER_URL"]
        os.environ["CELERY_WORKER_MAX_TASKS_PER_CHILD"] = "1000000"
        os.environ["INVOICE_READER"] = reader
        os.environ["LOG_LEVEL"] = "WARNING"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")
        import django  # noqa: PLC0415 - the environment must be set first
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("flush", interactive=False, verbosity=0) if tables_exist() else None
        call_command("migrate", verbosity=0)
        started = Desk(folder, concurrency)
        try:
            yield started
        finally:
            started.stop()


def tables_exist() -> bool:
    """Whether the database was used by an earlier benchmark."""
    from django.db import connection  # noqa: PLC0415

    return "invoice_processor_invoice" in connection.introspection.table_names()


class Desk:
    """Running processes."""

    def __init__(self, folder: Path, concurrency: int) -> None:
        from smartinvoice.desk.preflight import bundled_broker  # noqa: PLC0415

        options = {
            "port": "0",
            "unixsocket": f"{folder}/broker.sock",
            "dir": str(folder),
            "appendonly": "yes",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self._processes = [subprocess.Popen([bundled_broker(), *arguments], stdout=subprocess.DEVNULL)]
        celery = [sys.executable, "-m", "celery", "-A", "smartinvoice", "worker"]
        options_ = ["-Q", "interactive,bulk", "-c", str(concurrency), "--without-gossip", "--without-mingle"]
        self._worker = subprocess.Popen([*celery, *options_], start_new_session=True)
        self._processes.append(self._worker)

    def cpu_seconds(self) -> float:
        """User and system time used so far by the worker and all that it started."""
        ticks = sum(used_ticks(pid) for pid in tree(self._worker.pid))
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def tree(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from tree(int(child))


def used_ticks(pid: int) -> int:
    """Clock ticks that a process, and those of its children that have ended, have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15])


def wait_until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for something to become true. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)
