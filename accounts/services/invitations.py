"""Invitations: given, renewed, withdrawn, taken."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts import secrets
from accounts.models import Invitation, Membership, Organisation, User
from accounts.permissions import Permission, allows
from accounts.services.members import NotAllowed, may_give


class AlreadyMember(Exception):
    """The person belongs to the organisation already."""


class NotForYou(Exception):
    """The invitation is for another address."""


class Gone(Exception):
    """The invitation was taken, withdrawn or has expired."""


def open_invitations() -> "QuerySet[Invitation]":
    """Invitations that can still be taken."""
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).select_related("organisation", "invited_by")


def pending_of(organisation: Organisation) -> "QuerySet[Invitation]":
    """Invitations neither taken nor withdrawn, expired ones too: they can be sent again."""
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None).select_related("invited_by")


def find(token: str) -> Invitation | None:
    """The open invitation behind a link."""
    return open_invitations().filter(token_hash=secrets.digest(token)).first()


@transaction.atomic
def invite(by: Membership, email: str, role: str) -> tuple[Invitation, str]:
    """Invite an address; the earlier invitation of the same address is renewed. Returns the link's secret.

    Raises:
        AlreadyMember, NotAllowed: see there.
    """
    check_may_invite(by, role)
    email = email.strip().lower()
    if Membership.objects.filter(organisation=by.organisation_id, user__email=email).exists():
        raise AlreadyMember
    secret = secrets.fresh()
    invitation, _ = Invitation.objects.update_or_create(
        organisation=by.organisation,
        email=email,
        accepted_at=None,
        withdrawn_at=None,
        defaults={
            "role": role,
            "invited_by": by.user,
            "token_hash": secret.digest,
            "expires_at": timezone.now() + timedelta(days=settings.INVITATION_DAYS),
        },
    )
    return invitation, secret.text


def withdraw(by: Membership, invitation: Invitation) -> bool:
    """Take an invitation back; False when it was too late.

    Raises:
        NotAllowed: see there.
    """
    check_may_invite(by, invitation.role)
    open_ones = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    return bool(open_ones.update(withdrawn_at=Now()))


def check_may_invite(by: Membership, role: str) -> None:
    """Raise NotAllowed when a member may not hand out a role."""
    if not allows(by.role, Permission.ADMINISTER) or not may_give(by, role):
        raise NotAllowed


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Take the seat.

    Raises:
        NotForYou, Gone: see there.
    """
    if invitation.email != user.email:
        raise NotForYou
    taken = Q(pk=invitation.pk) & Q(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    if not Invitation.objects.filter(taken).update(accepted_at=Now()):
        raise Gone
    membership, _ = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, defaults={"role": invitation.role}
    )
    return membership
