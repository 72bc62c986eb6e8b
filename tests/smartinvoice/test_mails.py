"""Mails of a desk without a mail server: shown where it was started."""

from itertools import islice
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from smartinvoice.desk.mails import written
from smartinvoice.desk.run import mails


def send(folder: Path, text: str) -> None:
    """A mail, as the desk sends it without a mail server."""
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)
    EmailMessage(subject=text, to=["asha@example.in"], connection=backend).send()


def test_a_new_mail_is_given_once_and_one_from_before_never(tmp_path: Path) -> None:
    send(tmp_path, "From before")
    news = written(tmp_path)
    assert list(islice(news, 2)) == [b"", b""]
    send(tmp_path, "Your new password")
    assert b"Subject: Your new password" in next(news)
    for mail in tmp_path.glob("*.log"):
        mail.unlink()
    send(tmp_path, "Another")
    shown = next(news)
    assert b"Another" in shown
    assert b"password" not in shown


def test_with_a_mail_server_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [program.name for program in mails()] == ["mails"]
    monkeypatch.setattr("smartinvoice.settings.people.EMAIL_HOST", "mail.example.in")
    assert mails() == []
