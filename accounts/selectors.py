"""Questions about people and organisations."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import Membership, Notice, Organisation, Picture, Role, User
from accounts.permissions import Permission, allows


def memberships_of(user: User) -> "QuerySet[Membership]":
    """The user's memberships, oldest first, with what every page shows of them."""
    with_all = Membership.objects.select_related("organisation", "user__picture")
    return with_all.defer("user__picture__content").filter(user=user).order_by("created_at", "id")


def members_of(organisation: Organisation) -> "QuerySet[Membership]":
    """Everybody in an organisation, the longest there first."""
    members = Membership.objects.select_related("user__picture").defer("user__picture__content")
    return members.filter(organisation=organisation).order_by("created_at", "id")


def administrators_of(organisation: Organisation) -> "QuerySet[Membership]":
    """The members who decide on the organisation's rules."""
    roles = [role for role in Role if allows(role, Permission.ADMINISTER)]
    return Membership.objects.filter(organisation=organisation, role__in=roles)


def chosen(memberships: list[Membership], organisation: int | None) -> Membership | None:
    """The membership that counts: that in the organisation, else the first."""
    first = memberships[0] if memberships else None
    return next((one for one in memberships if one.organisation_id == organisation), first)


def default_organisation() -> Organisation | None:
    """The oldest organisation: the one that the command line works for unless told otherwise."""
    return Organisation.objects.order_by("id").first()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a member wants to be told of something."""

    in_desk: bool = True
    by_mail: bool = False


def wishes_of(membership: Membership) -> dict[Notice, Wish]:
    """What a member wants to be told of what concerns their role, and how."""
    wishes = {one.notice: Wish(one.in_desk, one.by_mail) for one in membership.notice_choices.all()}
    return {notice: wishes.get(notice, Wish()) for notice in Notice if concerns(notice, membership.role)}


def concerns(notice: Notice, role: str) -> bool:
    """Whether something is any business of a role's: how AI reading is, only of those who decide on it."""
    return notice is not Notice.AI_READING or allows(role, Permission.ADMINISTER)


def wish_of(user_id: int, organisation_id: int, notice: Notice) -> Wish | None:
    """How somebody wants to be told of something; None for those who are no members (any more)."""
    found = Membership.objects.filter(user=user_id, organisation=organisation_id, user__is_active=True)
    return next((wishes_of(membership).get(notice) for membership in found), None)


def pictures_seen_by(user: User) -> "QuerySet[Picture]":
    """The pictures of oneself and of those with whom one shares an organisation."""
    shared = Membership.objects.filter(organisation__memberships__user=user)
    return Picture.objects.filter(Q(user=user) | Q(user__in=shared.values("user")))
