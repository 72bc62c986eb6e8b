"""Questions about people and organisations."""

from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User


def memberships_of(user: User) -> "QuerySet[Membership]":
    """The user's memberships, oldest first."""
    return Membership.objects.filter(user=user).select_related("organisation").order_by("created_at", "id")


def membership_of(user: User, organisation: int | None = None) -> Membership | None:
    """The user's membership in an organisation, else the first one; a person with none sees nothing."""
    memberships = list(memberships_of(user))
    chosen = (one for one in memberships if one.organisation_id == organisation)
    return next(chosen, memberships[0] if memberships else None)


def default_organisation() -> Organisation | None:
    """The oldest organisation: the one that the command line works for unless told otherwise."""
    return Organisation.objects.order_by("id").first()
