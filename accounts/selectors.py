"""Questions about people and organisations."""

from accounts.models import Membership, Organisation, Role, User

MAY_UPLOAD = frozenset({Role.OWNER, Role.ADMIN, Role.ACCOUNTANT})


def membership_of(user: User) -> Membership | None:
    """The user's first membership; a person with none sees nothing."""
    return (
        Membership.objects.filter(user=user)
        .select_related("organisation")
        .order_by("created_at", "id")
        .first()
    )


def default_organisation() -> Organisation | None:
    """The oldest organisation: the one that the command line works for unless told otherwise."""
    return Organisation.objects.order_by("id").first()
