"""The first visit, signing in and signing out."""

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db

SET_UP = {
    "organisation_name": "Banyan Textiles",
    "full_name": "Asha Iyer",
    "email": "Asha@Example.in",
    "password": "mango-lantern-42",
}


@pytest.mark.parametrize("path", ["/", "/batches/", "/invoices/1/", "/status/", "/register/"])
def test_first_visit_to_any_page_leads_to_set_up(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0] == "/set-up/"
    assert b"Set up your invoice desk" in response.content


def test_set_up_makes_an_owner_and_signs_in(client: Client) -> None:
    response = client.post("/set-up/", SET_UP, follow=True)
    membership = Membership.objects.get()
    assert (membership.role, membership.organisation.name) == (Role.OWNER, "Banyan Textiles")
    assert membership.user.email == "asha@example.in"
    assert response.redirect_chain == [("/", 302)]
    assert b"Drop invoices here" in response.content


def test_set_up_is_gone_afterwards(client: Client, user: User) -> None:
    assert client.get("/set-up/").status_code == 404
    assert client.post("/set-up/", SET_UP).status_code == 404
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "password123"}, "too common"),
        ({"password": "banyan", "email": "nobody"}, "Enter a valid email address"),
        ({"password": "asha iyer"}, "too similar to the first name"),
        ({"organisation_name": " "}, "This field is required"),
    ],
)
def test_set_up_says_what_is_wrong(client: Client, wrong: dict[str, str], sentence: str) -> None:
    response = client.post("/set-up/", SET_UP | wrong)
    assert sentence in response.content.decode()
    assert not User.objects.exists()


def test_signing_in_takes_the_address_in_any_case(client: Client, user: User) -> None:
    response = client.post("/login/", {"login": user.email.upper(), "password": "a-long-passphrase"})
    assert response["Location"] == "/"


def test_signing_in_leads_back_to_the_page_asked_for(client: Client, user: User) -> None:
    address = client.get("/batches/")["Location"]
    page = client.get(address)
    assert b'name="next" value="/batches/"' in page.content
    response = client.post(
        "/login/", {"login": user.email, "password": "a-long-passphrase", "next": "/batches/"}
    )
    assert response["Location"] == "/batches/"


def test_wrong_password_is_told_in_plain_words(client: Client, user: User) -> None:
    response = client.post("/login/", {"login": user.email, "password": "wrong"})
    assert b"do not belong together" in response.content


def test_signing_out_needs_a_post(desk: Client) -> None:
    assert desk.get("/logout/").status_code == 405
    assert desk.post("/logout/")["Location"] == "/login/"
    assert desk.get("/")["Location"] == "/login/?next=/"


def test_forms_need_the_csrf_token(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    response = client.post("/batches/", {"name": "x", "expected_files": 1})
    assert response.status_code == 403
    assert b"The page was too old" in response.content
