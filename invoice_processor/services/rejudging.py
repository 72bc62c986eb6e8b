"""After a GSTIN is verified: judging anew, in the background, what was judged without its record.

The records themselves say what is to be done (``is_settled``), so a lost message costs time and nothing else.
"""

from collections.abc import Iterator
from datetime import timedelta

import structlog
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from accounts.models import OrganisationGstin
from invoice_processor.jobs.dispatch import ring_control
from invoice_processor.judging.duplicates import UNDER_WAY
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import Finding, GSTCacheEntry, ImportedRegistration, Invoice, Vendor

TASK = "invoice_processor.rejudge_outdated"
RUNNING = "rejudging"
RUNS_AT_MOST = 300  # seconds; only a process that died is believed to run so long
CHUNK = 200  # invoices between two looks at what else there is
MOST_RECORDS = 50  # of each kind, in one round
SETTLES_AFTER = timedelta(minutes=10)
"""Judging that began before a record was saved ends sooner than that."""
ONLY_A_RECORD_SETTLES = "igst_within_state_unless_sez"

Record = GSTCacheEntry | ImportedRegistration
RECORDS: tuple[type[Record], ...] = (GSTCacheEntry, ImportedRegistration)

log = structlog.get_logger(__name__)


def ring() -> None:
    """Have it done soon."""
    ring_control(TASK)


def ring_if_due() -> None:
    """Have it done, if a record may still have invoices that were judged without it."""
    if any(
        model.objects.filter(is_settled=False).exists() for model in (GSTCacheEntry, ImportedRegistration)
    ):
        ring()


def rejudge_outdated() -> bool:
    """Judge a chunk anew for each record that asks for it; returns whether there is more to do at once.

    Harmless when called twice: while one process is at it, others do nothing.
    """
    if not cache.add(RUNNING, 1, RUNS_AT_MOST):
        return False
    try:
        return sum(settle(record) for record in unsettled()) > 0
    finally:
        cache.delete(RUNNING)


def unsettled() -> Iterator[Record]:
    """Records whose invoices are not all known to be judged by them, the oldest first."""
    for model in RECORDS:
        yield from model.objects.filter(is_settled=False).order_by("verified_at")[:MOST_RECORDS]


def settle(record: Record) -> bool:
    """Judge a chunk of a record's invoices anew; returns whether there is more."""
    found = [pk for invoices in concerned(record) for pk in outdated(invoices, record)[:CHUNK]]
    for pk in found:
        try:
            rejudge(pk)
        except Exception:
            log.exception("not judged anew", invoice_id=pk)  # tried again with the next round
    if not found:
        done = type(record).objects.filter(pk=record.pk, verified_at=record.verified_at)
        done.filter(verified_at__lt=Now() - SETTLES_AFTER).update(is_settled=True)
    return len(found) >= CHUNK


def concerned(record: Record) -> "Iterator[QuerySet[Invoice]]":
    """The invoices whose judgement may depend on a record: those of the vendor, and some to the buyer."""
    vendors = Vendor.objects.filter(gstin=record.gstin)
    buyers = OrganisationGstin.objects.filter(gstin=record.gstin)
    if isinstance(record, ImportedRegistration):
        vendors = vendors.filter(organisation=record.organisation_id)
        buyers = buyers.filter(organisation=record.organisation_id)
    owners = list(vendors.values_list("organisation", flat=True))
    yield Invoice.objects.filter(organisation__in=owners, vendor_gstin=record.gstin)
    if owners := list(buyers.values_list("organisation", flat=True)):
        received = Invoice.objects.filter(organisation__in=owners, buyer_gstin=record.gstin)
        yield received if record.registration.is_sez else received.filter(asks_for_the_buyer())


def asks_for_the_buyer() -> Exists:
    """Whether only the buyer's record can tell if a finding is right."""
    return Exists(Finding.objects.filter(invoice=OuterRef("pk"), rule=ONLY_A_RECORD_SETTLES))


def outdated(invoices: "QuerySet[Invoice]", record: Record) -> "QuerySet[Invoice, int]":
    """The ids of those judged without the record; what is under way will be judged by it anyway."""
    older = Q(registrations_as_of=None) | Q(registrations_as_of__lt=record.verified_at)
    judged = invoices.filter(older, judged_at__isnull=False).exclude(state__in=UNDER_WAY)
    return judged.order_by("pk").values_list("pk", flat=True)
