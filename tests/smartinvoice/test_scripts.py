"""The scripts that start the parts by hand, and that those for Windows say the same."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import redis

from smartinvoice.settings.paths import BASE_DIR
from tests.desk import port as port  # noqa: PLC0414

SCRIPTS = BASE_DIR / "scripts"
OPTION = re.compile(r"--[a-z-]+(?: (?:yes|everysec|noeviction|127\.0\.0\.1))?")


def test_redis_is_started_from_any_folder_and_loses_nothing(tmp_path: Path, port: int) -> None:
    environment = os.environ | {"REDIS_PORT": str(port), "SMARTINVOICE_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [SCRIPTS / "start_redis.sh"], cwd="/", env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            client: Any = redis.Redis(port=port)
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and server.poll() is None:
                try:
                    client.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.05)
            said = {name: client.config_get(name)[name] for name in ("appendonly", "maxmemory-policy", "dir")}
            client.close()
        finally:
            server.terminate()
    assert said == {"appendonly": "yes", "maxmemory-policy": "noeviction", "dir": str(tmp_path / "redis")}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose Python says with what Celery would be started."""
    (tmp_path / "scripts").symlink_to(SCRIPTS)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} "$@"\necho "$@"\n')
    python.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "--queues interactive,bulk,control --concurrency 2"),
        ({"CELERY_WORKER_CONCURRENCY": "5", "CELERY_QUEUES": "bulk"}, "--queues bulk --concurrency 5"),
    ],
)
def test_a_worker_takes_its_concurrency_and_queues_from_the_environment(
    checkout: Path, environment: dict[str, str], expected: str
) -> None:
    script = checkout / "scripts" / "start_celery_worker.sh"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CELERY_")}
    started = subprocess.run(
        [script, "-B"],
        cwd="/",
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert started.stdout == f"-m celery -A smartinvoice worker {expected} -B\n"


def test_without_an_installation_the_script_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "scripts").symlink_to(SCRIPTS)
    for name in ("start_celery_worker.sh", "start_redis.sh"):
        refused = subprocess.run([tmp_path / "scripts" / name], capture_output=True, text=True, check=False)
        assert (refused.returncode, refused.stderr) == (1, "Not installed yet: run `make install` first.\n")


def test_redis_on_windows_gets_the_same_options() -> None:
    sh, bat = (code(f"start_redis.{kind}") for kind in ("sh", "bat"))
    assert set(OPTION.findall(sh)) - {"--dir"} == set(OPTION.findall(bat)) - {
        "--rm"
    }  # it starts in the folder
    assert "${REDIS_PORT:-6379}" in sh
    assert "set REDIS_PORT=6379" in bat


def test_a_worker_on_windows_serves_the_same_queues() -> None:
    sh, bat = (code(f"start_celery_worker.{kind}") for kind in ("sh", "bat"))
    assert "${CELERY_QUEUES:-interactive,bulk,control}" in sh
    assert "if not defined CELERY_QUEUES set CELERY_QUEUES=interactive,bulk,control" in bat
    assert "if not defined CELERY_WORKER_CONCURRENCY set CELERY_WORKER_CONCURRENCY=2" in bat
    assert "--pool=solo" in bat


def code(name: str) -> str:
    """A script without its comments."""
    lines = (SCRIPTS / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith(("#", "rem ")))
