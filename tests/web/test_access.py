"""What a page shows to whom; who gets in at all stands in permissions.txt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from invoice_processor.models import Batch, InvoiceState
from tests.conftest import Take
from tests.web.conftest import signed_in

CHANGING = ["/batches/{batch}/files/", "/batches/{batch}/close/", "/batches/{batch}/retry/", "/batches/"]


@pytest.mark.parametrize("path", ["/", "/live/", "/batches/", "/notices/", "/status/"])
def test_stranger_sees_nothing_of_others_in_lists(stranger: Client, take: Take, path: str) -> None:
    (invoice,) = take("")
    content = stranger.get(path).content.decode()
    assert invoice.original_name not in content
    assert invoice.batch.name not in content


@pytest.mark.parametrize("path", CHANGING)
def test_viewer_may_change_nothing(viewer: Client, batch: Batch, path: str) -> None:
    data = {"name": "x", "expected_files": 1, "files": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    assert viewer.post(path.format(batch=batch.pk), data).status_code == 403
    assert Batch.objects.count() == 1
    assert not batch.invoices.exists()


def test_viewer_may_not_retry_an_invoice(viewer: Client, take: Take) -> None:
    (invoice,) = take("")
    invoice.state = InvoiceState.FAILED
    invoice.save(update_fields=["state"])
    assert viewer.post(f"/invoices/{invoice.pk}/retry/").status_code == 403
    assert b'form="retry"' not in viewer.get(f"/invoices/{invoice.pk}/").content


def test_viewer_sees_the_pages_without_upload(viewer: Client, take: Take) -> None:
    (invoice,) = take("")
    content = viewer.get("/inbox/").content
    assert invoice.original_name.encode() in content
    assert b"upload-tray" not in content


def test_no_browser_keeps_a_page_for_who_comes_after_the_logout(desk: Client) -> None:
    answer = desk.get("/inbox/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_person_without_an_organisation_is_told_so() -> None:
    lonely = signed_in(User.objects.create_user("lonely@example.in", "a-long-passphrase"))
    response = lonely.get("/")
    assert response.status_code == 403
    assert b"not a member of an organisation" in response.content


def test_part_of_a_page_reloads_the_page_when_the_session_is_over(client: Client, batch: Batch) -> None:
    response = client.get(f"/batches/{batch.pk}/live/", headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"


@pytest.mark.django_db
def test_person_without_an_organisation_keeps_their_own_account() -> None:
    lonely = signed_in(User.objects.create_user("lonely@example.in", "a-long-passphrase"))
    for path in ("profile", "password", "email", "logins", "data", "data/delete"):
        page = lonely.get(f"/settings/{path}/")
        assert page.status_code == 200
    assert lonely.get("/settings/members/").status_code == 403
