"""One attempt at one invoice, from claiming its job to the final word."""

from typing import TypedDict

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from structlog.contextvars import bound_contextvars

from extraction.errors import ReadingError
from invoice_processor.jobs.lease import Lease, LeaseLost, claim, kept_alive
from invoice_processor.jobs.transitions import fail_attempt
from invoice_processor.models import InvoiceState
from invoice_processor.pipeline.read import read
from invoice_processor.pipeline.save import save
from invoice_processor.services import batches

log = structlog.get_logger(__name__)


class Summary(TypedDict):
    """What a task reports; ``outcome`` is the invoice's state, or why nothing was done."""

    invoice_id: int
    outcome: str


def process(invoice_id: int) -> Summary:
    """Process an invoice if its job is due and free; any number of calls do it once."""
    with bound_contextvars(invoice_id=invoice_id):
        lease = claim(invoice_id)
        if lease is None:
            return {"invoice_id": invoice_id, "outcome": "not due, or somebody else's"}
        try:
            with kept_alive(lease):
                state = attempt(lease)
        except LeaseLost:
            log.warning("lease lost")
            return {"invoice_id": invoice_id, "outcome": "taken over by another worker"}
        log.info("attempt ended", attempt=lease.attempt, state=state.value)
        batches.finish_after(lease.job)
        return {"invoice_id": invoice_id, "outcome": state.value}


def attempt(lease: Lease) -> InvoiceState:
    """Read, judge and save; whatever goes wrong becomes a reason, and a retry where one may help."""
    try:
        return save(lease, read(lease.job.invoice.document))
    except LeaseLost:
        raise
    except ReadingError as error:
        log.warning("not read", code=error.code)
        return fail_attempt(lease, code=error.code, message=error.message, permanent=error.permanent)
    except MemoryError:
        return fail_attempt(
            lease, code="out_of_memory", message="There was not enough memory.", permanent=False
        )
    except SoftTimeLimitExceeded:
        return fail_attempt(lease, code="timeout", message="It took too long.", permanent=False)
    except Exception:
        log.exception("attempt failed")
        message = "Something unexpected went wrong inside the program."
        return fail_attempt(lease, code="internal", message=message, permanent=False)
