"""Tokens with which programs work for a member."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts import secrets
from accounts.models import ApiToken, Membership

PREFIX = "sii_"  # tells people and scanners for leaked secrets what it is
NOTED_EVERY = timedelta(minutes=1)


def create(membership: Membership, name: str) -> str:
    """Make a token; returns its text, which is shown once and stored nowhere."""
    secret = secrets.fresh(PREFIX)
    ApiToken.objects.create(
        membership=membership, name=name.strip(), token_hash=secret.digest, hint=hint(secret.text)
    )
    return secret.text


def hint(text: str) -> str:
    """The beginning of a token, by which people tell it from others."""
    return text[: len(PREFIX) + 4]


def revoke(token: ApiToken) -> None:
    """Let a token work no longer."""
    ApiToken.objects.filter(pk=token.pk).delete()


def membership_with(text: str) -> Membership | None:
    """The membership that a token works for; notes its use."""
    found = ApiToken.objects.filter(token_hash=secrets.digest(text), membership__user__is_active=True)
    token = found.select_related("membership__user", "membership__organisation").first()
    if token is None:
        return None
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token.membership
