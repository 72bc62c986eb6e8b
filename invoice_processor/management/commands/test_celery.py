"""``manage.py test_celery``: says in plain words what works and what does not."""

from typing import Any

from celery import current_app
from celery.exceptions import TimeoutError as NoAnswer
from django.core.management.base import BaseCommand, CommandError, CommandParser
from kombu.exceptions import OperationalError
from kombu.utils.url import maybe_sanitize_url

from invoice_processor.selectors.system import unreachable
from invoice_processor.tasks import ConnectionReport, test_celery_connection
from invoice_processor.version import VERSION

START_WORKER = "Start one: scripts/start_celery_worker.sh (`make run` starts one by itself)."


class Command(BaseCommand):
    help = "Send a test task through the broker to a worker and back, and say which part fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--timeout", type=float, default=10.0, help="seconds to wait (default 10)")

    def handle(self, *_: Any, timeout: float, **__: Any) -> None:
        broker, backend = current_app.conf.broker_url, current_app.conf.result_backend
        self.check_server("broker", broker, "CELERY_BROKER_URL")
        if backend != broker:
            self.check_server("result backend", backend, "CELERY_RESULT_BACKEND")
        self.check_version(self.ask_worker(timeout))
        self.stdout.write(self.style.SUCCESS("Celery works: documents will be processed."))

    def check_server(self, part: str, url: str, setting: str) -> None:
        """A server accepts connections. Raises CommandError."""
        if problem := unreachable(part, url, setting):
            raise CommandError(problem)
        self.stdout.write(f"{part.capitalize()} at {maybe_sanitize_url(url)}: reachable.")

    def ask_worker(self, timeout: float) -> ConnectionReport:
        """A worker's answer to the test task. Raises CommandError."""
        self.stdout.write(f"Test task sent; waiting up to {timeout:g} s for a worker ...")
        try:
            result = test_celery_connection.apply_async(expires=timeout)  # nobody reads a later answer
            report: ConnectionReport = result.get(timeout=timeout)
        except NoAnswer:
            raise CommandError(self.why_no_answer(timeout)) from None
        except (OperationalError, OSError, RuntimeError) as error:  # Celery's own word for a lost backend
            raise CommandError(
                f"The broker is there but takes no task or gives no answer back ({error}): see its log, it "
                "may be out of memory or disk."
            ) from error
        self.stdout.write(f"Worker {report['hostname']}: answered, version {report['version']}.")
        return report

    def why_no_answer(self, timeout: float) -> str:
        """The difference between no worker and one that is busy or stuck."""
        workers = current_app.control.ping(timeout=2)
        if not workers:
            return f"No worker is running: nobody answered within {timeout:g} s. {START_WORKER}"
        names = ", ".join(name for worker in workers for name in worker)
        return (
            f"A worker is running ({names}) but did not answer within {timeout:g} s: it is busy with long "
            "documents, or does not serve the queue “interactive”. Wait and try again, or see its log."
        )

    def check_version(self, report: ConnectionReport) -> None:
        """The worker runs this code. Raises CommandError."""
        if report["version"] != VERSION:
            raise CommandError(
                f"The worker runs version {report['version']}, this is {VERSION}: restart the worker."
            )
