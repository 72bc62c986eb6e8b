"""System checks: settings under which the engine would break its promises."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning, register  # noqa: A004


@register("smartinvoice")
def visibility_timeout(**_: Any) -> list[Error]:
    """A message must not be delivered again while its task may still run."""
    timeout = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout", 3600)
    if timeout > settings.CELERY_TASK_TIME_LIMIT:
        return []
    return [
        Error(
            "The broker would deliver a document again while it is still being read.",
            hint="Raise CELERY_BROKER_TRANSPORT_OPTIONS['visibility_timeout'] above CELERY_TASK_TIME_LIMIT.",
            id="smartinvoice.E001",
        )
    ]


@register("smartinvoice")
def sqlite_workers(**_: Any) -> list[Warning]:
    """SQLite has one writer at a time."""
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not sqlite or settings.CELERY_WORKER_CONCURRENCY <= 8:
        return []
    return [
        Warning(
            "SQLite serves one writer at a time; more than 8 workers will wait for each other.",
            hint="Set DATABASE_URL to a PostgreSQL database, or lower CELERY_WORKER_CONCURRENCY.",
            id="smartinvoice.W001",
        )
    ]


@register("smartinvoice", deploy=True)
def hosts_named(**_: Any) -> list[Warning]:
    """The name by which the desk is asked for stands in the links of its mails."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS is *: a stranger can have mails sent whose links lead to another server.",
            hint="Set ALLOWED_HOSTS to the names under which people reach the desk.",
            id="smartinvoice.W002",
        )
    ]


@register("smartinvoice")
def ai_model_named(**_: Any) -> list[Error]:
    """A server of one's own has to be told which model to use."""
    if not settings.AI_BASE_URL or settings.AI_MODEL:
        return []
    return [
        Error(
            "AI_BASE_URL is set, but not which model is to be asked there.",
            hint="Set AI_MODEL to the name that the server has for it, such as qwen3-vl.",
            id="smartinvoice.E002",
        )
    ]
