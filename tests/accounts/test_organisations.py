"""The first user, and nobody else by that door."""

import pytest

from accounts.models import Membership, Organisation, Role, User
from accounts.services.organisations import (
    AlreadySetUp,
    NameTaken,
    found,
    is_set_up,
    rename,
    set_gstins,
    set_up,
)
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def first_user(email: str = "Asha@Example.IN", organisation: str = "  Banyan Textiles ") -> User:
    return set_up(
        organisation_name=organisation, email=email, password="a-long-passphrase", full_name="Asha Rao"
    )


def test_the_first_user_owns_the_organisation() -> None:
    assert not is_set_up()
    user = first_user()
    assert is_set_up()
    membership = Membership.objects.get()
    assert (membership.user, membership.role) == (user, Role.OWNER)
    assert membership.organisation.name == "Banyan Textiles"
    assert (user.email, user.is_superuser, str(user)) == ("asha@example.in", True, "Asha Rao")
    assert user.check_password("a-long-passphrase")


def test_a_second_set_up_is_refused_and_changes_nothing() -> None:
    first_user()
    with pytest.raises(AlreadySetUp):
        first_user("mallory@example.in")
    assert (User.objects.count(), Organisation.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_set_up_at_once_one_succeeds() -> None:
    people = [(f"user{n}@example.in", f"Firm {n}") for n in range(6)]

    def race() -> bool:
        try:
            first_user(*people.pop())
        except AlreadySetUp:
            return False
        return True

    assert sorted(at_once(race, threads=6)) == [False] * 5 + [True]
    assert User.objects.count() == 1


def test_the_first_user_may_name_the_gstins() -> None:
    set_up(
        organisation_name="Banyan Textiles", email="a@example.in", password="x", gstins=["29AAGCB7383J1Z4"]
    )
    assert [str(one) for one in Organisation.objects.get().gstins.all()] == ["29AAGCB7383J1Z4"]


def test_gstins_change_only_when_they_change(organisation: Organisation) -> None:
    assert set_gstins(organisation, ["29AAGCB7383J1Z4"])
    assert not set_gstins(organisation, ["29AAGCB7383J1Z4"])
    assert set_gstins(organisation, [])
    assert not organisation.gstins.exists()


@pytest.mark.parametrize("name", ["Banyan Textiles", " BANYAN textiles "])
def test_a_name_is_taken_in_any_case(organisation: Organisation, user: User, name: str) -> None:
    with pytest.raises(NameTaken):
        found(user, name)
    with pytest.raises(NameTaken):
        rename(Organisation.objects.create(name="Neem Foods"), name)
    rename(organisation, "BANYAN Textiles")
    assert Organisation.objects.filter(name="BANYAN Textiles").exists()
