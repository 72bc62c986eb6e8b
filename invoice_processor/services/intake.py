"""Taking files in: each is stored durably and queued, or refused with a reason, and none sinks another."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import structlog
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Organisation, User
from extraction.intake import HEAD_BYTES, FileType, sniff
from invoice_processor import search
from invoice_processor.jobs.dispatch import ring
from invoice_processor.models import Batch, Document, Invoice, Notification, ProcessingJob, Queue, RefusedFile
from invoice_processor.models.document import document_storage
from invoice_processor.services.archive import members
from invoice_processor.services.deletion import restore
from invoice_processor.storage import DurableFileSystemStorage, Written

log = structlog.get_logger(__name__)

CHUNK = 2**20
MIB = 2**20
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.TIFF: "image/tiff",
    FileType.WEBP: "image/webp",
    FileType.HEIC: "image/heic",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it arrives; ``name`` is what the person calls it and never a path."""

    name: str
    content: IO[bytes]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the document storage; safe there once it is settled."""

    name: str
    sha256: str
    size: int
    file_type: FileType
    written: Written


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why: a sentence for the person."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is in the queue; ``already`` when this batch had the same bytes before.

    ``restored``: they had been deleted, and are brought back.
    """

    name: str
    invoice: Invoice
    already: bool
    restored: bool = False


def open_batch(
    organisation: Organisation,
    user: User | None,
    name: str,
    expected_files: int,
    *,
    keep_in_house: bool = False,
    idempotency_key: str = "",
) -> Batch:
    """Start a batch; the number of files to come decides whether it goes first or in bulk.

    ``keep_in_house``: no file of it is ever sent to an AI model. With an ``idempotency_key`` the person's
    batch of that key is found again instead.
    """
    values = {
        "name": name[:200],
        "expected_files": max(1, expected_files),
        "keep_in_house": keep_in_house,
    }
    whose = {"organisation": organisation, "created_by": user}
    if not idempotency_key:
        return Batch.objects.create(**whose, **values)
    return Batch.objects.get_or_create(**whose, idempotency_key=idempotency_key, defaults=values)[0]


def accept(batch: Batch, files: Iterable[Incoming]) -> list[Accepted | Refused]:
    """Take files into a batch: durably stored first, then recorded in one transaction, then rung for.

    The same bytes sent again to the same batch (a second press, a repeated request) count once.
    """
    outcomes = settle([stored for file in files for stored in store(batch, file)])
    stored_files = [outcome for outcome in outcomes if isinstance(outcome, Stored)]
    with transaction.atomic():
        # First, since it locks the batch: the same bytes in two requests at once must meet here.
        Batch.objects.filter(pk=batch.pk).update(last_file_at=Now(), closed_at=None, finished_at=None)
        # What was said of the batch's end, as by a worker whose clock ran ahead, is not true any more.
        Notification.objects.filter(batch=batch, invoice=None, read_at=None).delete()
        fresh, invoices = record(batch, stored_files)
        record_refusals(batch, [outcome for outcome in outcomes if isinstance(outcome, Refused)])
    ring(job for job in fresh.values())
    already = {sha256 for sha256 in invoices if sha256 not in fresh}
    restored = bring_back(batch, {invoices[sha256].document_id: sha256 for sha256 in already})
    results: list[Accepted | Refused] = []
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            results.append(outcome)
        else:
            repeated = outcome.sha256 in already
            back = outcome.sha256 in restored
            results.append(Accepted(outcome.name, invoices[outcome.sha256], repeated, restored=back))
            already.add(outcome.sha256)
    return results


def bring_back(batch: Batch, sent_again: dict[int, str]) -> set[str]:
    """Restore files, by document, that were deleted whole and are sent again; returns their SHA-256."""
    if not sent_again:
        return set()
    there = Invoice.objects.filter(batch=batch, document__in=sent_again)
    gone = there.exclude(document__in=there.filter(deleted_at=None).values("document"))
    return {sent_again[one.document_id] for one in gone.order_by("pk") if restore(one, batch.created_by)}


def store(batch: Batch, incoming: Incoming) -> Iterator[Stored | Refused]:
    """Check one file by its content and store it; a ZIP gives each of its files."""
    head = incoming.content.read(HEAD_BYTES)
    incoming.content.seek(0)
    file_type = sniff(head)
    if file_type is FileType.ZIP:
        yield from store_archive(batch, incoming)
    elif not head:
        yield Refused(incoming.name, "The file is empty.")
    elif file_type is None:
        yield Refused(incoming.name, "This is not a PDF, JPEG, PNG, TIFF, WebP, HEIC or ZIP file.")
    else:
        yield store_document(batch, incoming, file_type)


