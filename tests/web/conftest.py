"""People at the desk: the owner, a viewer of the same organisation, and a stranger of another one."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import Membership, Organisation, Role, User


@pytest.fixture(autouse=True)
def plain_static_files(settings: LazySettings, tmp_path: Path) -> None:
    """Static files under their own names: nothing was collected for tests."""
    settings.STATIC_ROOT = str(tmp_path)
    storages: dict[str, Any] = settings.STORAGES
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages | {"staticfiles": plain}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


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
