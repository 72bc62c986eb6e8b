"""The programs of the desk, as Supervisor itself reads them."""

import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from supervisor.datatypes import RestartUnconditionally
from supervisor.options import ServerOptions

from smartinvoice.desk import programs
from smartinvoice.desk.run import ai_workers

ANNOUNCE = (sys.executable, "-m", "smartinvoice", "announce")


def understood(data_dir: Path, children: list[programs.Program]) -> tuple[Any, dict[str, Any]]:
    """Supervisor's options and its programs by name, read from our configuration."""
    for folder in ("run", "logs"):
        (data_dir / folder).mkdir(parents=True)
    file = data_dir / "run" / "supervisor.conf"
    with file.open("w", encoding="utf-8") as config:
        programs.configuration(children, data_dir, ANNOUNCE).write(config)
    options = ServerOptions()
    options.realize(["-c", str(file)])
    configs = [config for group in options.process_group_configs for config in group.process_configs]
    return options, {config.name: config for config in configs}


def desk(data_dir: Path) -> list[programs.Program]:
    """All programs of a desk in a folder."""
    binary = str(data_dir / "bin" / "valkey-server")
    return [
        programs.broker(binary, data_dir, data_dir / "run" / "broker.sock"),
        *programs.workers(2, data_dir),
        programs.web("127.0.0.1", 8000),
    ]


@pytest.mark.parametrize(
    "name", ["desk", "my desk", "100%", "%(x)s", "%%h", "दफ़्तर", "it's", 'a "b"', "a#b;c"]
)
def test_every_path_and_argument_survives_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    data_dir = tmp_path / name
    children = desk(data_dir)
    options, configs = understood(data_dir, children)
    assert options.logfile == str(data_dir / "logs" / "supervisor.log")
    assert options.pidfile == str(data_dir / "run" / "supervisor.pid")
    for child in children:
        command = tuple(shlex.split(configs[child.name].command))  # as Supervisor splits it
        assert command == (*programs.TIED, *child.command)
        assert configs[child.name].stdout_logfile == str(data_dir / "logs" / f"{child.name}.log")


def test_mails_are_shown_where_the_desk_was_started(tmp_path: Path) -> None:
    _, configs = understood(tmp_path / "data", [programs.mails(tmp_path / "mail")])
    assert configs["mails"].stdout_logfile == configs["announce"].stdout_logfile == "/dev/stdout"


def test_children_run_in_the_code_and_are_restarted_for_ever(tmp_path: Path) -> None:
    options, configs = understood(tmp_path / "data", desk(tmp_path / "data"))
    assert Path(options.directory, "manage.py").exists()
    for name in ("broker", "worker", "control", "beat", "web"):
        assert configs[name].autorestart is RestartUnconditionally
        assert configs[name].startretries == programs.NEVER_GIVE_UP
        assert configs[name].killasgroup
    assert configs["announce"].autorestart is False


def test_the_broker_starts_first_and_stops_last(tmp_path: Path) -> None:
    _, configs = understood(tmp_path / "data", desk(tmp_path / "data"))
    first, *_, last = sorted(configs.values(), key=lambda config: config.priority)
    assert (first.name, last.name) == ("broker", "announce")


def test_a_stopped_worker_may_finish_its_document(tmp_path: Path) -> None:
    _, configs = understood(tmp_path / "data", desk(tmp_path / "data"))
    assert configs["worker"].environment == {"REMAP_SIGTERM": "SIGQUIT"}
    assert configs["worker"].stopwaitsecs > 20  # the soft shutdown's time


def test_every_queue_has_a_worker(tmp_path: Path) -> None:
    served = {
        queue
        for worker in programs.workers(3, tmp_path)
        if "-Q" in worker.command
        for queue in worker.command[worker.command.index("-Q") + 1].split(",")
    }
    assert served == {"interactive", "bulk", "control"}


def test_ai_models_are_asked_by_threads_and_only_with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    command = programs.ai_worker(8).command
    assert command[command.index("-Q") :] == ("-Q", "ai", "--pool", "threads", "-c", "8")
    assert ai_workers() == []
    monkeypatch.setattr("smartinvoice.settings.ai.AI_ENABLED", True)
    assert [program.name for program in ai_workers()] == ["ai"]


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1:8000"), ("::1", "[::1]:8000"), ("desk.local", "desk.local:8000")],
)
def test_the_web_server_listens_where_it_is_told(host: str, address: str) -> None:
    assert address in programs.web(host, 8000).command
