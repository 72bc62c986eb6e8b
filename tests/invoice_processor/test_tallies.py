"""Counts that pages show: the same, whether counted anew already or not."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db.models import Count
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor import tallies
from invoice_processor.models import Finding, Invoice, InvoiceState, StaleBlock, Subject, Tally
from invoice_processor.selectors.invoices import counts_of
from tests.conftest import Take
from tests.invoice_processor.papers import finished, with_line


def states(organisation: Organisation) -> dict[str, int]:
    return {row.key: row.invoices for row in tallies.read(organisation.pk, Subject.STATE, by=("key",))}


def counted(organisation: Organisation) -> dict[str, int]:
    found = Invoice.objects.filter(organisation=organisation, deleted_at=None).order_by()
    return dict(found.values_list("state").annotate(n=Count("pk")))


def test_every_change_shows_at_once_and_after_counting_anew(take: Take, organisation: Organisation) -> None:
    invoices = take("", "", "", "")
    changes: list[Callable[[], object]] = [
        lambda: finished(invoices[0]),
        lambda: Invoice.objects.filter(pk__lte=invoices[1].pk).update(state=InvoiceState.FAILED),
        lambda: Invoice.objects.filter(pk=invoices[2].pk).update(deleted_at=timezone.now()),
        invoices[3].delete,
        lambda: take(""),
    ]
    for change in changes:
        change()
        before = states(organisation)
        assert before == counted(organisation)
        tallies.recount()
        assert not StaleBlock.objects.exists()
        assert states(organisation) == before
        assert counts_of(organisation).by_state == before


def test_counting_anew_twice_counts_once(take: Take, organisation: Organisation) -> None:
    finished(take("")[0])
    assert tallies.recount() == 1
    assert tallies.recount() == 0
    Invoice.objects.update(state=InvoiceState.CLEARED)
    tallies.recount()
    assert Tally.objects.filter(subject=Subject.STATE).count() == 1


def test_money_is_that_of_bills_in_rupees(take: Take, organisation: Organisation) -> None:
    one, foreign, repeated = take("", "", "")
    finished(one, grand_total=Decimal(118), cgst=Decimal(9), sgst=Decimal(9))
    finished(foreign, grand_total=Decimal(1000), currency="USD")
    finished(repeated, grand_total=Decimal(118), in_history=False)
    (row,) = tallies.read(organisation.pk, Subject.STATE, by=("key",))
    assert (row.invoices, row.value, row.tax) == (3, Decimal(118), Decimal(18))


@pytest.mark.parametrize("counted_anew", [False, True])
def test_days_are_those_of_the_desk(take: Take, organisation: Organisation, counted_anew: bool) -> None:
    late, early = take("", "")
    evening = dt.datetime(2026, 5, 1, 20, tzinfo=dt.UTC)  # half past one the next morning in India
    Invoice.objects.filter(pk=late.pk).update(created_at=evening)
    Invoice.objects.filter(pk=early.pk).update(created_at=evening - dt.timedelta(hours=4))
    if counted_anew:
        tallies.recount()
    second = dt.date(2026, 5, 2)
    assert [row.invoices for row in tallies.read(organisation.pk, Subject.STATE, first=second)] == [1]
    found = tallies.read(organisation.pk, Subject.STATE, last=second, by=("day",))
    assert {row.day: row.invoices for row in found} == {dt.date(2026, 5, 1): 1, second: 1}


def test_findings_and_chapters_count_invoices_once(take: Take, organisation: Organisation) -> None:
    (invoice,) = take("")
    finished(invoice)
    for _ in range(2):
        Finding.objects.create(
            invoice=invoice, rule="irn_missing", severity="warning", title="-", message="-"
        )
        with_line(invoice, hsn_sac="481910", amount=Decimal(50))
    (rule,) = tallies.read(organisation.pk, Subject.RULE, by=("key",))
    (chapter,) = tallies.read(organisation.pk, Subject.CATEGORY, by=("key",))
    assert (rule.key, rule.invoices) == ("irn_missing", 1)
    assert (chapter.key, chapter.invoices, chapter.value) == ("48", 1, Decimal(100))


def test_others_invoices_do_not_count(take: Take, organisation: Organisation) -> None:
    take("")
    other = Organisation.objects.create(name="Other Traders")
    assert tallies.read(other.pk, Subject.STATE) == []
