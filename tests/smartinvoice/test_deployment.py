"""A desk on the internet, as docs/operations.md sets it up."""

import json
import os
import subprocess
import sys

import pytest

PRODUCTION = {"HTTPS": "true", "BEHIND_PROXY": "true", "ALLOWED_HOSTS": "invoices.example.in"}

ASK = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
plain, secure = (Client().get("/healthz", headers={"host": "invoices.example.in"}, secure=x) for x in (0, 1))
here = {"host": "127.0.0.1:8000"}
beside = [Client().get(page, headers=here).status_code for page in ("/healthz", "/readyz")]
moved = Client().get("/login/", headers={"host": "invoices.example.in"})
names = [name for name in dir(settings) if name.startswith(("SESSION_C", "CSRF_C"))]
cookies = {name: getattr(settings, name) for name in names}
print(json.dumps([beside, dict(plain.headers), dict(secure.headers), moved["Location"], cookies]))
"""


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    return run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
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


def test_browsers_are_told_to_be_strict() -> None:
    said = run("-c", ASK, DJANGO_SETTINGS_MODULE="smartinvoice.settings", **PRODUCTION)
    beside, plain, secure, moved, cookies = json.loads(said.stdout)
    assert beside == [200, 503]  # asked from the machine itself; there is no broker
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "Strict-Transport-Security" not in plain  # where nobody could believe it
    assert secure["Referrer-Policy"] == "same-origin"
    assert secure["X-Content-Type-Options"] == "nosniff"
    assert secure["Cross-Origin-Opener-Policy"] == "same-origin"
    assert secure["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe" not in secure["Content-Security-Policy"]
    assert moved == "https://invoices.example.in/login/"
    assert cookies["SESSION_COOKIE_SECURE"] is cookies["CSRF_COOKIE_SECURE"] is True
    assert cookies["SESSION_COOKIE_HTTPONLY"] is True
    assert cookies["SESSION_COOKIE_SAMESITE"] == cookies["CSRF_COOKIE_SAMESITE"] == "Lax"