def store_archive(batch: Batch, incoming: Incoming) -> Iterator[Stored | Refused]:
    """Store the files of a ZIP; a ZIP inside it is refused."""
    for member in members(
        incoming.content,
        max_files=settings.MAX_ARCHIVE_FILES,
        max_bytes_each=settings.MAX_UPLOAD_MB * MIB,
        max_bytes=settings.MAX_ARCHIVE_MB * MIB,
    ):
        name = f"{incoming.name}: {member.name}" if member.name else incoming.name
        if member.content is None:
            yield Refused(name, member.problem)
            continue
        with member.content:
            if sniff(member.content.read(HEAD_BYTES)) is FileType.ZIP:
                yield Refused(name, "A ZIP inside a ZIP is not unpacked.")
                continue
            member.content.seek(0)
            yield from store(batch, Incoming(member.name, member.content))


def store_document(batch: Batch, incoming: Incoming, file_type: FileType) -> Stored | Refused:
    """Store one document under the SHA-256 of its bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := incoming.content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size > settings.MAX_UPLOAD_MB * MIB:
            return Refused(incoming.name, f"The file is larger than {settings.MAX_UPLOAD_MB} MB.")
    incoming.content.seek(0)
    sha256 = digest.hexdigest()
    path = f"{batch.organisation_id}/{sha256[:2]}/{sha256}.{file_type}"
    try:
        written = write(path, File(incoming.content))
    except OSError as error:
        return not_stored(incoming.name, error)
    return Stored(incoming.name, sha256, size, file_type, written)


def write(path: str, content: "File[bytes]") -> Written:
    """Put a file into the document storage. Raises OSError."""
    storage = document_storage()
    if isinstance(storage, DurableFileSystemStorage):
        return storage.write(path, content)
    return Written(storage.save(path, content), None)  # others promise durability themselves


def settle(outcomes: list[Stored | Refused]) -> list[Stored | Refused]:
    """Let stored files survive a power cut, before anything is recorded of them."""
    storage = document_storage()
    if not isinstance(storage, DurableFileSystemStorage):
        return outcomes
    errors = storage.settle(one.written for one in outcomes if isinstance(one, Stored))
    return [
        not_stored(one.name, errors[one.written.name])
        if isinstance(one, Stored) and one.written.name in errors
        else one
        for one in outcomes
    ]


def not_stored(name: str, error: OSError) -> Refused:
    """The disk is full, or the storage is away."""
    log.error("not stored", exc_info=error)
    return Refused(name, f"It could not be stored ({error.strerror}): please send it again later.")


def record(batch: Batch, stored: list[Stored]) -> tuple[dict[str, ProcessingJob], dict[str, Invoice]]:
    """Write documents, invoices and jobs; returns the new jobs and all invoices by SHA-256."""
    by_hash = {file.sha256: file for file in stored}
    Document.objects.bulk_create(
        [
            Document(
                organisation_id=batch.organisation_id,
                sha256=file.sha256,
                size=file.size,
                media_type=MEDIA_TYPES[file.file_type],
                file=file.written.name,
            )
            for _, file in sorted(by_hash.items())  # in one order everywhere, so that nobody deadlocks
        ],
        ignore_conflicts=True,
    )
    found = Document.objects.filter(organisation_id=batch.organisation_id, sha256__in=by_hash)
    in_order = {sha256: position for position, sha256 in enumerate(by_hash)}
    documents = sorted(found, key=lambda document: in_order[document.sha256])
    known = {
        invoice.document.sha256: invoice
        for invoice in Invoice.objects.filter(
            batch=batch, document__in=documents, first_page=1
        ).select_related("document")
    }
    invoices = Invoice.objects.bulk_create(
        [
            Invoice(
                organisation_id=batch.organisation_id,
                batch=batch,
                document=document,
                original_name=by_hash[document.sha256].name[:255],
            )
            for document in documents
            if document.sha256 not in known
        ]
    )
    queue = queue_for(batch)
    search.index_all((invoice, ()) for invoice in invoices)
    jobs = ProcessingJob.objects.bulk_create(
        [ProcessingJob(invoice=invoice, batch=batch, queue=queue) for invoice in invoices]
    )
    fresh = {invoice.document.sha256: job for invoice, job in zip(invoices, jobs, strict=True)}
    return fresh, known | {invoice.document.sha256: invoice for invoice in invoices}


def record_refusals(batch: Batch, refused: list[Refused]) -> None:
    """Keep why files were not taken; a repeated request says it once."""
    RefusedFile.objects.bulk_create(
        (RefusedFile(batch=batch, name=file.name[:255], reason=file.reason[:300]) for file in refused),
        ignore_conflicts=True,
    )


def queue_for(batch: Batch) -> Queue:
    """Small batches go first."""
    small = batch.expected_files <= settings.INTERACTIVE_BATCH_FILES
    return Queue.INTERACTIVE if small else Queue.BULK
