"""The Celery application. Celery is the doorbell, the job row is the queue (docs/architecture.md)."""

import os

from celery import Celery, Task
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartinvoice.settings")

app = Celery("smartinvoice")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_django_does(**_: object) -> None:
    """Keep Celery from replacing the project's logging: one structured line an event everywhere."""
    from django.conf import settings  # noqa: PLC0415 - settings load this module
    from django.utils.log import configure_logging  # noqa: PLC0415

    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


@app.task(name="smartinvoice.celery.debug_task", bind=True)
def debug_task(self: "Task[[], dict[str, str]]") -> dict[str, str]:
    """Say which worker took the message."""
    return {"task_id": str(self.request.id), "hostname": str(self.request.hostname)}
