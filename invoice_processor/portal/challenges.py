"""Pictures that wait to be read: kept in the shared cache, so that any web process can take the answer."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache

from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.registry import Challenge

GOOD_FOR = 600  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A picture shown to one person for one GSTIN, under a token that nobody can guess."""

    token: str
    person_id: int
    gstin: str
    challenge: Challenge


def keep(challenge: Challenge, *, person_id: int, gstin: str) -> Pending:
    """Keep a picture until it is answered, ten minutes at most."""
    pending = Pending(token=secrets.token_urlsafe(24), person_id=person_id, gstin=gstin, challenge=challenge)
    cache.set(key(pending.token), pending, GOOD_FOR)
    return pending


def find(token: str, person_id: int) -> Pending:
    """The picture that was shown to this person.

    Raises:
        PortalError: EXPIRED, also where it was somebody else's.
    """
    pending = cache.get(key(token))
    if not isinstance(pending, Pending) or pending.person_id != person_id:
        raise PortalError(Code.EXPIRED)
    return pending


def use(token: str, person_id: int) -> Pending:
    """Take a picture away to answer it: the portal accepts one answer.

    Raises:
        PortalError: EXPIRED, also for the second of two answers.
    """
    pending = find(token, person_id)
    if not cache.delete(key(token)):
        raise PortalError(Code.EXPIRED)
    return pending


def key(token: str) -> str:
    """Where a picture is kept."""
    return f"portal:picture:{token}"
