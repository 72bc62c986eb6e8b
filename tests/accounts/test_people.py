"""The end of an account: what goes, what stays."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Membership, Organisation, Picture, Role, User
from accounts.services import people
from accounts.services.members import LastOwner
from tests.accounts.test_invitations import member

pytestmark = pytest.mark.django_db


def test_only_the_name_stays(user: User, organisation: Organisation) -> None:
    member(organisation, Role.OWNER)
    people.rename(user, " Asha Rao ")
    Picture.objects.create(user=user, content=b"face")
    people.delete(user)
    user = User.objects.get(pk=user.pk)
    assert str(user) == "Asha Rao"
    assert "asha" not in user.email
    assert not user.is_active
    assert not user.has_usable_password()
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Membership.objects.filter(user=user).exists()
    assert not Picture.objects.exists()


def test_the_address_is_free_again(user: User, organisation: Organisation) -> None:
    member(organisation, Role.OWNER)
    people.delete(user)
    assert User.objects.create_user("asha@example.in").pk != user.pk


def test_the_last_owner_hands_over_first(user: User, organisation: Organisation) -> None:
    assert people.owned_alone(user) == [organisation.name]
    with pytest.raises(LastOwner):
        people.delete(user)
    member(organisation, Role.OWNER)
    assert people.owned_alone(user) == []
