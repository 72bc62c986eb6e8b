"""Whether anybody is at work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor.models import Batch, JobState, ProcessingJob, Queue, WorkerBeat
from invoice_processor.selectors.ai import key_states
from invoice_processor.selectors.system import Probe

SILENT_AFTER = timedelta(minutes=3)
FIRST_BEAT = timedelta(minutes=1)  # a worker that has just started has not been asked for a beat yet


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """One queue: its latest heartbeat, and what the organisation has in it."""

    queue: Queue
    beat: WorkerBeat | None
    waiting: int  # due now
    working: int
    oldest: datetime | None  # since when the first of those waits

    @property
    def alive(self) -> bool:
        """Whether a worker has lately proved that it takes work from here.

        A long pile keeps heartbeats waiting behind it, so work under way proves it too.
        """
        return self.working > 0 or (self.beat is not None and timezone.now() - self.beat.at < SILENT_AFTER)

    @property
    def stuck(self) -> bool:
        """Whether work waits and nobody comes for it."""
        if self.alive or self.oldest is None:
            return False
        return self.beat is not None or timezone.now() - self.oldest > FIRST_BEAT


def helpers() -> list[Probe]:
    """The workers beside those of documents, by heartbeats through their queues, and keys of AI models."""
    beats = {beat.queue: beat for beat in WorkerBeat.objects.all()}
    probes = [Probe("control", "Worker of housekeeping", silence(beats.get(Queue.CONTROL)))]
    if keys := key_states():
        ready = sum(key.rests_until is None for key in keys)
        probes.append(Probe("ai", "Worker of AI reading", silence(beats.get(Queue.AI))))
        problem = "" if ready else "All of them rest: Settings, AI reading says why and until when."
        probes.append(Probe("ai-keys", f"AI keys: {ready} of {len(keys)} at hand", problem))
    return probes


def silence(beat: WorkerBeat | None) -> str:
    """What is wrong with a worker that is not heard of; empty where it is."""
    if beat is None:
        return "Not heard of yet: in order for a minute after a start, else start it."
    if timezone.now() - beat.at < SILENT_AFTER:
        return ""
    return "Silent for more than three minutes: its log says why, start it again."


def queue_health(organisation: Organisation) -> list[QueueHealth]:
    """The queues that process invoices, in three queries: each state has an index of its own jobs alone."""
    jobs = ProcessingJob.objects.filter(invoice__organisation=organisation).values_list("queue")
    due = jobs.filter(state=JobState.QUEUED, next_attempt_at__lte=Now())
    running = jobs.filter(state=JobState.RUNNING, lease_until__gt=Now())
    waiting = {row[0]: row[1:] for row in due.annotate(waiting=Count("pk"), oldest=Min("next_attempt_at"))}
    working = dict(running.annotate(working=Count("pk")))
    beats = {beat.queue: beat for beat in WorkerBeat.objects.all()}
    health = []
    for queue in (Queue.INTERACTIVE, Queue.BULK):
        number, oldest = waiting.get(queue, (0, None))
        health.append(QueueHealth(queue, beats.get(queue), number, working.get(queue, 0), oldest))
    return health


def stuck_queues(batch: Batch) -> list[QueueHealth]:
    """The queues in which the batch waits and nobody comes for work."""
    waiting = ProcessingJob.objects.filter(batch=batch, state=JobState.QUEUED).values("queue").distinct()
    queues = {row["queue"] for row in waiting}
    return [health for health in queue_health(batch.organisation) if health.queue in queues and health.stuck]


def failures(organisation: Organisation) -> list[tuple[str, str, int]]:
    """Failed jobs by reason: code, what it says, and how many; the commonest first."""
    return list(
        ProcessingJob.objects.filter(invoice__organisation=organisation, state=JobState.FAILED)
        .values_list("error_code", "error_message")
        .annotate(count=Count("pk"))
        .order_by("-count")[:20]
    )
