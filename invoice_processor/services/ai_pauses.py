"""When AI reading has to wait and when it goes on: owners and admins are told of each long pause once.

A pause is a row, whose time tells everything: it is over when a question that was put since work was last put
off has been answered, or when no work is left. A minute's rest of a key is nothing to tell anybody about.
"""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from invoice_processor.ai.calls import ANSWERED
from invoice_processor.ai.queue import LONGEST_PARKED
from invoice_processor.models import AiCall, AiJob, AiOutcome, AiPause
from invoice_processor.services.notices import tell_administrators

LONG = timedelta(minutes=5)
"""Of a pause that is worth telling, by what is known of its end or by how long it lasts."""
WAITS, GOES_ON = "AI reading waits", "AI reading goes on"
MEANWHILE = "Invoices are read offline meanwhile, and by AI as soon as that is over."
THERE_AGAIN = "What it waited for is there again: invoices that were put off are being read."

log = structlog.get_logger(__name__)


def note(organisation_id: int, cause: str, reason: str, wait: timedelta) -> None:
    """Note that work was put off: a pause begins, or goes on."""
    now = timezone.now()
    latest = {"reason": reason[:300], "put_off_at": now, "until": now + min(wait, LONGEST_PARKED)}
    present = AiPause.objects.filter(organisation=organisation_id, cause=cause, ended_at=None)
    for pause in present.select_related("organisation"):
        if is_answered_since(pause):
            end(pause, goes_on=True)
    if not present.update(**latest):
        AiPause.objects.get_or_create(
            organisation_id=organisation_id, cause=cause, ended_at=None, defaults=latest
        )


def tend() -> None:
    """End the pauses that are over, and tell of the others that are long."""
    for pause in AiPause.objects.filter(ended_at=None).select_related("organisation"):
        if is_answered_since(pause):
            end(pause, goes_on=True)
        elif not is_anything_left(pause):
            end(pause, goes_on=False)
        else:
            tell_if_long(pause)


def is_answered_since(pause: AiPause) -> bool:
    """Whether a question that was put after work was last put off has been answered."""
    answered = AiCall.objects.filter(organisation=pause.organisation, outcome=ANSWERED)
    latest = answered.filter(created_at__gt=pause.put_off_at).order_by("-created_at").first()
    return bool(latest and latest.created_at - timedelta(seconds=latest.seconds) > pause.put_off_at)


def is_anything_left(pause: AiPause) -> bool:
    """Whether any work of the organisation's is still to be done."""
    pending = AiJob.objects.filter(outcome=AiOutcome.PENDING)
    return pending.filter(invoice__organisation=pause.organisation).exists()


def end(pause: AiPause, *, goes_on: bool) -> None:
    """End a pause, and tell those who were told that it began; one that nobody heard of is forgotten."""
    present = AiPause.objects.filter(pk=pause.pk, ended_at=None)
    if present.filter(told_at=None).delete()[0]:
        return
    with transaction.atomic():
        if present.update(ended_at=Now()) and goes_on:
            tell_administrators(pause.organisation, GOES_ON, THERE_AGAIN)
            log.info("AI reading goes on", organisation_id=pause.organisation_id, cause=pause.cause)


def tell_if_long(pause: AiPause) -> None:
    """Tell of a pause that has lasted long, or will."""
    long = Q(until__gte=F("began_at") + LONG) | Q(began_at__lte=timezone.now() - LONG)
    with transaction.atomic():
        if AiPause.objects.filter(long, pk=pause.pk, told_at=None, ended_at=None).update(told_at=Now()):
            tell_administrators(pause.organisation, WAITS, f"{pause.reason} {MEANWHILE}")
            log.warning("AI reading waits", organisation_id=pause.organisation_id, cause=pause.cause)
