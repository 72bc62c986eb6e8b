"""Verifying GSTINs: what is known first, then the registry, with a person where it asks for one."""

import datetime as dt
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organisation, User
from gst.gstin import is_valid, normal
from invoice_processor.models import Event, GSTCacheEntry, Source, UnattendedLookup, Vendor
from invoice_processor.portal import challenges, pace
from invoice_processor.portal.challenges import Pending
from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.record import PortalRecord, unknown
from invoice_processor.portal.registry import Answered, Registry
from invoice_processor.portal.sources import registry
from invoice_processor.services import rejudging

JUST_NOW = dt.timedelta(minutes=1)
LONGEST_ANSWER = 12  # characters; a picture shows six


class NotAGstin(ValueError):
    """What was typed cannot be a GSTIN."""


def is_fresh(entry: GSTCacheEntry) -> bool:
    """Whether a record is young enough to be used without asking again."""
    return entry.verified_at > timezone.now() - dt.timedelta(days=settings.GST_REFRESH_DAYS)


def start(
    organisation: Organisation, person: User, gstin: str, *, refresh: bool = False, by_hand: bool = False
) -> GSTCacheEntry | Pending:
    """The record of a GSTIN if it is known, or can be had without a person; else a picture to be read.

    ``refresh`` asks although a record is known; ``by_hand`` asks the portal although there is a GSP.

    Raises:
        NotAGstin: it cannot be one.
        PortalError: neither is to be had now.
    """
    gstin = normal(gstin)
    if not is_valid(gstin):
        raise NotAGstin(gstin)
    known = GSTCacheEntry.objects.filter(gstin=gstin).first()
    if known and is_fresh(known) and not refresh:
        return known
    source = registry(by_hand=by_hand)
    challenge = source.challenge()
    if challenge is not None:
        return challenges.keep(challenge, person_id=person.pk, gstin=gstin)
    return ask(organisation, person, source, gstin, None)


def answer(organisation: Organisation, person: User, token: str, typed: str) -> GSTCacheEntry:
    """Hand in what a person read in a picture; returns the record, which may say that there is no such GSTIN.

    Raises:
        PortalError: the picture has expired, or was read wrongly, or the portal is in trouble.
    """
    pending = challenges.use(token, person.pk)
    text = "".join(typed.split())[:LONGEST_ANSWER]
    answered = Answered(text, pending.challenge.cookies)
    return ask(organisation, person, registry(by_hand=True), pending.gstin, answered)


def ask(
    organisation: Organisation, person: User | None, source: Registry, gstin: str, answered: Answered | None
) -> GSTCacheEntry:
    """Ask a registry, and remember what it says; one process at a time for one GSTIN."""
    with pace.one_at_a_time(gstin):
        just_now = GSTCacheEntry.objects.filter(gstin=gstin, verified_at__gt=timezone.now() - JUST_NOW)
        if entry := just_now.first():
            return entry  # a colleague was faster
        entry = remember(record_or_unknown(source, gstin, answered), source.source)
    Event.objects.create(
        organisation=organisation,
        actor=person,
        action="vendor.verified",
        data={"gstin": gstin, "status": entry.status, "source": entry.source},
    )
    return entry


def record_or_unknown(source: Registry, gstin: str, answered: Answered | None) -> PortalRecord:
    """The registry's record; that there is no such GSTIN is one as well."""
    try:
        return source.record(gstin, answered)
    except PortalError as error:
        if error.code is not Code.NO_SUCH_GSTIN:
            raise
        return unknown(gstin)


def remember(record: PortalRecord, source: Source) -> GSTCacheEntry:
    """Keep a public record for everybody, and have judged anew what was judged without it."""
    facts = asdict(record) | {"source": source, "verified_at": Now(), "is_settled": False}
    gstin = facts.pop("gstin")
    with transaction.atomic():
        entry, _ = GSTCacheEntry.objects.update_or_create(gstin=gstin, defaults=facts)
        UnattendedLookup.objects.filter(gstin=gstin).delete()
        transaction.on_commit(rejudging.ring)
    entry.refresh_from_db()
    return entry


def watch(organisation: Organisation, gstin: str) -> Vendor:
    """Put a GSTIN on the organisation's list of vendors, with or without invoices.

    Raises:
        NotAGstin: it cannot be one.
    """
    gstin = normal(gstin)
    if not is_valid(gstin):
        raise NotAGstin(gstin)
    Vendor.objects.note(organisation.pk, [gstin])
    return Vendor.objects.get(organisation=organisation, gstin=gstin)
