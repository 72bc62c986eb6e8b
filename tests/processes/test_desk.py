"""`make run`: the whole desk on one machine, from the first line to the last child."""

import os
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from tests.desk import Start, first_line
from tests.processes.conftest import wait_for

pytestmark = pytest.mark.processes


def children(pid: int) -> dict[str, int]:
    """Supervisor's children by a word of their command line."""
    pids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in pids}
    names = {
        "broker": "valkey",
        "web": "gunicorn",
        "worker": "documents@",
        "control": "control@",
        "beat": "beat",
    }
    return {name: pid for pid, command in commands.items() for name, word in names.items() if word in command}


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_the_desk_starts_heals_itself_and_stops_cleanly(start: Start, port: int, tmp_path: Path) -> None:
    desk = start()
    assert first_line(desk) == f"Smart iInvoice is ready at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
    assert answers(port)
    running = children(desk.pid)
    assert set(running) >= {"broker", "web", "worker", "control", "beat"}
    backend = get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path=tmp_path / "data/mail"
    )
    EmailMessage(subject="Your new password", to=["asha@example.in"], connection=backend).send()

    second = start()
    assert "already runs" in first_line(second)
    assert second.wait(20) == 1

    for name in ("web", "broker", "worker"):
        os.kill(running[name], signal.SIGKILL)
    wait_for(lambda: set(children(desk.pid)) >= set(running) and answers(port), 30)
    assert not set(children(desk.pid).values()) & {running[name] for name in ("web", "broker", "worker")}

    desk.send_signal(signal.SIGINT)
    assert desk.wait(60) == 0
    assert "Subject: Your new password" in (desk.stdout.read() if desk.stdout else "")
    time.sleep(0.2)
    assert not [pid for pid in running.values() if Path(f"/proc/{pid}").exists()]


def test_a_desk_that_is_killed_takes_its_children_with_it(start: Start) -> None:
    desk = start()
    assert "is ready" in first_line(desk)
    running = children(desk.pid)
    desk.kill()
    desk.wait()
    wait_for(lambda: not [pid for pid in running.values() if Path(f"/proc/{pid}").exists()], 60)


def test_a_taken_port_is_one_sentence(start: Start, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        desk = start()
        assert first_line(desk).startswith(f"Error: Port {port} on 127.0.0.1 cannot be used")
        assert desk.wait(20) == 1
