"""The last stage: writing down what was read and found, in one transaction fenced by the lease."""

from collections.abc import Sequence

from invoice_processor.ai.queue import ask_for, ring
from invoice_processor.jobs.lease import Lease, finishing
from invoice_processor.judging.current import version_of
from invoice_processor.judging.judge import judge
from invoice_processor.models import InvoiceState
from invoice_processor.pipeline.parts import save_further
from invoice_processor.pipeline.read import Found


def save(lease: Lease, found: Sequence[Found]) -> InvoiceState:
    """Judge the readings of a file against the history, and write all of it at once or nothing.

    What a person corrected or typed counts before anything that an engine reads. Returns the first's state.

    Raises:
        LeaseLost: another worker owns the job now.
    """
    first, *others = found
    invoice = lease.job.invoice
    again = invoice.reading_id is not None
    with finishing(lease):
        invoice.reading = first.kept
        state = judge(invoice, version_of(invoice) or first.reading)
        asked = [ask_for(invoice, first.reading)]
        if others or again:
            asked += save_further(lease.job, others, again=again)
    ring(asked)
    return state
