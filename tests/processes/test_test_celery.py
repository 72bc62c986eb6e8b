"""`manage.py test_celery` says which part is down, and what to do."""

import gc
from collections.abc import Iterator
from io import StringIO

import pytest
from celery import current_app
from django.core.management import CommandError, call_command

from invoice_processor.management.commands import test_celery
from invoice_processor.tasks import test_celery_connection as the_question
from tests.processes.broker import Broker
from tests.processes.conftest import StartWorker

pytestmark = pytest.mark.processes


@pytest.fixture
def results_end_before_the_broker(broker: Broker) -> Iterator[None]:
    """A result says goodbye to the broker, which must still be there."""
    yield
    gc.collect()


def said(timeout: float = 0.3) -> str:
    """What the command says, good or bad."""
    lines = StringIO()
    try:
        call_command("test_celery", timeout=timeout, stdout=lines)
    except CommandError as error:
        return str(error)
    return lines.getvalue()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("redis://:hush@127.0.0.1:1/0", "The broker at redis://:**@127.0.0.1:1/0 cannot be reached (Error"),
        ("unknown://:hush@x", "CELERY_BROKER_URL is no address"),
        ("redis://:hush/hush@127.0.0.1:6379/0", "CELERY_BROKER_URL is no address"),
    ],
)
def test_an_address_where_nothing_answers_is_named_with_its_setting(url: str, sentence: str) -> None:
    with pytest.raises(CommandError, match="CELERY_BROKER_URL") as told:
        test_celery.Command().check_server("broker", url, "CELERY_BROKER_URL")
    assert str(told.value).startswith(sentence)
    assert "hush" not in str(told.value)


@pytest.mark.usefixtures("results_end_before_the_broker")
def test_a_broker_that_is_full_is_not_called_absent(broker: Broker) -> None:
    broker.client.config_set("maxmemory", 1)
    assert "takes no task" in said()
    broker.client.config_set("maxmemory", 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("results_end_before_the_broker")
def test_a_worker_is_asked_for_what_it_serves_and_for_its_version(
    monkeypatch: pytest.MonkeyPatch, start_worker: StartWorker
) -> None:
    assert said().startswith("No worker is running: nobody answered within 0.3 s. Start one:")
    start_worker("-Q", "bulk", beat=False, concurrency=1)
    assert said().startswith("A worker is running (worker0@")
    current_app.control.add_consumer("interactive", reply=True, timeout=5)
    its_version = the_question.delay().get(timeout=10)["version"]
    monkeypatch.setattr(test_celery, "VERSION", its_version)  # ours, unless the code was edited meanwhile
    assert said(10).endswith("Celery works: documents will be processed.\n")
    monkeypatch.setattr(test_celery, "VERSION", "9.9")
    assert said(10).endswith("this is 9.9: restart the worker.")
