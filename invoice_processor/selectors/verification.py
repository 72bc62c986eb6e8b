"""Which GSTINs wait for verification, the most valuable first."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Organisation, OrganisationGstin
from invoice_processor.models import GSTCacheEntry, Vendor

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One GSTIN to verify, however many invoices it stands on."""

    gstin: str
    name: str = ""
    invoices: int = 0
    value: Decimal = Decimal(0)  # rupees of these invoices
    verified_at: dt.datetime | None = None  # of a record that has grown old
    is_own: bool = False


def unverified(organisation: Organisation) -> "QuerySet[Vendor]":
    """Vendors whose invoices were judged without a record, and of whom none has come since."""
    return unknown(organisation).filter(unverified_invoices__gt=0)


def without_record(organisation: Organisation, gstins: Collection[str]) -> "QuerySet[Vendor]":
    """Those of some vendors that have no record, counted already or not."""
    return unknown(organisation).filter(gstin__in=gstins)


def unknown(organisation: Organisation) -> "QuerySet[Vendor]":
    """Vendors without a record, those with most at stake first."""
    known = Exists(GSTCacheEntry.objects.filter(gstin=OuterRef("gstin")))
    return Vendor.objects.filter(~known, organisation=organisation).order_by("-unverified_value", "-pk")


def own_unverified(organisation: Organisation) -> "QuerySet[OrganisationGstin]":
    """Registrations of the organisation's own that have no record: it may tell of an economic zone."""
    known = Exists(GSTCacheEntry.objects.filter(gstin=OuterRef("gstin")))
    return OrganisationGstin.objects.filter(~known, organisation=organisation)


def outdated(organisation: Organisation) -> "QuerySet[Vendor]":
    """Vendors with invoices whose record is older than the setting allows."""
    before = timezone.now() - dt.timedelta(days=settings.GST_REFRESH_DAYS)
    old = Exists(GSTCacheEntry.objects.filter(gstin=OuterRef("gstin"), verified_at__lt=before))
    vendors = Vendor.objects.filter(old, organisation=organisation, invoices__gt=0)
    return vendors.order_by("-spend", "-pk")


def queue(
    organisation: Organisation, most: int, skipped: Collection[str] = (), among: Collection[str] = ()
) -> list[Waiting]:
    """The first of all that wait: one's own, then unknown vendors, then old records; some may be skipped.

    ``among`` some vendors only those are meant that have no record.
    """
    if among:
        return as_waiting(without_record(organisation, among).exclude(gstin__in=skipped)[:most])
    own = own_unverified(organisation).exclude(gstin__in=skipped)[:most]
    found = [Waiting(gstin=one.gstin, name=organisation.name, is_own=True) for one in own]
    found += as_waiting(unverified(organisation).exclude(gstin__in=skipped)[:most])
    if len(found) < most:
        found += old_ones(organisation, most - len(found), skipped)
    return found[:most]


def as_waiting(vendors: Iterable[Vendor]) -> list[Waiting]:
    """Vendors without a record, with what depends on it."""
    return [
        Waiting(gstin=one.gstin, name=one.name, invoices=one.unverified_invoices, value=one.unverified_value)
        for one in vendors
    ]


def old_ones(organisation: Organisation, most: int, skipped: Collection[str]) -> list[Waiting]:
    """Vendors with old records."""
    vendors = list(outdated(organisation).exclude(gstin__in=skipped)[:most])
    records = GSTCacheEntry.objects.in_bulk([one.gstin for one in vendors], field_name="gstin")
    return [
        Waiting(
            gstin=one.gstin,
            name=one.name,
            invoices=one.invoices,
            value=one.spend,
            verified_at=records[one.gstin].verified_at,
        )
        for one in vendors
        if one.gstin in records
    ]


def number_waiting(organisation: Organisation) -> int:
    """How many vendors wait, in one query; MOST_COUNTED stands for that many or more."""
    return unverified(organisation).order_by()[:MOST_COUNTED].count()
