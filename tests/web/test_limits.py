"""Guessers, runaway programs and secrets: what is stopped, and what is never told."""

import io
import logging
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from structlog.testing import capture_logs

from accounts.models import Organisation, Role, User
from accounts.services import organisations
from invoice_processor.models import Batch
from tests.accounts.test_invitations import member
from tests.conftest import pdf
from tests.web.conftest import mails
from web.limits import ENVELOPE

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-passphrase"


def log_in(client: Client, email: str, password: str) -> str:
    return client.post("/login/", {"login": email, "password": password}).content.decode()


def test_guessing_a_password_is_stopped_with_a_way_out(client: Client, user: User) -> None:
    for _ in range(5):
        assert "do not belong together" in log_in(client, user.email, "guess")
    locked = log_in(client, user.email, PASSWORD)
    assert "Too many failed attempts" in locked
    assert "five minutes" in locked
    assert "/password/reset/" in locked


def test_others_are_not_locked_out_by_it(client: Client, user: User) -> None:
    for _ in range(6):
        log_in(client, user.email, "guess")
    User.objects.create_user("meena@example.in", PASSWORD)
    assert log_in(client, "meena@example.in", PASSWORD) == ""  # on to the desk


def test_logging_in_is_not_counted_against_anybody(user: User) -> None:
    for _ in range(8):
        assert log_in(Client(), user.email, PASSWORD) == ""


def test_asking_for_many_reset_mails_is_stopped(client: Client, user: User) -> None:
    answers = [client.post("/password/reset/", {"email": user.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Wait a minute" in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "60"
    assert len(mails()) == 5


def test_one_person_sends_so_many_files_an_hour(desk: Client, batch: Batch, settings: Settings) -> None:
    settings.UPLOADED_FILES_PER_HOUR = 3
    address = f"/batches/{batch.pk}/files/"

    def send(*names: str) -> int:
        files = [SimpleUploadedFile(name, pdf("", name)) for name in names]
        return desk.post(address, {"files": files}).status_code

    answers = [send("a.pdf", "b.pdf"), send("c.pdf", "d.pdf"), send("c.pdf"), send("d.pdf")]
    assert answers == [200, 429, 200, 429]  # what was refused does not count
    assert batch.invoices.count() == 3
    answer = desk.post(address, {"files": SimpleUploadedFile("d.pdf", pdf())})
    assert "More files than one person may send in an hour" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 3600


def test_what_a_zip_holds_counts_as_sent(desk: Client, batch: Batch, settings: Settings) -> None:
    settings.UPLOADED_FILES_PER_HOUR = 3
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            archive.writestr(name, pdf("", name))
    sent = [SimpleUploadedFile("all.zip", packed.getvalue()), SimpleUploadedFile("d.pdf", pdf("", "d"))]
    answers = [desk.post(f"/batches/{batch.pk}/files/", {"files": file}).status_code for file in sent]
    assert answers == [200, 429]


def test_the_password_cannot_be_guessed_where_an_account_is_closed(
    desk: Client, user: User, organisation: Organisation
) -> None:
    member(organisation, Role.OWNER)
    for _ in range(5):
        desk.post("/settings/data/delete/", {"password": "guess"})
    locked = desk.post("/settings/data/delete/", {"password": PASSWORD}).content.decode()
    assert "Too many failed attempts" in locked
    user.refresh_from_db()
    assert user.is_active


def test_a_failed_login_is_in_the_log_without_what_was_typed(client: Client, user: User) -> None:
    with capture_logs() as lines:
        log_in(client, "typed-by-mistake", "guess")
        log_in(client, user.email, "guess")
    assert lines == [{"event": "login failed", "client": "127.0.0.1", "log_level": "warning"}] * len(lines)
    assert lines


def test_a_strangers_large_form_is_not_read(user: User) -> None:
    """Else whoever finds the address could fill the disk with temporary files."""

    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError

    form: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(ENVELOPE + 1),
        "wsgi.input": Unread(),
    }
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["csrftoken"] = "a" * 32
    for path in ("/login/", "/upload/"):
        answer = stranger.generic("POST", path, **form)
        assert answer["Location"].startswith("/login/?next=")


def test_no_secret_reaches_the_error_page_or_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> User:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(organisations, "set_up", fail)
    browser = Client(raise_request_exception=False)
    secret = "mango-lantern-42"
    form = {"organisation_name": "Banyan", "full_name": "Asha", "email": "a@example.in", "password": secret}
    with caplog.at_level(logging.DEBUG):
        answer = browser.post("/set-up/", form)
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "the disk is full" in caplog.text
    assert secret not in answer.content.decode() + caplog.text
