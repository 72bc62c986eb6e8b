"""Verification without a person, where a GSP is configured: what is unknown or old is asked for by and by."""

import datetime as dt

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import OrganisationGstin
from invoice_processor.jobs.dispatch import ring_control
from invoice_processor.models import GSTCacheEntry, Source, UnattendedLookup, Vendor
from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.gsp import Gsp
from invoice_processor.portal.sources import unattended
from invoice_processor.services.verification import record_or_unknown, remember

TASK = "invoice_processor.verify_unattended"
RUNNING = "portal:unattended"
RUNS_AT_MOST = 600  # seconds
AT_ONCE = 20
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(days=1)
PROVIDER_IS_ILL = frozenset({Code.DOWN, Code.TIMEOUT, Code.COOLING_OFF, Code.REFUSED})
"""Troubles that another GSTIN would meet as well."""

log = structlog.get_logger(__name__)


def ring_if_due() -> None:
    """Have it done, if there is a GSP and something to ask it."""
    if unattended() and wanted():
        ring_control(TASK)


def wanted() -> list[str]:
    """GSTINs to ask for now: those with money at stake first, then our own, then old records."""
    now = timezone.now()
    waiting = Exists(UnattendedLookup.objects.filter(gstin=OuterRef("gstin"), next_attempt_at__gt=now))
    known = Exists(GSTCacheEntry.objects.filter(gstin=OuterRef("gstin")))
    unverified = Vendor.objects.filter(~known, ~waiting, unverified_invoices__gt=0)
    own = OrganisationGstin.objects.filter(~known, ~waiting)
    before = now - dt.timedelta(days=settings.GST_REFRESH_DAYS)
    in_use = Exists(Vendor.objects.filter(gstin=OuterRef("gstin"), invoices__gt=0))
    old = GSTCacheEntry.objects.filter(~waiting, in_use, verified_at__lt=before)
    gstins = [
        *unverified.order_by("-unverified_value").values_list("gstin", flat=True)[:AT_ONCE],
        *own.values_list("gstin", flat=True)[:AT_ONCE],
        *old.order_by("verified_at").values_list("gstin", flat=True)[:AT_ONCE],
    ]
    return list(dict.fromkeys(gstins))[:AT_ONCE]


def verify_wanted() -> None:
    """Ask the GSP for what is wanted; stop at the first trouble that is the provider's own."""
    if not unattended() or not cache.add(RUNNING, 1, RUNS_AT_MOST):
        return
    try:
        for gstin in wanted():
            if verify(gstin) in PROVIDER_IS_ILL:
                return
    finally:
        cache.delete(RUNNING)


def verify(gstin: str) -> Code | None:
    """Ask for one GSTIN; the attempt and its back-off are written down before. Returns the trouble."""
    lookup, _ = UnattendedLookup.objects.get_or_create(gstin=gstin)
    wait = min(FIRST_WAIT * 2 ** min(lookup.attempts, 20), LONGEST_WAIT)
    rows = UnattendedLookup.objects.filter(pk=lookup.pk)
    rows.update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + wait)
    try:
        remember(record_or_unknown(Gsp(), gstin, None), Source.GSP)
    except PortalError as error:
        log.warning("not verified", code=error.code.value, attempt=lookup.attempts + 1)
        rows.update(error_code=error.code.value)
        return error.code
    return None
