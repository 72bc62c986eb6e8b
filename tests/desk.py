"""The whole desk, started as a person starts it; a pytest plugin."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Start = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """Starts the desk, reader and all, on the test's own data folder and port; ends what is left of it."""
    started: list[subprocess.Popen[str]] = []
    own = {"SMARTINVOICE_DATA_DIR": str(tmp_path / "data"), "PORT": str(port), "PYTHONWARNINGS": ""}
    ours = ("CELERY_", "DATABASE_URL", "INVOICE_READER")  # of the suite, not of the desk

    def run() -> "subprocess.Popen[str]":
        environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        process = subprocess.Popen(
            [sys.executable, "-m", "smartinvoice", "run"],
            env=environment | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        if process.stdout:
            process.stdout.close()


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline()
