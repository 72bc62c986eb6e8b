"""Roles change hands, and an owner stays."""

from decimal import Decimal
from itertools import pairwise

import pytest

from accounts.models import Membership, Organisation, Role, User
from accounts.permissions import PERMISSIONS, Permission, allows
from accounts.services import members
from accounts.services.members import LastOwner, NotAllowed
from tests.accounts.test_invitations import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(user: User, organisation: Organisation) -> Membership:
    return Membership.objects.get(user=user, organisation=organisation)


def test_each_role_includes_the_next() -> None:
    ranks = [PERMISSIONS[role] for role in Role]
    assert all(higher > lower for higher, lower in pairwise(ranks))
    assert not allows(Role.VIEWER, Permission.UPLOAD)


def test_an_admin_changes_role_and_limit(organisation: Organisation) -> None:
    admin = member(organisation, Role.ADMIN)
    ravi = member(organisation, Role.VIEWER, "ravi@example.in")
    members.change(admin, ravi, role=Role.ACCOUNTANT, approval_limit=Decimal("50000.00"))
    ravi.refresh_from_db()
    assert (ravi.role, ravi.approval_limit) == (Role.ACCOUNTANT, Decimal("50000.00"))


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.VIEWER])
def test_others_change_nobody(organisation: Organisation, owner: Membership, role: Role) -> None:
    by = member(organisation, role)
    with pytest.raises(NotAllowed):
        members.change(by, by, role=Role.ADMIN, approval_limit=None)
    with pytest.raises(NotAllowed):
        members.remove(by, owner)


def test_an_admin_neither_makes_nor_unmakes_owners(organisation: Organisation, owner: Membership) -> None:
    admin = member(organisation, Role.ADMIN)
    with pytest.raises(NotAllowed):
        members.change(admin, admin, role=Role.OWNER, approval_limit=None)
    with pytest.raises(NotAllowed):
        members.change(admin, owner, role=Role.VIEWER, approval_limit=None)
    with pytest.raises(NotAllowed):
        members.remove(admin, owner)


def test_the_last_owner_stays(owner: Membership) -> None:
    with pytest.raises(LastOwner):
        members.remove(owner, owner)
    with pytest.raises(LastOwner):
        members.change(owner, owner, role=Role.ADMIN, approval_limit=None)


def test_an_owner_leaves_after_handing_over(organisation: Organisation, owner: Membership) -> None:
    heir = member(organisation, Role.ADMIN)
    members.change(owner, heir, role=Role.OWNER, approval_limit=None)
    members.remove(owner, owner)
    assert list(organisation.memberships.all()) == [heir]


def test_members_leave_by_themselves(organisation: Organisation) -> None:
    viewer = member(organisation, Role.VIEWER)
    members.remove(viewer, viewer)
    assert not Membership.objects.filter(pk=viewer.pk).exists()
