"""Settings under which the engine would break its promises are reported."""

import pytest
from django.core.checks import run_checks
from pytest_django import Settings


def reported(tag: str = "smartinvoice") -> list[str]:
    return [str(message.id) for message in run_checks(tags=[tag])]


def test_the_settings_as_they_come_are_fine() -> None:
    assert reported() == []


def test_a_message_delivered_again_while_its_task_may_run_is_an_error(settings: Settings) -> None:
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": settings.CELERY_TASK_TIME_LIMIT}
    assert reported() == ["smartinvoice.E001"]


def test_the_brokers_own_timeout_is_judged_where_none_is_set(settings: Settings) -> None:
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    assert reported() == []
    settings.CELERY_TASK_TIME_LIMIT = 3600
    assert reported() == ["smartinvoice.E001"]


@pytest.mark.parametrize(("hosts", "warnings"), [(["*"], ["smartinvoice.W002"]), ([".example.in"], [])])
def test_a_desk_that_answers_to_any_name_is_warned_of(
    settings: Settings, hosts: list[str], warnings: list[str]
) -> None:
    settings.ALLOWED_HOSTS = hosts
    messages = run_checks(tags=["smartinvoice"], include_deployment_checks=True)
    assert [message.id for message in messages] == warnings


@pytest.mark.parametrize(
    ("engine", "workers", "warnings"),
    [("sqlite3", 8, []), ("sqlite3", 9, ["smartinvoice.W001"]), ("postgresql", 9, [])],
)
def test_many_workers_on_sqlite_are_warned_of(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, engine: str, workers: int, warnings: list[str]
) -> None:
    settings.CELERY_WORKER_CONCURRENCY = workers
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")
    assert reported() == warnings
