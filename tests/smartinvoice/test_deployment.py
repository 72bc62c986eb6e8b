"""A desk on the internet, as docs/operations.md sets it up."""

import os
import subprocess
import sys

import pytest

PRODUCTION = {"HTTPS": "true", "BEHIND_PROXY": "true", "ALLOWED_HOSTS": "invoices.example.in"}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {**os.environ, "PYTHONWARNINGS": "", **environment}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # set for the tests that drive a browser
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_django_finds_nothing_unsafe_in_production() -> None:
    result = check(**PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("name", ["HTTPS", "DEBUG"])
def test_what_would_be_unsafe_is_said(name: str) -> None:
    unsafe = {"HTTPS": "false", "DEBUG": "true"}[name]
    assert check(**PRODUCTION | {name: unsafe}).returncode == 1
