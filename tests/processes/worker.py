"""A real worker process for one test, started and ended by its own process id."""

import os
import signal
import subprocess
import sys
from pathlib import Path

# The engine's clockwork, wound tight: seconds instead of minutes, so that a test can wait for a recovery.
CLOCKWORK = {
    "INVOICE_LEASE": "2",
    "INVOICE_REAP_EVERY": "1",
    "INVOICE_RING_AGAIN": "2",
    "INVOICE_RETRY_BACKOFF": "1",
    "CELERY_WORKER_MAX_TASKS_PER_CHILD": "1000",
}


class Process:
    """A Celery process of the project, in a process group of its own, with its output in a file."""

    def __init__(self, name: str, arguments: list[str], settings: dict[str, str], folder: Path) -> None:
        self.log = folder / f"{name}.log"
        environment = os.environ | {"PYTHONWARNINGS": "ignore"} | settings
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "smartinvoice", *arguments],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def children(self) -> list[int]:
        """The process ids of its direct children: the pool."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in text.split()]

    def send(self, number: signal.Signals) -> None:
        """Signal the whole group, as the machine's failure would hit it."""
        if self.alive:
            os.killpg(self.pid, number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self._process.wait(10)
