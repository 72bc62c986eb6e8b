"""Deleting invoices, and bringing them back."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from gst.invoice import Invoice as Paper
from invoice_processor.models import Document, Event, Invoice, InvoiceState
from invoice_processor.models.document import document_storage
from invoice_processor.selectors.invoices import counts_of, deleted_invoices_of, invoices_of
from invoice_processor.services.deletion import (
    KEPT,
    NotDeletable,
    delete,
    deleted_by,
    remove_deleted,
    restore,
)
from tests.conftest import Take
from tests.invoice_processor.known import processed
from tests.readers import reading

NOW = timezone.now()


def paper(tmp_path: object) -> Paper:
    return reading(tmp_path).invoice  # type: ignore[arg-type]


@pytest.fixture
def two_alike(take: Take, tmp_path: object) -> list[Invoice]:
    file = tmp_path / "a.pdf"  # type: ignore[operator]
    file.write_bytes(b"one paper")
    return [processed(invoice, paper(file)) for invoice in take("", "")]


def test_a_deleted_invoice_is_nowhere_and_comes_back_as_it_was(
    take: Take, organisation: Organisation, user: User
) -> None:
    invoice, other = take("", "")
    delete(invoice, user, NOW)
    assert list(invoices_of(organisation)) == [other]
    assert counts_of(organisation).total == 1
    assert list(deleted_by(deleted_invoices_of(organisation), user, NOW)) == [invoice]
    assert restore(invoice, user)
    assert not restore(invoice, user)
    assert invoices_of(organisation).count() == counts_of(organisation).total == 2
    assert list(Event.objects.values_list("action", flat=True)) == ["invoice.deleted", "invoice.restored"]


def test_a_later_copy_of_a_deleted_invoice_is_no_copy(two_alike: list[Invoice], user: User) -> None:
    first, second = two_alike
    assert second.state == InvoiceState.HAS_ANOMALIES
    delete(first, user, NOW)
    second.refresh_from_db()
    assert second.state == InvoiceState.CLEARED
    restore(first, user)
    second.refresh_from_db()
    assert second.state == InvoiceState.HAS_ANOMALIES


@pytest.mark.parametrize("values", [{"decision": "approved"}, {"deleted_at": NOW}])
def test_approved_and_deleted_invoices_are_not_deleted(take: Take, user: User, values: object) -> None:
    (invoice,) = take("")
    Invoice.objects.filter(pk=invoice.pk).update(**values)  # type: ignore[arg-type]
    with pytest.raises(NotDeletable):
        delete(invoice, user, NOW)
    assert not Event.objects.exists()


def test_after_a_month_it_is_gone_with_its_document(take: Take, user: User) -> None:
    old, young, alive = take("", "", "")
    name = old.document.file.name
    delete(old, user, NOW - KEPT - dt.timedelta(minutes=1))
    delete(young, user, NOW - KEPT + dt.timedelta(hours=1))
    assert remove_deleted() == 1
    assert set(Invoice.objects.all()) == {young, alive}
    assert not Document.objects.filter(pk=old.document_id).exists()
    assert document_storage().exists(str(name))  # until the daily cleaning finds that nothing names it
