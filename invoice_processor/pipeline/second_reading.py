"""One attempt at one AI reading: from claiming its job to the invoice judged anew by both readers.

Each step may be repeated: the answer is recalled, the merged reading replaces itself, judging gives the same.
So a worker that is killed anywhere in it changes nothing but the time; only a question whose answer had not
come yet is asked, and paid, again.
"""

from functools import partial

import structlog
from structlog.contextvars import bound_contextvars

from extraction import READER_VERSION
from extraction.ai.answer import parse
from extraction.ai.errors import AiError
from extraction.ai.merge import merge
from extraction.ai.prompt import prompt_hash
from extraction.reading import Reading
from invoice_processor.ai.answering import Parked, answer_for
from invoice_processor.ai.config import endpoint, is_enabled
from invoice_processor.ai.policy import choose
from invoice_processor.ai.queue import AiLease, claim, fail, finish, keep, not_needed, park
from invoice_processor.jobs.lease import LeaseLost, kept_alive
from invoice_processor.judging.judge import rejudge
from invoice_processor.judging.versions import differences
from invoice_processor.models import DocumentReading
from invoice_processor.services import ai_pauses
from invoice_processor.services.renditions import jpeg
from invoice_processor.storage import on_disk

log = structlog.get_logger(__name__)
UNEXPECTED = "Something unexpected went wrong inside the program."


def process(ai_job_id: int) -> None:
    """Work on an AI job if it is due and free; any number of calls do it once."""
    lease = claim(ai_job_id) if is_enabled() else None
    if lease is None:
        return
    with bound_contextvars(invoice_id=lease.job.invoice_id):
        try:
            with kept_alive(lease):
                attempt(lease)
        except LeaseLost:
            log.warning("AI lease lost")


def attempt(lease: AiLease) -> None:
    """Ask, merge and judge; whatever goes wrong leaves the offline reading as it is, with the reason."""
    try:
        read(lease)
    except LeaseLost:
        raise
    except Parked as parked:
        park(lease, parked.sentence, parked.wait)
        ai_pauses.note(lease.job.invoice.organisation_id, parked.cause, parked.sentence, parked.wait)
    except AiError as error:
        log.warning("not read by AI", code=error.code, cause=type(error.__cause__).__name__)
        fail(lease, error.code, error.sentence, permanent=error.permanent)
    except Exception:
        log.exception("AI attempt failed")
        fail(lease, "internal", UNEXPECTED, permanent=False)


def read(lease: AiLease) -> None:
    """The way of an AI job that goes well. Raises AiError, Parked or LeaseLost."""
    job = lease.job
    kept = job.invoice.reading
    if kept is None:  # the document is being read anew: its own end asks again
        not_needed(lease, "The offline reader has not finished.")
        return
    local = Reading.model_validate_json(kept.reading)
    choice = choose(job.invoice, local)  # again: it may have been forbidden since it was queued
    if not choice.asked:
        not_needed(lease, choice.reason)
        return
    with on_disk(job.document.file) as path:
        answer = answer_for(job, local, path, partial(jpeg, job.document))
    merged = merge(local, parse(answer), endpoint().name)
    if keep(lease, store(lease, merged)):
        rejudge(job.invoice_id)
        finish(lease, engine=merged.engine, changes=differences(local, merged))
    else:
        not_needed(lease, "A person decided about it while the model read.")


def store(lease: AiLease, reading: Reading) -> DocumentReading:
    """Keep the merged reading under the name of all that made it."""
    engine = f"offline@{READER_VERSION}+{endpoint().name[:60]}@{prompt_hash()[:12]}"
    merged, _ = DocumentReading.objects.update_or_create(
        document_id=lease.job.document_id,
        first_page=lease.job.first_page,
        engine=engine,
        defaults={"reading": reading.model_dump_json()},
    )
    return merged
