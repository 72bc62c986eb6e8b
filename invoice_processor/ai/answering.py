"""Getting an answer for a job: recalled, or asked for with key after key, within budget and pace."""

import time
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.utils import timezone

from extraction.ai.document import Jpeg, parts
from extraction.ai.errors import AiError, Next
from extraction.ai.prompt import known
from extraction.engines.ai import Endpoint, ask
from extraction.reading import Reading
from invoice_processor.ai import calls, keys, rate
from invoice_processor.ai.config import endpoint as configured
from invoice_processor.ai.config import keys as configured_keys
from invoice_processor.ai.policy import settings_of
from invoice_processor.models import AiJob, AiPause

AWAY_FOR = timedelta(minutes=2)
"""How long work is put off where the provider is away and does not say until when."""
PUT_OFF_FOR = {"misconfigured": timedelta(minutes=10)}

log = structlog.get_logger(__name__)


class Parked(Exception):
    """The question has to wait, for a reason that is not this document's; ``wait`` says for how long."""

    def __init__(self, cause: AiPause.Cause, sentence: str, wait: timedelta) -> None:
        super().__init__(sentence)
        self.cause, self.sentence, self.wait = cause, sentence, wait


def answer_for(job: AiJob, local: Reading, path: Path, jpeg: Jpeg) -> str:
    """The answer on a document as JSON; ``jpeg`` makes a page a picture. Raises AiError, or Parked."""
    endpoint = configured()
    if (paid := calls.recall(job, endpoint)) is not None:
        return paid
    keep_to_budget(job)
    if not next_key(endpoint, []):
        raise exhausted(endpoint)
    sent, left_out = parts(path, local, jpeg, takes_pdf=endpoint.takes_pdf), known(local)
    tried: list[str] = []
    while next_key(endpoint, tried):
        rate.wait_for_turn()
        key = next_key(endpoint, tried)  # meanwhile others may have used it up
        if key is None:
            break
        started = time.monotonic()
        try:
            reply = ask(endpoint, key, sent, left_out)
        except AiError as error:
            log.warning("AI question failed", code=error.code, said=error.said)
            if error.code != "unreachable":  # else nothing was asked
                calls.note_error(job, endpoint, key, error, time.monotonic() - started)
            tried.append(key)
            give_way(endpoint, key, error, tried)
        else:
            calls.keep_answer(job, endpoint, key, reply)
            keys.count(key)
            return reply.answer
    raise exhausted(endpoint)


def next_key(endpoint: Endpoint, tried: list[str]) -> str | None:
    """The key to use next."""
    return keys.pick(endpoint.provider, configured_keys(), tried)


def give_way(endpoint: Endpoint, key: str, error: AiError, tried: list[str]) -> None:
    """Note a failure; only where another key may help does it end well. Raises AiError, or Parked."""
    keys.count(key, error)
    if error.next is Next.WAIT:
        raise Parked(AiPause.Cause.OPERATOR, error.sentence, put_off_for(error)) from error
    if error.next is not Next.OTHER_KEY:
        raise error
    keys.rest(key, error, next_key(endpoint, tried))


def put_off_for(error: AiError) -> timedelta:
    """How long to wait for a provider: as it says, else by what is wrong."""
    said = error.retry_after
    return timedelta(seconds=said) if said is not None else PUT_OFF_FOR.get(error.code, AWAY_FOR)


def exhausted(endpoint: Endpoint) -> Parked:
    """All keys rest: when the first may be used again, and what that means."""
    until = keys.rests_until(endpoint.provider, configured_keys())
    if until is None:  # one came back while the others were tried
        return Parked(AiPause.Cause.KEYS, "The AI keys were busy.", timedelta(seconds=1))
    at = timezone.localtime(until)
    sentence = f"All AI keys are used up or refused; the first may be used again at {at:%H:%M on %-d %b}."
    return Parked(AiPause.Cause.KEYS, sentence, until - timezone.now() + timedelta(seconds=1))


def keep_to_budget(job: AiJob) -> None:
    """Ask only while the budgets of organisation and desk last. Raises Parked."""
    organisation, limit = job.invoice.organisation_id, settings.AI_MONTHLY_LIMIT
    budget = settings_of(organisation).monthly_budget
    if budget is not None and (spent := calls.spent_this_month(organisation)) >= budget:
        sentence = f"The AI budget of this month is used up (US$ {spent:.2f} of {budget:.2f})."
    elif limit and calls.spent_this_month() >= limit:
        sentence = "What this desk may spend on AI this month is used up."
    else:
        return
    advice = "It goes on with the next month, or when the budget is raised."
    raise Parked(AiPause.Cause.BUDGET, f"{sentence} {advice}", timedelta(hours=1))
