"""The engine's records."""

from invoice_processor.models.ai import (
    AiCall,
    AiJob,
    AiOutcome,
    AiPause,
    AiPolicy,
    AiSettings,
    APIKeyUsage,
)
from invoice_processor.models.batch import Batch, RefusedFile
from invoice_processor.models.document import Document, DocumentReading
from invoice_processor.models.duplicate import DuplicateVerdict, InvoiceDuplicateLink
from invoice_processor.models.event import Event
from invoice_processor.models.finding import Finding
from invoice_processor.models.gstin import (
    GSTCacheEntry,
    ImportedRegistration,
    RegistrationRecord,
    Source,
    known_registrations,
)
from invoice_processor.models.invoice import Decision, Grade, Invoice, InvoiceLine, InvoiceState, Verification
from invoice_processor.models.job import JobState, ProcessingJob, Queue
from invoice_processor.models.notification import Notification
from invoice_processor.models.price import ItemPrice
from invoice_processor.models.saved_view import SavedView
from invoice_processor.models.search import InvoiceSearch
from invoice_processor.models.tally import StaleBlock, Subject, Tally
from invoice_processor.models.vendor import UnattendedLookup, Vendor
from invoice_processor.models.version import InvoiceVersion
from invoice_processor.models.worker_beat import WorkerBeat

__all__ = [
    "APIKeyUsage",
    "AiCall",
    "AiJob",
    "AiOutcome",
    "AiPause",
    "AiPolicy",
    "AiSettings",
    "Batch",
    "Decision",
    "Document",
    "DocumentReading",
    "DuplicateVerdict",
    "Event",
    "Finding",
    "GSTCacheEntry",
    "Grade",
    "ImportedRegistration",
    "Invoice",
    "InvoiceDuplicateLink",
    "InvoiceLine",
    "InvoiceSearch",
    "InvoiceState",
    "InvoiceVersion",
    "ItemPrice",
    "JobState",
    "Notification",
    "ProcessingJob",
    "Queue",
    "RefusedFile",
    "RegistrationRecord",
    "SavedView",
    "Source",
    "StaleBlock",
    "Subject",
    "Tally",
    "UnattendedLookup",
    "Vendor",
    "Verification",
    "WorkerBeat",
    "known_registrations",
]
