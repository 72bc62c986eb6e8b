"""Papers whose time is over go, with all that belongs to them; nothing younger does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organisation
from accounts.services.rules import set_retention
from invoice_processor.models import Batch, Document, Event, Invoice
from invoice_processor.services import retention
from tests.conftest import Take

pytestmark = pytest.mark.django_db


def age(invoice: Invoice, years: float) -> None:
    then = timezone.now() - timedelta(days=365.25 * years)
    Invoice.objects.filter(pk=invoice.pk).update(created_at=then)


def test_what_is_older_goes_with_its_document(take: Take, organisation: Organisation) -> None:
    old, young = take("", "")
    age(old, 8.1)
    age(young, 7.9)
    set_retention(organisation, 8)
    assert retention.delete_expired() == 1
    assert list(Invoice.objects.all()) == [young]
    assert list(Document.objects.all()) == [young.document]
    assert Batch.objects.count() == 1
    assert Event.objects.get().data == {"invoices": 1, "years": 8}


def test_an_empty_batch_goes_too(take: Take, organisation: Organisation) -> None:
    (old,) = take("")
    age(old, 20)
    set_retention(organisation, 8)
    retention.delete_expired()
    assert not Batch.objects.exists()


def test_nothing_goes_unless_it_was_chosen(take: Take) -> None:
    (old,) = take("")
    age(old, 50)
    assert retention.delete_expired() == 0
    assert Invoice.objects.exists()


def test_many_go_in_pieces(take: Take, organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for invoice in take(*[""] * 5):
        age(invoice, 9)
    set_retention(organisation, 8)
    assert retention.delete_expired() == 5
