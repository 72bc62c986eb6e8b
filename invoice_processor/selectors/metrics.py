"""Figures for Prometheus, asked of the database at each scrape: no process keeps a count of its own."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from invoice_processor.jobs.reaper import rings_in
from invoice_processor.models import AiJob, APIKeyUsage, JobState, ProcessingJob, Queue, WorkerBeat
from invoice_processor.models.job import UNFINISHED
from invoice_processor.selectors.system import disk_free, essentials

PREFIX = "smartinvoice"


def exposition() -> bytes:
    """All figures in Prometheus's text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Desk())
    return generate_latest(registry)


class Desk(Collector):
    """What docs/operations.md tells to watch."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each figure."""
        yield from queues()
        yield failures()
        yield beats()
        yield broker_depth()
        yield essential()
        yield keys()
        yield gauge("disk_free_bytes", "Room left for the data folder.", disk_free())


def gauge(
    name: str, text: str, value: float | None = None, labels: tuple[str, ...] = ()
) -> GaugeMetricFamily:
    """A figure that goes up and down."""
    return GaugeMetricFamily(f"{PREFIX}_{name}", text, value=value, labels=labels or None)


DUE = Q(state=JobState.QUEUED, next_attempt_at__lte=Now())
COUNTS = {
    "due": Count("pk", filter=DUE),
    "put_off": Count("pk", filter=Q(state=JobState.QUEUED) & ~DUE),
    "running": Count("pk", filter=Q(state=JobState.RUNNING)),
}
OLDEST = Min("next_attempt_at", filter=DUE)


def queues() -> Iterator[GaugeMetricFamily]:
    """Jobs by queue: due, put off to another attempt, running; and the age of the oldest that is due."""
    jobs = gauge("jobs", "Jobs that have not ended.", labels=("queue", "state"))
    age = gauge("oldest_due_job_seconds", "How long the oldest due job has waited.", labels=("queue",))
    for queue in (Queue.INTERACTIVE, Queue.BULK):
        add_counts(jobs, age, queue, ProcessingJob.objects.filter(queue=queue))
    add_counts(jobs, age, Queue.AI, AiJob.objects.all())
    yield jobs
    yield age


def add_counts(
    jobs: GaugeMetricFamily, age: GaugeMetricFamily, queue: Queue, work: "QuerySet[ProcessingJob | AiJob]"
) -> None:
    """Count one queue."""
    counts = work.filter(state__in=UNFINISHED).order_by().aggregate(**COUNTS, oldest=OLDEST)
    oldest = counts.pop("oldest")
    for state, count in counts.items():
        jobs.add_metric((queue, state), count)
    age.add_metric((queue,), (timezone.now() - oldest).total_seconds() if oldest else 0)


def failures() -> GaugeMetricFamily:
    """Jobs that have failed and were not retried, by reason."""
    failed = gauge("failed_jobs", "Failed jobs by reason.", labels=("reason",))
    rows = ProcessingJob.objects.filter(state=JobState.FAILED).order_by().values_list("error_code")
    for reason, count in rows.annotate(count=Count("pk")):
        failed.add_metric((reason,), count)
    return failed


def beats() -> GaugeMetricFamily:
    """Seconds since a task last came through each queue."""
    silence = gauge("queue_silence_seconds", "Since a heartbeat came through a queue.", labels=("queue",))
    for queue, at in WorkerBeat.objects.values_list("queue", "at"):
        silence.add_metric((queue,), (timezone.now() - at).total_seconds())
    return silence


def broker_depth() -> GaugeMetricFamily:
    """Messages that wait in the broker."""
    depth = gauge("broker_messages", "Messages in the broker.", labels=("queue",))
    for queue in Queue:
        depth.add_metric((queue,), rings_in(queue))
    return depth


def essential() -> GaugeMetricFamily:
    """1 for each thing that is there, 0 for each that is not."""
    up = gauge("up", "Whether something essential answers.", labels=("part",))
    for probe in essentials():
        up.add_metric((probe.name,), int(probe.ok))
    return up


def keys() -> GaugeMetricFamily:
    """Keys of AI models that rest after an error."""
    resting = APIKeyUsage.objects.filter(cool_until__gt=Now()).count()
    return gauge("ai_keys_resting", "AI keys that rest after an error.", resting)
