"""A seat for one address, by one link, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Invitation, Membership, Organisation, Role, User
from accounts.services import invitations
from accounts.services.members import NotAllowed
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(user: User, organisation: Organisation) -> Membership:
    return Membership.objects.get(user=user, organisation=organisation)


def member(organisation: Organisation, role: Role, email: str = "member@example.in") -> Membership:
    user = User.objects.create_user(email, "a-long-passphrase")
    return Membership.objects.create(user=user, organisation=organisation, role=role)


def take(token: str) -> User:
    """Somebody new follows the link."""
    invitation = invitations.find(token)
    assert invitation
    user = User.objects.create_user(invitation.email)
    invitations.accept(invitation, user)
    return user


def test_the_invited_takes_the_seat_with_the_role_that_was_offered(owner: Membership) -> None:
    invitation, token = invitations.invite(owner, " Ravi@Example.in ", Role.ACCOUNTANT)
    user = take(token)
    assert user.email == "ravi@example.in"
    membership = Membership.objects.get(user=user)
    assert (membership.organisation, membership.role) == (owner.organisation, Role.ACCOUNTANT)
    assert invitation.token_hash not in token


def test_a_link_works_once(owner: Membership) -> None:
    _, token = invitations.invite(owner, "ravi@example.in", Role.VIEWER)
    invitation = invitations.find(token)
    assert invitation
    take(token)
    assert invitations.find(token) is None
    with pytest.raises(invitations.Gone):
        invitations.accept(invitation, User.objects.get(email="ravi@example.in"))


def test_an_expired_link_is_dead_and_can_be_renewed(owner: Membership) -> None:
    invitation, token = invitations.invite(owner, "ravi@example.in", Role.VIEWER)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert invitations.find(token) is None
    _, fresh = invitations.invite(owner, invitation.email, invitation.role)
    assert invitations.find(token) is None
    assert invitations.find(fresh) == invitation


def test_a_withdrawn_link_is_dead(owner: Membership) -> None:
    invitation, token = invitations.invite(owner, "ravi@example.in", Role.VIEWER)
    assert invitations.withdraw(owner, invitation)
    assert invitations.find(token) is None
    assert not invitations.withdraw(owner, invitation)


def test_inviting_again_replaces_the_link_and_the_role(owner: Membership) -> None:
    _, old = invitations.invite(owner, "ravi@example.in", Role.VIEWER)
    _, new = invitations.invite(owner, "RAVI@example.in", Role.ADMIN)
    assert invitations.find(old) is None
    found = invitations.find(new)
    assert found
    assert found.role == Role.ADMIN
    assert Invitation.objects.count() == 1


def test_a_member_is_not_invited_again(owner: Membership, organisation: Organisation) -> None:
    member(organisation, Role.VIEWER, "ravi@example.in")
    with pytest.raises(invitations.AlreadyMember):
        invitations.invite(owner, "ravi@example.in", Role.VIEWER)


def test_somebody_elses_invitation_is_refused(owner: Membership) -> None:
    invitation, _ = invitations.invite(owner, "ravi@example.in", Role.VIEWER)
    mallory = User.objects.create_user("mallory@example.in")
    with pytest.raises(invitations.NotForYou):
        invitations.accept(invitation, mallory)
    assert not Membership.objects.filter(user=mallory).exists()


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.VIEWER])
def test_only_owners_and_admins_invite(organisation: Organisation, role: Role) -> None:
    with pytest.raises(NotAllowed):
        invitations.invite(member(organisation, role), "ravi@example.in", Role.VIEWER)


def test_an_admin_makes_no_owners(organisation: Organisation, owner: Membership) -> None:
    admin = member(organisation, Role.ADMIN)
    with pytest.raises(NotAllowed):
        invitations.invite(admin, "ravi@example.in", Role.OWNER)
    invitation, _ = invitations.invite(owner, "ravi@example.in", Role.OWNER)
    with pytest.raises(NotAllowed):
        invitations.withdraw(admin, invitation)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_the_seat_at_once_one_succeeds(owner: Membership) -> None:
    _, token = invitations.invite(owner, "ravi@example.in", Role.VIEWER)
    ravi = User.objects.create_user("ravi@example.in")
    invitation = invitations.find(token)
    assert invitation

    def race() -> bool:
        try:
            invitations.accept(invitation, ravi)
        except invitations.Gone:
            return False
        return True

    assert sorted(at_once(race, threads=4)) == [False] * 3 + [True]
    assert Membership.objects.filter(user=ravi).count() == 1
