"""The engine's records."""

from invoice_processor.models.batch import Batch, RefusedFile
from invoice_processor.models.document import Document, DocumentReading
from invoice_processor.models.duplicate import InvoiceDuplicateLink
from invoice_processor.models.finding import Finding
from invoice_processor.models.invoice import Invoice, InvoiceLine, InvoiceState
from invoice_processor.models.job import JobState, ProcessingJob, Queue
from invoice_processor.models.notification import Notification
from invoice_processor.models.worker_beat import WorkerBeat

__all__ = [
    "Batch",
    "Document",
    "DocumentReading",
    "Finding",
    "Invoice",
    "InvoiceDuplicateLink",
    "InvoiceLine",
    "InvoiceState",
    "JobState",
    "Notification",
    "ProcessingJob",
    "Queue",
    "RefusedFile",
    "WorkerBeat",
]
