"""What is kept about a person, and what of it stays when they leave."""

import io
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry

from accounts.models import Invitation, Membership, Organisation, Picture, Role, User
from invoice_processor.models import (
    Batch,
    Event,
    Invoice,
    InvoiceDuplicateLink,
    InvoiceVersion,
    Notification,
    SavedView,
)
from invoice_processor.services.leaving import delete_account
from invoice_processor.services.personal_data import archive
from tests.accounts.test_invitations import member

pytestmark = pytest.mark.django_db

GOES = {Membership, EmailAddress, Picture, UserSession, Notification, SavedView}
STAYS = {Batch, Event, Invoice, InvoiceDuplicateLink, InvoiceVersion, Invitation, LogEntry}
"""By whom: an organisation has to know that for as long as it keeps its papers."""


def test_of_all_that_names_a_person_it_is_decided_whether_it_stays() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    assert {field.model for field in fields if field.related_model is User} == GOES | STAYS


def test_a_persons_own_lists_and_notices_are_theirs_and_go_with_them(
    user: User, organisation: Organisation
) -> None:
    member(organisation, Role.OWNER)
    SavedView.objects.create(user=user, organisation=organisation, name="=mine()", query="q=pumps")
    Notification.objects.create(user=user, organisation=organisation, title="AI reading waits", text="Why.")
    with zipfile.ZipFile(io.BytesIO(b"".join(archive(user)))) as file:
        assert "Banyan Textiles,'=mine(),q=pumps" in file.read("views.csv").decode()
        assert "Banyan Textiles,AI reading waits,Why." in file.read("notices.csv").decode()
    delete_account(user)
    for model in GOES:
        assert not model.objects.filter(user=user).exists()
