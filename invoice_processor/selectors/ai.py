"""Questions about reading by AI models: what it does for an invoice, what it cost, and how the keys are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import Organisation
from extraction.reading import FieldValue, Reading
from invoice_processor.ai import config
from invoice_processor.ai.calls import ANSWERED, month_start
from invoice_processor.ai.keys import SHOWN, usage_of
from invoice_processor.models import (
    AiCall,
    AiJob,
    AiOutcome,
    APIKeyUsage,
    Batch,
    Invoice,
    JobState,
    Queue,
    WorkerBeat,
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What calls came to; ``documents`` were answered about, ``unpriced`` calls have no known price."""

    calls: int = 0
    documents: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    dollars: Decimal = Decimal(0)
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key as people may see it: by the end of its hash."""

    name: str
    usage: APIKeyUsage
    rests_until: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """AI work that is put off for one reason."""

    reason: str
    jobs: int
    until: datetime


def is_enabled() -> bool:
    """Whether the operator lets anything be read by an AI model."""
    return config.is_enabled()


def model_name() -> str:
    """The model that is asked, as people see it."""
    return config.endpoint().name


def server_address() -> str:
    """Where documents go."""
    return config.endpoint().base_url or "generativelanguage.googleapis.com (Google)"


def cost_of(calls: "QuerySet[AiCall]") -> Cost:
    """The sum of some calls, in one query."""
    sums = calls.order_by().aggregate(
        unpriced=Count("pk", filter=Q(cost=None, input_tokens__gt=0)),  # before the sum of that name
        calls=Count("pk"),
        documents=Count("document", distinct=True, filter=Q(outcome=ANSWERED)),
        input_tokens=Sum("input_tokens", default=0),
        output_tokens=Sum("output_tokens", default=0),
        dollars=Sum("cost", default=Decimal(0)),
    )
    return Cost(**sums)


def cost_this_month(organisation: Organisation) -> Cost:
    """What an organisation's questions cost since the first of the month."""
    return cost_of(AiCall.objects.filter(organisation=organisation, created_at__gte=month_start()))


def cost_of_batch(batch: Batch) -> Cost:
    """What the documents of a batch cost; bytes that an earlier batch paid for cost nothing again."""
    return cost_of(AiCall.objects.filter(invoice__batch=batch))


def cost_of_document(invoice: Invoice) -> Cost:
    """What an invoice cost, in whatever batch its document was read."""
    return cost_of(AiCall.objects.filter(document_id=invoice.document_id, first_page=invoice.first_page))


def key_states() -> list[Key]:
    """The keys in use, with their counters and whether they rest."""
    if not is_enabled():
        return []
    now = timezone.now()
    rows = usage_of(config.endpoint().provider, config.keys()).values()
    return [
        Key(
            name=f"…{row.key_hash[-SHOWN:]}",
            usage=row,
            rests_until=row.cool_until if row.cool_until and row.cool_until > now else None,
        )
        for row in rows
    ]


def waiting(jobs: "QuerySet[AiJob]") -> list[Waiting]:
    """What AI work waits for, the commonest reason first; work that is merely queued has none."""
    parked = jobs.filter(state=JobState.QUEUED).exclude(waits_for="").order_by()
    rows = parked.values("waits_for").annotate(jobs=Count("pk"), until=Min("next_attempt_at"))
    return [Waiting(row["waits_for"], row["jobs"], row["until"]) for row in rows.order_by("-jobs")[:5]]


def jobs_of(organisation: Organisation) -> "QuerySet[AiJob]":
    """The AI work of an organisation."""
    return AiJob.objects.filter(invoice__organisation=organisation)


def jobs_in(batch: Batch) -> "QuerySet[AiJob]":
    """The AI work of a batch."""
    return AiJob.objects.filter(invoice__batch=batch)


def unfinished(jobs: "QuerySet[AiJob]") -> int:
    """How many are still to be read."""
    return jobs.filter(outcome=AiOutcome.PENDING).count()


def latest_beat() -> WorkerBeat | None:
    """When the AI worker last proved that it is at work."""
    return WorkerBeat.objects.filter(queue=Queue.AI).first()


@dataclass(frozen=True, slots=True)
class AiState:
    """Where an invoice's AI reading stands, as sentences for its page."""

    job: AiJob
    headline: str
    detail: str
    is_under_way: bool
    cost: Cost
    suggestions: Mapping[str, FieldValue]  # that stand nowhere on the page, by the keys of a reading


HEADLINES = {
    AiOutcome.NOT_NEEDED: "Read by the offline reader alone",
    AiOutcome.READ: "Read by the offline reader and an AI model",
    AiOutcome.FAILED: "The AI model could not read it; the offline reading stands",
}


def ai_state(invoice: Invoice) -> AiState | None:
    """Where an invoice's AI reading stands; None where AI reading was never thought of."""
    job = AiJob.objects.filter(invoice=invoice).select_related("reading").first()
    if job is None:
        return None
    said = Reading.model_validate_json(job.reading.reading).suggestions if job.reading else {}
    pending = job.outcome == AiOutcome.PENDING
    if pending and not is_enabled():
        headline, detail = "AI reading waits", "This desk has no key for an AI model at present."
    elif pending:
        headline = "AI reading waits" if job.waits_for else "An AI model reads it, too"
        detail = job.waits_for or f"{job.reason} Until then the offline reading is shown."
    else:
        headline = HEADLINES[AiOutcome(job.outcome)]
        detail = job.error_message if job.outcome == AiOutcome.FAILED else job.reason
    return AiState(job, headline, detail, pending, cost_of_document(invoice), said)
