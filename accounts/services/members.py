"""Who belongs to an organisation, and as what."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Membership, Role
from accounts.permissions import Permission, allows


class NotAllowed(PermissionDenied):
    """The member's role does not include this."""

    def __init__(self) -> None:
        super().__init__("Only owners and admins change members, and only owners make or change owners.")


class LastOwner(Exception):
    """An organisation needs an owner: another one must be made first."""


def may_give(by: Membership, role: str) -> bool:
    """Whether a member may hand out a role: owners make owners."""
    return role != Role.OWNER or allows(by.role, Permission.OWN)


def may_change(by: Membership, membership: Membership) -> bool:
    """Whether a member may change another's role or remove them."""
    return allows(by.role, Permission.ADMINISTER) and may_give(by, membership.role)


@transaction.atomic
def change(by: Membership, membership: Membership, *, role: str, approval_limit: Decimal | None) -> None:
    """Give a member another role and limit (rupees of a grand total; None: any).

    Raises:
        NotAllowed, LastOwner: see there.
    """
    if not (may_change(by, membership) and may_give(by, role)):
        raise NotAllowed
    if role != Role.OWNER:
        keep_an_owner(membership)
    membership.role, membership.approval_limit = role, approval_limit
    membership.save(update_fields=["role", "approval_limit"])


@transaction.atomic
def remove(by: Membership, membership: Membership) -> None:
    """Take a member out of the organisation; members may always leave by themselves.

    Raises:
        NotAllowed, LastOwner: see there.
    """
    if by.pk != membership.pk and not may_change(by, membership):
        raise NotAllowed
    keep_an_owner(membership)
    membership.delete()


def keep_an_owner(membership: Membership) -> None:
    """Raise LastOwner if the organisation would have none without this member.

    The owners' rows are locked: two owners who leave at the same time must not both succeed.
    """
    owners = Membership.objects.select_for_update().filter(
        organisation=membership.organisation_id, role=Role.OWNER
    )
    if list(owners) == [membership]:
        raise LastOwner
