"""The Django admin: for staff to look at, without secrets, and next to nothing to change."""

import pytest
from django.contrib import admin
from django.test import Client

from accounts.models import Invitation, Membership, Role, User
from accounts.services import invitations
from invoice_processor.models import Event, Invoice, ProcessingJob
from invoice_processor.pipeline.run import process
from tests.conftest import Take
from tests.web.conftest import signed_in


@pytest.fixture
def support(user: User) -> Client:
    return signed_in(User.objects.create_superuser("support@example.in", "a-long-passphrase"))


def test_every_list_and_page_opens(support: Client, take: Take, user: User) -> None:
    good, _ = take("", "")
    process(good.pk)
    Event.objects.create(organisation=good.organisation, invoice=good, actor=user, action="invoice.corrected")
    invitations.invite(Membership.objects.get(user=user), "new@example.in", Role.VIEWER)
    for model in admin.site._registry:
        where = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert support.get(where).status_code == 200, where
        if first := model._default_manager.first():
            assert support.get(f"{where}{first.pk}/change/").status_code == 200, where
        assert support.get(f"{where}add/").status_code == 403, where


def test_no_secret_is_shown(support: Client, user: User) -> None:
    invitation, token = invitations.invite(Membership.objects.get(user=user), "new@example.in", Role.VIEWER)
    for where in (f"accounts/user/{user.pk}", f"accounts/invitation/{invitation.pk}"):
        page = support.get(f"/admin/{where}/change/").content.decode()
        for secret in (user.password, Invitation.objects.get().token_hash, token):
            assert secret not in page


def test_nothing_is_changed_or_deleted_but_whether_an_account_is_on(
    support: Client, user: User, take: Take
) -> None:
    (invoice,) = take("")
    job = ProcessingJob.objects.get()
    for where in (f"invoice_processor/invoice/{invoice.pk}", f"invoice_processor/processingjob/{job.pk}"):
        assert support.post(f"/admin/{where}/delete/", {"post": "yes"}).status_code == 403
        assert support.post(f"/admin/{where}/change/", {"state": "DONE"}).status_code == 403
    assert Invoice.objects.exists()
    address = f"/admin/accounts/user/{user.pk}/change/"
    assert support.post(address, {"email": "mallory@example.in", "is_superuser": "on"}).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.is_superuser, user.is_active) == ("asha@example.in", False, False)


def test_only_what_was_chosen_is_there() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == {"accounts", "invoice_processor"}


def test_an_account_that_is_switched_off_is_told_so(user: User) -> None:
    User.objects.update(is_active=False)
    form = {"login": user.email, "password": "a-long-passphrase"}
    assert b"switched off" in Client().post("/login/", form, follow=True).content


def test_pages_that_name_no_sign_have_one(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
