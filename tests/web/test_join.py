"""From the invitation to the desk."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import Invitation, Membership, Organisation, Role, User
from tests.web.conftest import signed_in

NEW = {"full_name": "Ravi Menon", "password": "mango-lantern-42"}


def invite(desk: Client, email: str = "ravi@example.in", role: str = "accountant") -> str:
    """Invite somebody and return the path of the link, which the page shows."""
    page = desk.post("/settings/members/invite/", {"email": email, "role": role}, follow=True)
    found = re.search(r"/join/[\w-]+/", page.content.decode())
    assert found
    return found[0]


def test_the_link_is_mailed_and_shown_once(desk: Client) -> None:
    path = invite(desk)
    (message,) = mail.outbox
    assert message.to == ["ravi@example.in"]
    assert f"http://testserver{path}" in message.body
    assert path not in desk.get("/settings/members/").content.decode()
    assert path.split("/")[2] not in Invitation.objects.get().token_hash


def test_without_a_mail_server_the_page_asks_to_hand_the_link_over(desk: Client, settings: Settings) -> None:
    form = {"email": "ravi@example.in", "role": "viewer"}
    assert b"hand over this link" in desk.post("/settings/members/invite/", form, follow=True).content
    settings.EMAIL_HOST = "mail.example.in"
    assert b"is on its way" in desk.post("/settings/members/invite/", form, follow=True).content


def test_the_invited_chooses_name_and_password_and_is_in(client: Client, desk: Client) -> None:
    path = invite(desk)
    page = client.get(path).content.decode()
    assert "Join Banyan Textiles" in page
    assert "ravi@example.in" in page
    welcome = client.post(path, NEW, follow=True)
    assert "Welcome to Banyan Textiles" in welcome.content.decode()
    membership = Membership.objects.get(user__email="ravi@example.in")
    assert (membership.role, str(membership.user)) == (Role.ACCOUNTANT, "Ravi Menon")
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize(("password", "sentence"), [("short", "too short"), ("ravi menon", "too similar")])
def test_a_bad_password_is_told(client: Client, desk: Client, password: str, sentence: str) -> None:
    path = invite(desk)
    assert sentence in client.post(path, NEW | {"password": password}).content.decode()
    assert not User.objects.filter(email="ravi@example.in").exists()


def test_who_has_an_account_joins_as_themselves(desk: Client) -> None:
    ravi = User.objects.create_user("ravi@example.in", "a-long-passphrase")
    elsewhere = Organisation.objects.create(name="Neem Foods")
    Membership.objects.create(user=ravi, organisation=elsewhere, role=Role.OWNER)
    path = invite(desk)
    assert Client().get(path)["Location"] == f"/login/?next={path}"
    browser = signed_in(ravi)
    assert b"Join as" in browser.get(path).content
    assert b"Banyan Textiles" in browser.post(path, follow=True).content
    assert ravi.memberships.count() == 2


def test_an_invitation_of_somebody_else_is_refused(desk: Client, stranger: Client) -> None:
    path = invite(desk)
    assert b"This invitation is for ravi@example.in" in stranger.get(path).content
    assert stranger.post(path).status_code == 403
    assert Invitation.objects.get().accepted_at is None


def test_a_renewed_link_replaces_the_old_one(client: Client, desk: Client) -> None:
    old = invite(desk)
    desk.post(f"/settings/invitations/{Invitation.objects.get().pk}/renew/")
    assert client.get(old).status_code == 410


def test_a_withdrawn_invitation_is_gone(client: Client, desk: Client) -> None:
    path = invite(desk)
    desk.post(f"/settings/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert client.post(path, NEW).status_code == 410
    assert b"ravi@example.in</p>" not in desk.get("/settings/members/").content


def test_registering_is_closed_unless_the_desk_is_open(
    client: Client, user: User, settings: Settings
) -> None:
    form = {
        "organisation_name": "Neem Foods",
        "gstins": "29AAGCB7383J1Z4",
        "full_name": "Meena K",
        "email": "meena@example.in",
        "password1": "mango-lantern-42",
    }
    assert b"open to the invited" in client.post("/register/", form).content
    assert not Organisation.objects.filter(name="Neem Foods").exists()
    settings.OPEN_REGISTRATION, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    taken = form | {"organisation_name": "Banyan textiles", "gstins": "29AAGCB7383J1Z5"}
    page = client.post("/register/", taken).content.decode()
    assert "is here already" in page
    assert "check character" in page
    assert b"Look into your mail" in client.post("/register/", form, follow=True).content
    membership = Membership.objects.get(user__email="meena@example.in")
    assert (membership.role, membership.organisation.name) == (Role.OWNER, "Neem Foods")
    found = re.search(r"/confirm-email/[-:\w]+/", str(mail.outbox[-1].body))
    assert found
    login = {"login": "meena@example.in", "password": "mango-lantern-42"}
    assert "/confirm-email/" in client.post("/login/", login)["Location"]
    client.post(found[0])
    assert client.post("/login/", login, follow=True).context["organisation"].name == "Neem Foods"
