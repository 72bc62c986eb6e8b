"""The first step of `make run`: what keeps it from installing is one sentence that says what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smartinvoice.settings.paths import BASE_DIR

RUN = """
import runpy, sys
{before}
sys.argv = [{script!r}, "requirements.txt"]
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that needs nothing installed."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(BASE_DIR / "scripts" / "bootstrap.py", tmp_path / "scripts")
    (tmp_path / "requirements.txt").touch()
    return tmp_path


def bootstrap(checkout: Path, before: str = "pass") -> str:
    """What it says when it fails, run on this Python after ``before``."""
    code = RUN.format(before=before, script=str(checkout / "scripts" / "bootstrap.py"))
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": "/nowhere"}, timeout=60, check=False
    )
    assert result.returncode == 1, result.stdout
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr


def test_a_python_that_is_too_old_names_the_one_that_is_needed(checkout: Path) -> None:
    said = bootstrap(checkout, "sys.version_info = (3, 9, 2)")
    assert said.startswith("Python 3.11 or newer is needed, this is 3.9: install one")


def test_a_python_without_its_part_for_environments_names_the_package(checkout: Path) -> None:
    assert "sudo apt install python3-venv" in bootstrap(checkout, "sys.modules['ensurepip'] = None")
    assert not (checkout / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_named(checkout: Path) -> None:
    (checkout / ".venv").symlink_to("/proc/nowhere")  # not even root can make it
    assert bootstrap(checkout).startswith(f"Cannot write to {checkout} (")
