"""The programs of the desk, as a configuration for Supervisor."""

import shlex
import sys
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent.parent
TIED = (sys.executable, "-I", str(Path(__file__).with_name("tied.py")))  # ends with Supervisor
NEVER_GIVE_UP = 1_000_000  # restarts; Supervisor waits a little longer before each
SHOWN = {"stdout_logfile": "/dev/stdout", "stdout_logfile_maxbytes": "0"}


@dataclass(frozen=True, slots=True)
class Program:
    """A child to keep running; those with a low ``priority`` start first and stop last.

    What it says goes to a log of its own, or is ``shown`` where the desk was started.
    """

    name: str
    command: tuple[str, ...]
    priority: int
    stop_seconds: int = 10
    environment: str = ""
    shown: bool = False


def broker(binary: str, data_dir: Path, socket: Path) -> Program:
    """Valkey on a private socket, durable to the second and never evicting a message."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data_dir / "broker"),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    arguments = (part for name, value in options.items() for part in (f"--{name}", value))
    return Program("broker", (binary, *arguments), priority=10)


def workers(concurrency: int, data_dir: Path) -> list[Program]:
    """One worker for documents, one for housekeeping that must never wait for them, and beat."""
    celery = (sys.executable, "-m", "celery", "-A", "smartinvoice")
    soft = 'REMAP_SIGTERM="SIGQUIT"'  # a stop lets a document under way end, for a while
    worker = ("worker", "--without-mingle", "--without-gossip")  # they look for neighbours that are not there
    documents = (*worker, "-n", "documents@%h", "-Q", "interactive,bulk", "-c", str(concurrency))
    control = (*worker, "-n", "control@%h", "-Q", "control", "--pool", "threads", "-c", "2")
    schedule = str(data_dir / "run" / "celerybeat-schedule")
    return [
        Program("worker", (*celery, *documents), priority=20, stop_seconds=40, environment=soft),
        Program("control", (*celery, *control), priority=20, stop_seconds=20),
        Program("beat", (*celery, "beat", "-s", schedule, "--pidfile="), priority=30),
    ]


def ai_worker(threads: int) -> Program:
    """A worker for AI models: it only waits for their answers, so threads of one process are enough."""
    celery = (sys.executable, "-m", "celery", "-A", "smartinvoice", "worker")
    quiet = ("--without-mingle", "--without-gossip")
    command = (*celery, *quiet, "-n", "ai@%h", "-Q", "ai", "--pool", "threads", "-c", str(threads))
    return Program("ai", command, priority=20, stop_seconds=20)


def web(host: str, port: int) -> Program:
    """The web server."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {"config": "python:smartinvoice.desk.gunicorn", "bind": address, "workers": "2", "threads": "8"}
    arguments = (part for name, value in options.items() for part in (f"--{name}", value))
    command = (sys.executable, "-m", "gunicorn", *arguments, "--timeout", "120", "--no-control-socket")
    return Program("web", (*command, "smartinvoice.wsgi"), priority=40)


def mails(folder: Path) -> Program:
    """What shows the mails of a desk without a mail server."""
    script = str(Path(__file__).with_name("mails.py"))
    return Program("mails", (sys.executable, "-I", script, str(folder)), priority=30, shown=True)


def configuration(programs: list[Program], data_dir: Path, announce: tuple[str, ...]) -> RawConfigParser:
    """Supervisor's configuration: logs in files, children restarted, one line to the person."""
    config = RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": literal(data_dir / "logs" / "supervisor.log"),
        "pidfile": literal(data_dir / "run" / "supervisor.pid"),
        "directory": literal(CODE),
    }
    for program in programs:
        config[f"program:{program.name}"] = {
            "command": command_line((*TIED, *program.command)),
            "priority": str(program.priority),
            "autorestart": "true",
            "startsecs": "2",
            "startretries": str(NEVER_GIVE_UP),
            "stopsignal": "TERM",
            "stopwaitsecs": str(program.stop_seconds),
            "killasgroup": "true",
            "redirect_stderr": "true",
            **(SHOWN if program.shown else log_of(program, data_dir)),
            "environment": program.environment,
        }
    config["program:announce"] = {
        "command": command_line(announce),
        "priority": "50",
        "autorestart": "false",
        "startsecs": "0",
        "redirect_stderr": "true",
        **SHOWN,
    }
    return config


def log_of(program: Program, data_dir: Path) -> dict[str, str]:
    """Where a program's output goes."""
    return {
        "stdout_logfile": literal(literal(data_dir / "logs" / f"{program.name}.log")),  # expanded twice
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": "3",
    }


def command_line(arguments: tuple[str, ...]) -> str:
    """Arguments as Supervisor splits them: quoted like a shell's."""
    return literal(shlex.join(arguments))


def literal(value: str | Path) -> str:
    """A value as it stands: Supervisor expands ``%(name)s`` everywhere."""
    return str(value).replace("%", "%%")
