"""One line an event, with task and invoice, and never a secret or what a document says."""

import io
import json
import logging
import logging.config
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest
import structlog
from celery import shared_task
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from invoice_processor.models import DocumentReading, Invoice
from invoice_processor.tasks import process_invoice_async
from smartinvoice.settings.redaction import SECRETS
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import know, reading_of
from tests.web.conftest import plain_static_files as plain_static_files  # noqa: PLC0414 - for pages here
from tests.web.conftest import static_root as static_root  # noqa: PLC0414


def fail(request: HttpRequest, token: str) -> HttpResponse:
    """As a library may put what it was given into its error."""
    raise ConnectionError(f"Cannot reach {settings.CELERY_BROKER_URL} with {settings.GSP_API_KEY}")


urlpatterns = [path("join/<str:token>/", fail), path("", include("smartinvoice.urls"))]

EVENTS = """
import logging, django, structlog
django.setup()
ours, theirs = structlog.get_logger("ours"), logging.getLogger("a.library")
ours.info("plain", invoice_id=7)
ours.warning("two\\nlines and = signs", note="with \\"quotes\\"\\nand more")
try:
    {}["missing"]
except KeyError:
    ours.exception("ours failed")
    theirs.exception("theirs %s", "failed\\nbadly")
"""


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged, as the project formats it."""
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(configurator.configure_formatter({**settings.LOGGING["formatters"]["line"]}))
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "smartinvoice.settings", **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.mark.parametrize("as_json", ["true", "false"])
def test_whatever_is_logged_is_one_line_that_programs_can_read(as_json: str) -> None:
    lines = run("-c", EVENTS, LOG_JSON=as_json).stderr.splitlines()
    if as_json == "true":
        events = [json.loads(line) for line in lines]
    else:
        events = [dict(part.split("=", 1) for part in shlex.split(line)) for line in lines]
    assert [event["level"] for event in events] == ["info", "warning", "error", "error"]
    assert [event["logger"] for event in events] == ["ours", "ours", "ours", "a.library"]
    assert all(event["timestamp"].endswith("Z") for event in events)
    assert str(events[0]["invoice_id"]) == "7"
    assert "KeyError" in events[2]["exception"]
    assert "KeyError" in events[3]["exception"]


def test_less_is_logged_when_asked_for_less() -> None:
    assert len(run("-c", EVENTS, LOG_LEVEL="error").stderr.splitlines()) == 2


@pytest.mark.django_db
def test_lines_of_a_task_name_it_and_its_invoice(take: Take, logged: io.StringIO) -> None:
    for script in ("", "fail"):
        (invoice,) = take(script)
        task = process_invoice_async.apply(kwargs={"invoice_id": invoice.pk})
        lines = [
            line for line in logged.getvalue().splitlines() if "attempt ended" in line or "not read" in line
        ]
        assert lines
        assert all(f"invoice_id={invoice.pk}" in line and f"task_id={task.id}" in line for line in lines)
        logged.truncate(0)
        Invoice.objects.all().delete()
    logging.getLogger("after").warning("between tasks")
    assert "task_id" not in logged.getvalue()


@pytest.mark.django_db
def test_nothing_that_a_document_says_is_logged(take: Take, logged: io.StringIO) -> None:
    paper = sample_invoice(5)
    first, second, third = take("", "", "bug")
    know(first.document, reading_of(paper))
    know(second.document, reading_of(paper, confidence=3))
    for invoice in (first, second, third):
        process_invoice_async.apply(kwargs={"invoice_id": invoice.pk})
    text = logged.getvalue()
    assert text.count("attempt ended") == 3
    for private in (paper.number, paper.vendor.name, paper.vendor.gstin, paper.buyer.name, "0.pdf"):
        assert private
        assert private not in text


@pytest.mark.django_db
def test_an_exception_that_quotes_a_document_is_told_without_the_quotation(
    take: Take, logged: io.StringIO
) -> None:
    (invoice,) = take("")
    know(invoice.document, reading_of(sample_invoice(5)))
    DocumentReading.objects.update(reading='{"kind": "Banyan Traders"}')
    process_invoice_async.apply(kwargs={"invoice_id": invoice.pk})
    assert "attempt failed" in logged.getvalue()
    assert "pipeline/read.py" in logged.getvalue()
    assert "pydantic_core._pydantic_core.ValidationError" in logged.getvalue()
    assert "Banyan" not in logged.getvalue()


def test_a_task_that_fails_is_told_without_what_it_was_given(logged: io.StringIO) -> None:
    @shared_task(name="tests.quoting")
    def quoting(amount: str) -> None:
        try:
            Decimal(amount)
        except ArithmeticError as error:
            raise OSError("The disk is full") from error

    quoting.apply(("Banyan",))
    quoting.app.tasks.unregister("tests.quoting")
    line = next(line for line in logged.getvalue().splitlines() if "raised unexpected: OSError" in line)
    assert "decimal.InvalidOperation" in line
    assert "OSError: The disk is full" in line
    assert "Banyan" not in line


def test_the_brokers_password_is_never_shown() -> None:
    broker = "redis://:hush-hush@127.0.0.1:1/0"
    result = run("manage.py", "test_celery", CELERY_BROKER_URL=broker, CELERY_RESULT_BACKEND=broker)
    assert result.returncode == 1
    assert "The broker at redis://" in result.stderr
    assert "scripts/start_redis.sh" in result.stderr
    assert "hush-hush" not in result.stdout + result.stderr


@pytest.mark.parametrize("name", ["password", "api_key", "new_password", "token", "Authorization", "captcha"])
def test_a_value_that_is_called_a_secret_is_blackened(logged: io.StringIO, name: str) -> None:
    structlog.get_logger("ours").warning("event", **{name: "hush-hush"}, input_tokens=7)
    assert "hush-hush" not in logged.getvalue()
    assert "input_tokens" in logged.getvalue()


@pytest.mark.urls(__name__)
@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
def test_a_view_that_fails_tells_no_secret(settings: Settings, logged: io.StringIO, debug: bool) -> None:
    settings.DEBUG = debug
    settings.CELERY_BROKER_URL = "redis://desk:hush-hush@broker.example.in:6379/0"
    settings.GSP_API_KEY, settings.GEMINI_API_KEYS = "gsp-hush", ["gemini-hush-1", "gemini-hush-2"]
    page = Client(raise_request_exception=False).get("/join/hush-hush-token/").content.decode()
    log = logged.getvalue()
    assert "Cannot reach redis://desk:***@broker.example.in:6379/0 with ***" in log
    assert ("Cannot reach redis://desk:***@" in page) is debug
    assert "hush" not in log
    for secret in ("hush-hush@", "gsp-hush", "gemini-hush", settings.SECRET_KEY):
        assert secret not in log + page


def test_every_secret_of_the_settings_is_blackened() -> None:
    """All that the settings read as secrets, none forgotten."""
    files = (settings.BASE_DIR / "smartinvoice" / "settings").glob("*.py")
    read = [re.findall(r'secret\(dict\(os.environ\), "(\w+)"\)', file.read_text()) for file in files]
    assert sorted(name for names in read for name in names) == sorted(SECRETS)
