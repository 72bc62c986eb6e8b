"""The ledger: each question with its cost, so that nothing is paid for twice and a budget can be kept."""

import time
from datetime import datetime
from decimal import Decimal

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from extraction.ai.errors import AiError, Usage
from extraction.ai.price import cost
from extraction.ai.prompt import prompt_hash
from extraction.engines.ai import Endpoint, Reply
from invoice_processor.ai.keys import hash_of
from invoice_processor.models import AiCall, AiJob

ANSWERED = "answered"
IN_VAIN = ("refused", "schema", "empty")
"""Outcomes that cost tokens, and are the model's own doing."""
PATIENCE = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Seconds between the tries to store an answer."""

log = structlog.get_logger(__name__)


def recall(job: AiJob, endpoint: Endpoint) -> str | None:
    """The answer that was paid for before: the same bytes, model and prompt, in the same organisation.

    Raises AiError where that was paid for in vain, and would be again.
    """
    known = AiCall.objects.filter(
        document_id=job.document_id,
        first_page=job.first_page,
        provider=endpoint.provider,
        model=endpoint.model,
        prompt=prompt_hash(),
        outcome__in=(ANSWERED, *IN_VAIN),
    )
    answers = dict(known.values_list("outcome", "answer"))
    if answers and ANSWERED not in answers:
        raise AiError(next(iter(answers)))
    return answers.get(ANSWERED)


def keep_answer(job: AiJob, endpoint: Endpoint, key: str, reply: Reply) -> None:
    """Write down an answer also where the database is away for a minute: it is paid for."""
    for wait in PATIENCE:
        try:
            note_answer(job, endpoint, key, reply)
        except (OperationalError, InterfaceError) as error:
            log.warning("AI answer not stored yet", error=type(error).__name__)
            connection.close()
            time.sleep(wait)
        else:
            return
    note_answer(job, endpoint, key, reply)


def note_answer(job: AiJob, endpoint: Endpoint, key: str, reply: Reply) -> None:
    """Write down an answer, at once after it came."""
    try:
        with transaction.atomic():
            note(job, endpoint, key, ANSWERED, reply.usage, reply.seconds, reply.answer)
    except IntegrityError:  # answered meanwhile by another worker: what this one cost still counts
        note(job, endpoint, key, "answered_twice", reply.usage, reply.seconds)


def note_error(job: AiJob, endpoint: Endpoint, key: str, error: AiError, seconds: float) -> None:
    """Write down a question that failed, with what it cost all the same."""
    note(job, endpoint, key, error.code, error.usage, seconds)


def note(
    job: AiJob, endpoint: Endpoint, key: str, outcome: str, usage: Usage, seconds: float, answer: str = ""
) -> None:
    """One row of the ledger."""
    AiCall.objects.create(
        organisation_id=job.invoice.organisation_id,
        document_id=job.document_id,
        first_page=job.first_page,
        invoice_id=job.invoice_id,
        provider=endpoint.provider,
        model=endpoint.model,
        prompt=prompt_hash(),
        key_hash=hash_of(key),
        outcome=outcome,
        answer=answer,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost=cost(endpoint.provider, endpoint.model, endpoint.base_url, usage),
        seconds=round(seconds, 2),
    )


def month_start() -> datetime:
    """The beginning of this month, in the settings' time zone."""
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent_this_month(organisation_id: int | None = None) -> Decimal:
    """What the questions of an organisation, or of all, cost this month, in US dollars.

    Those without a price add nothing.
    """
    calls = AiCall.objects.filter(created_at__gte=month_start())
    if organisation_id is not None:
        calls = calls.filter(organisation_id=organisation_id)
    return calls.aggregate(total=Sum("cost"))["total"] or Decimal(0)
