"""Prepared queries do what their querysets do."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import UUIDField
from django.test.utils import CaptureQueriesContext

from invoice_processor.models import Document, Invoice, ProcessingJob
from invoice_processor.prepared import Given, Select, Update
from tests.conftest import Take

pytestmark = pytest.mark.django_db

OF_INVOICE = ProcessingJob.objects.filter(invoice_id=Given("invoice"))


def test_a_select_gives_objects_with_what_they_are_related_to(take: Take) -> None:
    first, second = take("", "")
    find = Select(OF_INVOICE.select_related("invoice__document").only("attempts", "invoice__document__size"))
    for invoice in (first, second):
        (job,) = find(invoice=invoice.pk)
        with CaptureQueriesContext(connection) as queries:
            assert (job.invoice_id, job.attempts) == (invoice.pk, 0)
            assert job.invoice.document.size == Document.objects.get(invoices=invoice).size
        assert len(queries) == 1  # that of the comparison


def test_a_select_gives_values_as_python_has_them(take: Take) -> None:
    (invoice,) = take("")
    owner = uuid4()
    ProcessingJob.objects.update(lease_owner=owner)
    find = Select(OF_INVOICE.values_list("lease_owner", "created_at"))
    assert find(invoice=invoice.pk) == [(owner, ProcessingJob.objects.get().created_at)]
    assert find(invoice=0) == []


def test_an_update_changes_the_given_rows_and_counts_them(take: Take) -> None:
    first, second = take("", "")
    own = Update(OF_INVOICE, lease_owner=Given("owner", UUIDField()), error_code=Given("code"))
    owner = uuid4()
    assert own(invoice=first.pk, owner=owner, code="50 % 'off'") == 1
    assert own(invoice=0, owner=owner, code="") == 0
    assert ProcessingJob.objects.get(lease_owner=owner, error_code="50 % 'off'").invoice == first
    assert ProcessingJob.objects.get(lease_owner=None).invoice == second


def test_a_value_that_is_not_given_is_an_error(take: Take) -> None:
    take("")
    with pytest.raises(KeyError, match="invoice"):
        Select(OF_INVOICE)()


@pytest.mark.django_db(transaction=True)
def test_each_thread_uses_its_own_connection(take: Take) -> None:
    (invoice,) = take("")
    find = Select(Invoice.objects.filter(pk=Given("pk")).values_list("pk", flat=True))
    found = [find(pk=invoice.pk)]

    def elsewhere() -> None:
        found.append(find(pk=invoice.pk))
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert found == [[invoice.pk]] * 2
