"""Owning a job for a while: claim, renew, fence, give back.

Every change is one conditional UPDATE, on the database's clock, so that of any number of workers exactly
one owns a job, and one that slept through its lease finds its writes refused.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Protocol
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet, UUIDField
from django.db.models.functions import Now

from invoice_processor.jobs.retry import MAX_ATTEMPTS
from invoice_processor.models import Invoice, InvoiceState, JobState, ProcessingJob
from invoice_processor.models.job import Work
from invoice_processor.prepared import Given, Select, Update

LEASE = timedelta(seconds=settings.INVOICE_LEASE)
RENEW_EVERY = settings.INVOICE_LEASE / 4  # seconds
IMPOSSIBLY_FAR = 2 * LEASE  # a lease beyond this was written under a wrong clock

log = structlog.get_logger(__name__)


FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}
OWNER: "UUIDField[UUID, UUID]" = UUIDField()

NEEDED = (
    *("attempts", "batch_id", "invoice_id"),
    *("invoice__organisation_id", "invoice__reading_id", "invoice__original_name", "invoice__vendor_gstin"),
    *("invoice__first_page", "invoice__decision", "invoice__judged_at", "invoice__deleted_at"),
    *("invoice__document__file", "invoice__document__organisation_id"),
)


class LeaseLost(Exception):
    """Somebody else owns the job now: stop, and write nothing."""


class Held(Protocol):
    """The right to work on a row of work of any kind."""

    @property
    def job(self) -> Work: ...
    @property
    def owner(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one job."""

    job: ProcessingJob  # as claimed, with its invoice and document
    owner: UUID

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        return self.job.attempts


def expired() -> Q:
    """Jobs whose owner is gone: the lease has run out, or was taken under a clock that ran ahead."""
    return Q(state=JobState.RUNNING) & (Q(lease_until__lt=Now()) | Q(lease_until__gt=Now() + IMPOSSIBLY_FAR))


TAKE = Update(
    ProcessingJob.objects.filter(
        invoice_id=Given("invoice_id"),
        state=JobState.QUEUED,
        next_attempt_at__lte=Now(),
        attempts__lt=MAX_ATTEMPTS,
    ),
    state=JobState.RUNNING,
    lease_owner=Given("owner", OWNER),
    lease_until=Now() + LEASE,
    attempts=F("attempts") + 1,
    started_at=Now(),
)
SHOW_AS_TAKEN = Update(
    Invoice.objects.filter(pk=Given("invoice_id")),
    state=InvoiceState.PROCESSING,
    state_reason="",
    state_changed_at=Now(),
)
TAKEN = Select(
    ProcessingJob.objects.select_related("invoice__document")
    .only(*NEEDED)
    .filter(invoice_id=Given("invoice_id"))
)


def claim(invoice_id: int) -> Lease | None:
    """Take the lease of an invoice's job, counting the attempt before any work; None if it is not due.

    A job whose owner is gone is not taken here: the reaper puts it back first.
    """
    owner = uuid4()
    with transaction.atomic():
        if not TAKE(invoice_id=invoice_id, owner=owner):
            return None
        SHOW_AS_TAKEN(invoice_id=invoice_id)
        (job,) = TAKEN(invoice_id=invoice_id)
    return Lease(job, owner)


def owned(lease: Held) -> "QuerySet[Any]":
    """The job, if the lease still holds."""
    rows = type(lease.job)._default_manager  # noqa: SLF001 - Django's own name for it
    return rows.filter(pk=lease.job.pk, state=JobState.RUNNING, lease_owner=lease.owner)


def renew(lease: Held) -> bool:
    """Extend the lease; False when it is lost."""
    return bool(owned(lease).update(lease_until=Now() + LEASE))


FINISH = Update(
    ProcessingJob.objects.filter(
        pk=Given("job_id"), state=JobState.RUNNING, lease_owner=Given("owner", OWNER)
    ),
    state=JobState.DONE,
    finished_at=Now(),
    error_code="",
    error_message="",
    **FREE,
)


@contextmanager
def finishing(lease: Lease) -> Iterator[None]:
    """A transaction that ends the attempt well: the job is done and given back, together with the block.

    Raises:
        LeaseLost: before the block, so that nothing of it is written.
    """
    with transaction.atomic():
        if not FINISH(job_id=lease.job.pk, owner=lease.owner):
            raise LeaseLost
        yield


@contextmanager
def ending(lease: Held, **changes: Any) -> Iterator[None]:
    """As :func:`finishing`, for an attempt that failed: the job is changed as told.

    Raises:
        LeaseLost: before the block, so that nothing of it is written.
    """
    with transaction.atomic():
        if not owned(lease).update(**changes, **FREE):
            raise LeaseLost
        yield


_kept: set[Held] = set()  # of this process


@contextmanager
def kept_alive(lease: Held) -> Iterator[None]:
    """Renew the lease while the block runs; its own limits of time end a block that hangs."""
    start_renewing()
    _kept.add(lease)
    try:
        yield
    finally:
        _kept.discard(lease)


@cache
def start_renewing() -> threading.Thread:
    """The thread that renews this process's leases, started with the first of them."""
    thread = threading.Thread(target=renew_for_ever, name="leases", daemon=True)
    thread.start()
    return thread


def renew_for_ever() -> None:
    """Renew the leases at hand every so many seconds; each outlives three rounds that fail."""
    while True:
        time.sleep(RENEW_EVERY)
        for lease in _kept.copy():
            try:
                renew(lease)  # one that is lost is noticed where it counts, at the fence
            except DatabaseError:
                log.warning("lease not renewed", job=str(lease.job.pk), exc_info=True)
        connection.close()
