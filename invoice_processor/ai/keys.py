"""The key pool: which key is used next, what each was used for, and when one that was refused may come back.

Keys are told apart by their SHA-256; the keys themselves are never stored, logged or shown.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from django.conf import settings
from django.db.models import Case, F, Value, When
from django.utils import timezone

from extraction.ai.errors import AiError
from invoice_processor.models import APIKeyUsage

REFUSED_FOR = timedelta(hours=1)
"""A key that the provider does not accept is tried again hourly: it may have been mended there."""
SHOWN = 4  # characters of the hash, in logs and on pages

log = structlog.get_logger(__name__)


def hash_of(key: str) -> str:
    """The name of a key."""
    return sha256(key.encode()).hexdigest()


def pick(provider: str, keys: Iterable[str], tried: Iterable[str] = ()) -> str | None:
    """The key to use: of those that do not rest the one least used today; None when there is none."""
    known = usage_of(provider, keys)
    now, today = timezone.now(), timezone.localdate()
    free = [
        (row.requests_today if row.day == today else 0, place, key)
        for place, (key, row) in enumerate(known.items())
        if key not in tried and (row.cool_until is None or row.cool_until <= now)
    ]
    return min(free)[2] if free else None


def usage_of(provider: str, keys: Iterable[str]) -> dict[str, APIKeyUsage]:
    """The row of each key, made where it is new."""
    hashes = {key: hash_of(key) for key in keys}
    today = timezone.localdate()
    fresh = [APIKeyUsage(key_hash=name, provider=provider, day=today) for name in hashes.values()]
    found = {row.key_hash: row for row in APIKeyUsage.objects.filter(key_hash__in=hashes.values())}
    if len(found) < len(hashes):
        APIKeyUsage.objects.bulk_create(fresh, ignore_conflicts=True)
        found = {row.key_hash: row for row in APIKeyUsage.objects.filter(key_hash__in=hashes.values())}
    return {key: found[name] for key, name in hashes.items()}


def rests_until(provider: str, keys: Iterable[str]) -> datetime | None:
    """When the first of the keys may be used again; None when one may be used now."""
    times = [row.cool_until for row in usage_of(provider, keys).values()]
    now = timezone.now()
    resting = [time for time in times if time is not None and time > now]
    return min(resting) if resting and len(resting) == len(times) else None


def count(key: str, error: AiError | None = None) -> None:
    """Note one use of a key, and how it failed. The counters of a day begin anew with each day."""
    today, failed = timezone.localdate(), int(error is not None)
    row = APIKeyUsage.objects.filter(key_hash=hash_of(key))
    row.update(
        day=today,
        requests=F("requests") + 1,
        failures=F("failures") + failed,
        requests_today=Case(When(day=today, then=F("requests_today") + 1), default=Value(1)),
        failures_today=Case(When(day=today, then=F("failures_today") + failed), default=Value(failed)),
        last_used_at=timezone.now(),
    )
    if error is None:
        row.update(cool_until=None)
    else:
        row.update(last_error=str(error)[:300], last_error_at=timezone.now())


def rest(key: str, error: AiError, following: str | None) -> None:
    """Let a key rest for as long as the server says, and say in one line which key takes over."""
    wait = rest_for(error)
    APIKeyUsage.objects.filter(key_hash=hash_of(key)).update(cool_until=timezone.now() + wait)
    log.warning(
        "AI key failover",
        key=hash_of(key)[-SHOWN:],
        reason=error.code,
        rests_seconds=round(wait.total_seconds()),
        next=hash_of(following)[-SHOWN:] if following else "none",
    )


def rest_for(error: AiError) -> timedelta:
    """How long a key rests: by the server's word, else by what it refused."""
    if error.retry_after is not None:
        return timedelta(seconds=max(1.0, error.retry_after))
    return REFUSED_FOR if error.code == "authentication" else timedelta(seconds=settings.AI_COOL_DOWN)
