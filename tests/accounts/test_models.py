"""People and organisations."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, Role, User
from accounts.selectors import chosen, default_organisation, memberships_of

pytestmark = pytest.mark.django_db


def test_an_address_is_one_person_in_any_case() -> None:
    user = User.objects.create_user(" Asha@Example.IN ", "a-long-passphrase")
    assert user.email == "asha@example.in"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ASHA@example.in")
    assert User.objects.get_by_natural_key("asha@EXAMPLE.in") == user


@pytest.mark.parametrize("typed", ["asha@example.in", "ASHA@EXAMPLE.IN"])
def test_people_sign_in_with_their_address_in_any_case(typed: str) -> None:
    user = User.objects.create_user("asha@example.in", "a-long-passphrase")
    assert authenticate(username=typed, password="a-long-passphrase") == user
    assert authenticate(username=typed, password="wrong") is None


@pytest.mark.parametrize("typed", [None, "", "nobody@example.in"])
def test_an_unknown_address_is_nobody(typed: str | None) -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(typed)


def test_an_organisations_name_is_unique_in_any_case() -> None:
    Organisation.objects.create(name="Banyan Textiles")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="BANYAN textiles")


def test_a_person_is_a_member_once(user: User, organisation: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, organisation=organisation, role=Role.VIEWER)


def test_the_chosen_membership_counts_else_the_first(user: User, organisation: Organisation) -> None:
    other = Organisation.objects.create(name="Neem Foods")
    Membership.objects.create(user=user, organisation=other)
    first, second = memberships_of(user)
    assert (first.organisation, second.organisation) == (organisation, other)
    assert chosen([first, second], None) == first
    assert chosen([first, second], other.pk) == second
    assert chosen([first], other.pk) == first
    assert chosen([], None) is None


def test_the_oldest_organisation_is_the_default(organisation: Organisation) -> None:
    Organisation.objects.create(name="Neem Foods")
    assert default_organisation() == organisation
