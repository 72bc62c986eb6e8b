"""From a checkout to a running desk."""

import os
import sys
import time
import urllib.request
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command

from smartinvoice.desk import preflight, programs
from smartinvoice.settings.environment import broker_socket, socket_url

READY_WITHIN = 90  # seconds


def run(host: str, port: int) -> None:
    """Check, prepare, and become the supervisor of the desk. Raises CannotRun."""
    from smartinvoice.settings.paths import DATA_DIR  # noqa: PLC0415 - reads .env

    os.umask(0o077)  # papers and database are for the desk's own user
    preflight.check_data_folder(DATA_DIR)
    preflight.check_names(DATA_DIR, programs.CODE)
    for folder in ("run", "logs", "broker"):
        (DATA_DIR / folder).mkdir(mode=0o700, exist_ok=True)
    held = preflight.lock(DATA_DIR)
    preflight.check_port(host, port)
    preflight.check_ocr()
    workers = [*programs.workers(concurrency(), DATA_DIR), *ai_workers()]
    broker = own_broker(DATA_DIR)
    children = [*broker, *workers, *mails(), programs.web(host, port)]
    prepare()
    preflight.check_servers(own_broker=bool(broker))
    preflight.check_host(host)
    announce = (sys.executable, "-m", "smartinvoice", "announce", "--host", host, "--port", str(port))
    config = DATA_DIR / "run" / "supervisor.conf"
    with config.open("w") as file:
        programs.configuration(children, DATA_DIR, announce).write(file)
    sys.stdout.flush()
    os.set_inheritable(held.fileno(), True)
    os.execv(sys.executable, [sys.executable, "-m", "supervisor.supervisord", "-c", str(config)])  # noqa: S606


def concurrency() -> int:
    """How many documents are read at once: by setting, else one for each of two cores."""
    return int(os.environ.setdefault("CELERY_WORKER_CONCURRENCY", "2"))


def ai_workers() -> list[programs.Program]:
    """The worker that asks AI models; none without a key, so that it costs no memory then."""
    from smartinvoice.settings.ai import AI_CONCURRENCY, AI_ENABLED  # noqa: PLC0415 - reads .env

    return [programs.ai_worker(AI_CONCURRENCY)] if AI_ENABLED else []


def mails() -> list[programs.Program]:
    """What shows mails, where no mail server sends them."""
    from smartinvoice.settings.people import EMAIL_FILE_PATH, EMAIL_HOST  # noqa: PLC0415 - reads .env

    return [] if EMAIL_HOST else [programs.mails(EMAIL_FILE_PATH)]


def own_broker(data_dir: Path) -> list[programs.Program]:
    """The bundled broker, unless the settings name another."""
    if os.environ.get("CELERY_BROKER_URL"):
        return []
    socket = broker_socket(data_dir)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["CELERY_BROKER_URL"] = socket_url(socket)
    return [programs.broker(preflight.bundled_broker(), data_dir, socket)]


def prepare() -> None:
    """Bring database and static files up to this version."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("build_styles", stdout=StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)


def announce(host: str, port: int, data_dir: Path) -> bool:
    """Wait until the desk answers, and say so in one line; or say where to look."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - shown, not bound
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if web_answers(address) and worker_answers():
            print(f"Smart iInvoice is ready at {address} (Ctrl-C stops it)", flush=True)  # noqa: T201
            return True
        time.sleep(0.3)
    part = "workers do" if web_answers(address) else "web server does"
    print(f"The {part} not answer yet: see the logs in {data_dir / 'logs'}", flush=True)  # noqa: T201
    return False


def web_answers(address: str) -> bool:
    """Whether the web server answers, at an address that is not redirected to TLS."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own
            return True
    except OSError:
        return False


def worker_answers() -> bool:
    """Whether a worker hears the broker."""
    from smartinvoice.celery import app  # noqa: PLC0415 - needs the settings

    try:
        return bool(app.control.ping(timeout=2, limit=1))
    except Exception:  # noqa: BLE001 - whatever the broker's client raises while it starts
        return False
