"""People at the desk: the owner, a viewer of the same organisation, and a stranger of another one."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership, Organisation, Role, User
from accounts.services.sessions import NOTED
from web.adapter import BESIDE


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """The folder of collected files is there, though nothing was collected for tests."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Static files under their own names."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[NOTED] = timezone.now().timestamp()  # as with every request but the first
    session.save()
    return client


def mails() -> list[EmailMessage]:
    """What was mailed, once nothing is on its way."""
    BESIDE.submit(list).result()
    sent: list[EmailMessage] = mail.outbox
    return sent


@pytest.fixture
def desk(user: User) -> Client:
    """The owner's browser."""
    return signed_in(user)


@pytest.fixture
def viewer(organisation: Organisation) -> Client:
    user = User.objects.create_user("viewer@example.in", "a-long-passphrase")
    Membership.objects.create(user=user, organisation=organisation, role=Role.VIEWER)
    return signed_in(user)


@pytest.fixture
def stranger(db: None) -> Client:
    """Somebody who owns another organisation."""
    user = User.objects.create_user("stranger@example.in", "a-long-passphrase")
    other = Organisation.objects.create(name="Other Traders")
    Membership.objects.create(user=user, organisation=other, role=Role.OWNER)
    return signed_in(user)
