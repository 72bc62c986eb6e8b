"""The settings: each switch does what it says."""

import io
import json
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from accounts.models import Membership, Notice, Organisation, Picture, Role, User
from accounts.selectors import Wish, wishes_of
from invoice_processor.models import Batch, Invoice
from tests.accounts.test_invitations import member
from tests.conftest import Take
from tests.web.conftest import mails, signed_in

PASSWORD = "a-long-passphrase"


def log_in(email: str, browser: str = "Firefox/132.0 (X11; Linux)") -> Client:
    client = Client(headers={"User-Agent": browser})
    assert client.post("/login/", {"login": email, "password": PASSWORD}).status_code == 302
    return client


def png(size: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(out, "PNG")
    return out.getvalue()


def test_name_and_picture(desk: Client, user: User, stranger: Client, viewer: Client) -> None:
    desk.post("/settings/profile/", {"full_name": "Asha Rao"})
    desk.post("/settings/profile/picture/", {"picture": SimpleUploadedFile("me.png", png())})
    page = desk.get("/settings/profile/").content.decode()
    assert "Asha Rao" in page
    assert f'src="/settings/people/{user.pk}/picture/' in page
    seen = viewer.get(f"/settings/people/{user.pk}/picture/")
    assert (seen["Content-Type"], seen["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert stranger.get(f"/settings/people/{user.pk}/picture/").status_code == 404
    desk.post("/settings/profile/picture/remove/")
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused_with_a_sentence(desk: Client) -> None:
    form = {"picture": SimpleUploadedFile("me.png", b"GIF89a")}
    assert b"not a JPEG" in desk.post("/settings/profile/picture/", form, follow=True).content
    assert b"No picture was chosen" in desk.post("/settings/profile/picture/", follow=True).content


def test_logins_show_browsers_and_end_them(user: User) -> None:
    here, there = log_in(user.email), log_in(user.email, "Chrome/131.0 Safari (iPhone)")
    page = here.get("/settings/logins/").content.decode()
    assert "Firefox on Linux" in page
    assert "Chrome on iPhone" in page
    found = re.search(r"/settings/logins/\d+/end/", page)
    assert found
    here.post(found[0])
    assert there.get("/settings/profile/").status_code == 302
    assert here.get("/settings/profile/").status_code == 200


def test_logging_out_everywhere_else(user: User) -> None:
    here, *others = log_in(user.email), log_in(user.email), log_in(user.email)
    assert b"Logged out of 2 other browsers" in here.post("/settings/logins/end/", follow=True).content
    assert [other.get("/settings/profile/").status_code for other in others] == [302, 302]


def test_nobody_ends_the_login_of_somebody_else(user: User, stranger: Client) -> None:
    here = log_in(user.email)
    page = log_in(user.email).get("/settings/logins/").content.decode()
    found = re.search(r"/settings/logins/\d+/end/", page)
    assert found
    stranger.post(found[0])
    assert here.get("/settings/profile/").status_code == 200


def test_a_new_password_ends_the_other_logins_and_is_told_by_mail(user: User) -> None:
    here, there = log_in(user.email), log_in(user.email)
    form = {"oldpassword": PASSWORD, "password1": "mango-lantern-42", "password2": "mango-lantern-42"}
    wrong = here.post("/settings/password/", form | {"oldpassword": "guess"})
    assert b"not your present password" in wrong.content
    assert b"Your password is changed" in here.post("/settings/password/", form, follow=True).content
    assert there.get("/settings/profile/").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client: Client, user: User) -> None:
    client.post("/password/reset/", {"email": user.email.upper()})
    assert str(mails()[-1].body).endswith("Smart iInvoice, testserver")
    found = re.search(r"/password/reset/\w+-[\w-]+/", str(mails()[-1].body))
    assert found
    page = client.get(found[0], follow=True)
    address = page.redirect_chain[-1][0]
    new = {"password1": "mango-lantern-42", "password2": "mango-lantern-42"}
    assert b"Your password is changed" in client.post(address, new, follow=True).content
    assert b"no longer works" in Client().get(found[0], follow=True).content
    login = client.post("/login/", {"login": user.email, "password": "mango-lantern-42"})
    assert login["Location"] == "/"


@pytest.mark.django_db
def test_a_strange_address_gets_no_mail_and_the_same_answer(client: Client, user: User) -> None:
    known = client.post("/password/reset/", {"email": user.email}, follow=True).content
    sent = len(mails())
    assert client.post("/password/reset/", {"email": "nobody@example.in"}, follow=True).content == known
    assert len(mails()) == sent == 1


def test_a_mail_server_that_is_away_gives_nobody_away(client: Client, user: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9
    answers = {
        client.post("/password/reset/", {"email": email}, follow=True).content
        for email in (user.email, "nobody@example.in")
    }
    assert len(answers) == 1
    assert mails() == []


def test_a_new_address_counts_once_it_is_confirmed(user: User) -> None:
    here = log_in(user.email)
    form = {"email": "asha.rao@example.in", "action_add": "1"}
    confirm = here.post("/settings/email/", form)["Location"]
    assert b"not your password" in here.post(confirm, {"password": "guess"}).content
    here.post(confirm, {"password": PASSWORD})
    user.refresh_from_db()
    assert user.email == "asha@example.in"
    found = re.search(r"/confirm-email/[-:\w]+/", str(mail.outbox[-1].body))
    assert found
    assert mail.outbox[-1].to == ["asha.rao@example.in"]
    here.post(found[0])
    user.refresh_from_db()
    assert user.email == "asha.rao@example.in"
    assert mail.outbox[-1].to == ["asha@example.in"]  # told where the change would be missed most
    log_in("asha.rao@example.in")


def test_a_person_of_several_organisations_sees_one_at_a_time(user: User, take: Take) -> None:
    (invoice,) = take("")
    neem = Organisation.objects.create(name="Neem Foods")
    Membership.objects.create(user=user, organisation=neem, role=Role.VIEWER)
    browser = signed_in(user)
    address = f"/invoices/{invoice.pk}/"
    assert browser.get(address).status_code == 200
    browser.post("/settings/switch/", {"organisation": neem.pk})
    assert browser.get(address).status_code == 404
    assert browser.get("/settings/members/").context["organisation"] == neem
    assert browser.get("/upload/").status_code == 403  # only looks on there
    browser.post("/settings/switch/", {"organisation": invoice.organisation_id})
    assert browser.get(address).status_code == 200


@pytest.mark.parametrize("wanted", ["0", "x", ""])
def test_nobody_switches_to_an_organisation_of_others(desk: Client, wanted: str) -> None:
    others = Organisation.objects.create(name="Neem Foods")
    desk.post("/settings/switch/", {"organisation": wanted.replace("0", str(others.pk))})
    assert desk.get("/settings/members/").context["organisation"].name == "Banyan Textiles"


def test_gstins_are_checked_to_the_check_character(desk: Client, organisation: Organisation) -> None:
    form = {"name": "Banyan Textiles", "gstins": "29AAGCB7383J1Z5, 12"}
    page = desk.post("/settings/organisation/", form).content.decode()
    assert "check character of 29AAGCB7383J1Z5 should be 4" in page
    assert "a GSTIN has 15" in page
    assert not organisation.gstins.exists()


def test_a_change_of_gstins_has_all_invoices_judged_again(desk: Client, organisation: Organisation) -> None:
    form = {"name": "Banyan Textiles", "gstins": "29aagcb7383j1z4"}
    assert b"judged again" in desk.post("/settings/organisation/", form, follow=True).content
    organisation.refresh_from_db()
    assert ([str(one) for one in organisation.gstins.all()], organisation.judge_again_from) == (
        ["29AAGCB7383J1Z4"],
        0,
    )


def test_a_name_that_another_organisation_has_is_refused(desk: Client) -> None:
    Organisation.objects.create(name="Neem Foods")
    page = desk.post("/settings/organisation/", {"name": "neem foods", "gstins": ""})
    assert b"is here already" in page.content


def test_notices_are_chosen(desk: Client, user: User) -> None:
    desk.post("/settings/notices/", {"batch_finished_by_mail": "on", "assigned_in_desk": "on"})
    wishes = wishes_of(Membership.objects.get(user=user))
    assert wishes == {
        Notice.BATCH_FINISHED: Wish(in_desk=False, by_mail=True),
        Notice.ASSIGNED: Wish(in_desk=True, by_mail=False),
        Notice.AI_READING: Wish(in_desk=False, by_mail=False),
    }
    page = desk.get("/settings/notices/").content.decode()
    assert page.count("checked") == 2


def test_approval_by_the_uploader_is_switched(desk: Client) -> None:
    desk.post("/settings/approval/")
    assert not Organisation.objects.get().uploader_may_approve
    desk.post("/settings/approval/", {"uploader_may_approve": "on"})
    assert Organisation.objects.get().uploader_may_approve


def test_limits_of_approval_are_written_as_people_write_amounts(desk: Client) -> None:
    desk.post("/settings/approval/", {"accountant_limit": "₹ 1,00,000", "admin_limit": ""})
    organisation = Organisation.objects.get()
    assert (organisation.accountant_limit, organisation.admin_limit) == (Decimal(100000), None)
    page = desk.get("/settings/approval/").content.decode()
    assert 'value="1,00,000.00"' in page
    assert page.count('placeholder="Any amount"') == 2
    wrong = desk.post("/settings/approval/", {"accountant_limit": "much"}).content.decode()
    assert 'value="much"' in wrong


def test_retention_asks_before_anything_would_be_deleted(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    Invoice.objects.filter(pk=invoice.pk).update(created_at=timezone.now() - timedelta(days=9 * 366))
    page = desk.post("/settings/retention/", {"years": "8"}).content.decode()
    assert "<strong>1 invoice</strong>" in page
    assert Organisation.objects.get().retention_years is None
    desk.post("/settings/retention/", {"years": "8", "sure": "1"})
    assert Organisation.objects.get().retention_years == 8
    desk.post("/settings/retention/", {"years": ""})
    assert Organisation.objects.get().retention_years is None


def test_retention_of_less_than_the_law_asks_is_not_offered(desk: Client, organisation: Organisation) -> None:
    desk.post("/settings/retention/", {"years": "2", "sure": "1"})
    organisation.refresh_from_db()
    assert organisation.retention_years is None


def test_a_member_gets_role_and_limit(desk: Client, organisation: Organisation) -> None:
    ravi = member(organisation, Role.VIEWER)
    desk.post(f"/settings/members/{ravi.pk}/change/", {"role": "accountant", "approval_limit": "50000"})
    ravi.refresh_from_db()
    assert ravi.role == Role.ACCOUNTANT
    assert ravi.approval_limit == 50000
    page = desk.post(f"/settings/members/{ravi.pk}/change/", {"role": "king"}, follow=True)
    assert b"Not changed" in page.content


def test_who_is_removed_loses_what_was_assigned(desk: Client, organisation: Organisation, take: Take) -> None:
    (invoice,) = take("")
    ravi = member(organisation, Role.ACCOUNTANT)
    Invoice.objects.filter(pk=invoice.pk).update(assigned_to=ravi.user)
    desk.post(f"/settings/members/{ravi.pk}/remove/")
    invoice.refresh_from_db()
    assert invoice.assigned_to is None
    assert b"not a member of an organisation" in signed_in(ravi.user).get("/").content


def test_the_last_owner_neither_leaves_nor_closes_the_account(desk: Client, user: User) -> None:
    mine = Membership.objects.get(user=user)
    page = desk.post(f"/settings/members/{mine.pk}/remove/", follow=True)
    assert b"make somebody else an owner first" in page.content
    assert b"Hand over first" in desk.get("/settings/data/delete/").content
    desk.post("/settings/data/delete/", {"password": PASSWORD})
    user.refresh_from_db()
    assert user.is_active


def test_an_account_is_closed_with_the_password(desk: Client, user: User, organisation: Organisation) -> None:
    member(organisation, Role.OWNER)
    page = desk.get("/settings/data/delete/").content.decode()
    assert "Kept, and why" in page
    assert b"not your password" in desk.post("/settings/data/delete/", {"password": "guess"}).content
    assert b"Your account is deleted" in desk.post("/settings/data/delete/", {"password": PASSWORD}).content
    assert desk.get("/settings/profile/").status_code == 302
    assert (
        "do not belong"
        in Client().post("/login/", {"login": "asha@example.in", "password": PASSWORD}).content.decode()
    )


def test_my_data_are_mine_and_whole(desk: Client, user: User, batch: Batch) -> None:
    Batch.objects.filter(pk=batch.pk).update(name="=cmd()")
    Picture.objects.create(user=user, content=b"face")
    answer = desk.get("/settings/data/export/")
    assert re.search(r"smart-iinvoice-my-data-[\d-]+\.zip", answer["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as file:
        profile = json.loads(file.read("profile.json"))
        assert (profile["email"], profile["memberships"][0]["role"]) == (user.email, "owner")
        assert file.read("picture.jpg") == b"face"
        assert ",'=cmd()" in file.read("batches.csv").decode()
        assert "password" not in "".join(file.read(name).decode("latin-1") for name in file.namelist())
