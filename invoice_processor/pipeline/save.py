"""The last stage: writing down what was read and found, in one transaction fenced by the lease."""

from extraction.reading import Reading
from invoice_processor.ai.queue import ask_for, ring
from invoice_processor.jobs.lease import Lease, finishing
from invoice_processor.judging.current import version_of
from invoice_processor.judging.judge import judge
from invoice_processor.models import DocumentReading, InvoiceState


def save(lease: Lease, kept: DocumentReading, reading: Reading) -> InvoiceState:
    """Judge a reading against the history, and write all of it at once or nothing.

    What a person corrected or typed counts before anything that an engine reads.

    Raises:
        LeaseLost: another worker owns the job now.
    """
    invoice = lease.job.invoice
    with finishing(lease):
        invoice.reading = kept
        state = judge(invoice, version_of(invoice) or reading)
        asked = ask_for(invoice, reading)
    ring([asked])
    return state
