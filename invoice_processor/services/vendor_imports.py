"""Keeping a vendor list as the organisation's claim: what changes is told first, then all or nothing."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Organisation, User
from invoice_processor.models import Event, ImportedRegistration, Vendor
from invoice_processor.portal.record import PortalRecord
from invoice_processor.services import rejudging
from invoice_processor.services.vendor_lists import VendorList

AT_ONCE = 500
GOOD_FOR = 1800  # seconds that a list waits for a person to agree
COLUMNS = (
    *("legal_name", "trade_name", "status", "taxpayer_type", "constitution", "address"),
    *("registered_on", "cancelled_on", "einvoice_enabled"),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What keeping a list changes."""

    new: tuple[PortalRecord, ...]
    changed: tuple[PortalRecord, ...]
    same: int


def draft(person: User, listed: VendorList) -> str:
    """Put a list aside until the person agrees; returns its token."""
    token = secrets.token_urlsafe(24)
    cache.set(f"vendor-list:{person.pk}:{token}", listed, GOOD_FOR)
    return token


def drafted(person: User, token: str) -> VendorList | None:
    """A list put aside by this person, if it still waits."""
    found = cache.get(f"vendor-list:{person.pk}:{token}")
    return found if isinstance(found, VendorList) else None


def compare(organisation: Organisation, vendors: Iterable[PortalRecord]) -> Changes:
    """What keeping these would change."""
    kept = {claim.gstin: claim for claim in ImportedRegistration.objects.filter(organisation=organisation)}
    new, changed, same = [], [], 0
    for one in vendors:
        claim = kept.get(one.gstin)
        if claim is None:
            new.append(one)
        elif any(getattr(claim, column) != getattr(one, column) for column in COLUMNS):
            changed.append(one)
        else:
            same += 1
    return Changes(tuple(new), tuple(changed), same)


def keep(organisation: Organisation, person: User, vendors: Iterable[PortalRecord]) -> Changes:
    """Keep a list as the organisation's claim, all of it or nothing, and judge by it in the background.

    The portal's records stay as they are, and count before any claim.
    """
    with transaction.atomic():
        changes = compare(organisation, vendors)
        rows = [claim(organisation, one) for one in (*changes.new, *changes.changed)]
        ImportedRegistration.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["organisation", "gstin"],
            update_fields=[*COLUMNS, "verified_at", "is_settled"],
        )
        for some in chunks(sorted(row.gstin for row in rows)):
            Vendor.objects.note(organisation.pk, some)
        counts = {"new": len(changes.new), "changed": len(changes.changed), "same": changes.same}
        Event.objects.create(organisation=organisation, actor=person, action="vendors.imported", data=counts)
        transaction.on_commit(rejudging.ring)
    return changes


def claim(organisation: Organisation, one: PortalRecord) -> ImportedRegistration:
    """A row of a list as the organisation's claim."""
    facts: dict[str, Any] = asdict(one)
    return ImportedRegistration(organisation=organisation, verified_at=Now(), is_settled=False, **facts)


def chunks(values: list[str]) -> Iterator[list[str]]:
    """Some at a time: databases bound how many values one statement takes."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
