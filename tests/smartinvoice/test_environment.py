"""Secrets and addresses from the environment."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from celery import Celery
from celery.app.backends import by_url
from celery.backends.redis import RedisBackend
from django.core.exceptions import ImproperlyConfigured
from kombu import Connection

from smartinvoice.settings.environment import (
    MAX_SOCKET_PATH,
    broker_socket,
    env,
    kept_secret,
    secret,
    socket_url,
)
from tests.processes.broker import Broker


@pytest.mark.parametrize(("environ", "value"), [({"KEY": "abc"}, "abc"), ({"KEY": ""}, None), ({}, None)])
def test_a_secret_comes_from_its_variable(environ: dict[str, str], value: str | None) -> None:
    assert secret(environ, "KEY") == value


def test_a_secret_in_a_file_wins_and_loses_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n")
    assert secret({"KEY": "abc", "KEY_FILE": str(tmp_path / "key")}, "KEY") == "from the file"


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"KEY_FILE: cannot read .*missing"):
        secret({"KEY_FILE": str(tmp_path / "missing")}, "KEY")


def test_a_kept_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret-key"
    first = kept_secret(path)
    assert len(first) >= 50
    assert kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]
    assert kept_secret(tmp_path / "other" / "secret-key") != first


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from smartinvoice.settings.environment import kept_secret; sys.stdin.read();"
        "print(kept_secret(Path(sys.argv[1])))"
    )
    arguments = [sys.executable, "-c", script, str(tmp_path / "data" / "secret-key")]
    racers = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for racer in racers:  # the end of its input lets each go, as close together as can be
        assert racer.stdin
        racer.stdin.close()
    secrets = set()
    for racer in racers:
        with racer:
            assert racer.stdout
            secrets.add(racer.stdout.read().strip())
    assert len(secrets) == 1
    assert secrets == {(tmp_path / "data" / "secret-key").read_text()}


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"Cannot write to .*: make it yours"):
        kept_secret(tmp_path / "file" / "secret-key")


def test_the_broker_listens_in_the_data_folder(tmp_path: Path) -> None:
    assert broker_socket(Path("/srv/desk")) == Path("/srv/desk/run/broker.sock")


def test_a_long_data_folder_has_a_short_socket_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    first, second = (broker_socket(Path("/srv", letter * 120)) for letter in ("a", "b"))
    assert first != second
    for socket in (first, second, broker_socket(Path("/srv") / ("अ" * 40))):
        assert len(os.fsencode(socket)) <= MAX_SOCKET_PATH
        assert socket.is_relative_to("/run/user/1000")
    assert broker_socket(Path("/srv") / ("a" * 120)) == broker_socket(Path("/srv") / ("a" * 120))


@pytest.mark.processes
@pytest.mark.parametrize("name", ["my desk", "100%", "a%20b", "दफ़्तर", "a #b?c", "it's"])
def test_celery_reaches_a_broker_whatever_its_folder_is_called(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    broker = Broker(folder / "broker.sock", folder / "data")
    broker.start()
    url = socket_url(broker.socket)
    try:
        with Connection(url) as connection:
            connection.SimpleQueue("heard").put("ring")
        backend_class, backend_url = cast("tuple[type[RedisBackend], str]", by_url(url))
        backend = backend_class(app=Celery(set_as_current=False), url=backend_url)
        backend.set("result", "42")
        assert (broker.client.llen("heard"), broker.client.get("result")) == (1, b"42")
        backend.client.close()
    finally:
        broker.stop()


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (lambda: env.int("X", 10), "ten", "X: “ten” is not a whole number."),
        (lambda: env.float("X", 1.5), "soon", "X: “soon” is not a number."),
        (lambda: env.bool("X", False), "ture", "X: “ture” is not true or false."),
        (lambda: env.one_of("X", "INFO", ("DEBUG", "INFO")), "loud", "X: “LOUD” is none of DEBUG, INFO."),
        (lambda: env.zone("X", "Asia/Kolkata"), "Mars", "X: “Mars” is no time zone; one is Asia/Kolkata."),
        (lambda: env.database("X"), "hush", "X is not like postgres://USER:PASSWORD@HOST:5432/NAME."),
        (lambda: env.database("X"), "postgres://", "X is not like postgres://USER:PASSWORD@HOST:5432/NAME."),
    ],
)
def test_a_setting_that_makes_no_sense_is_one_sentence_with_its_name(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], text: str, sentence: str
) -> None:
    monkeypatch.setenv("X", text)
    with pytest.raises(ImproperlyConfigured) as told:
        read()
    assert str(told.value) == sentence


def test_commands_say_just_that_sentence(tmp_path: Path) -> None:
    environment = os.environ | {"SMARTINVOICE_DATA_DIR": str(tmp_path), "MAX_UPLOAD_MB": "ten"}
    for command in (["-m", "smartinvoice", "import", str(tmp_path)], ["manage.py", "test_celery"]):
        result = subprocess.run(
            [sys.executable, *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (result.returncode, result.stderr) == (
            1,
            "Error: MAX_UPLOAD_MB: “ten” is not a whole number.\n",
        )


def test_a_number_or_switch_that_is_left_empty_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NUMBER", "SWITCH", "TEXT"):
        monkeypatch.setenv(name, "")
    assert (env.int("NUMBER", 7), env.bool("SWITCH", True), env.str("TEXT", "some")) == (7, True, "")
