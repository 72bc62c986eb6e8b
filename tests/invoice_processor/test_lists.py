"""Lists of invoices: filters, orders, and the way through them."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation, User
from invoice_processor.models import Finding, Grade, Invoice, InvoiceDuplicateLink, InvoiceState, Verification
from invoice_processor.selectors import filters, keyset
from invoice_processor.selectors.filters import OPEN, Days, InvoiceFilter
from invoice_processor.selectors.invoices import counts_among, invoices_of
from invoice_processor.selectors.keyset import Sort, first_rows, place, rows_before, sorted_page
from invoice_processor.services.intake import accept, open_batch
from tests.conftest import Take, incoming, pdf
from tests.invoice_processor.papers import finished, with_line

DAY = dt.date(2026, 5, 7)


@pytest.fixture
def one_of_each(take: Take, user: User) -> Invoice:
    """An invoice that every filter of this test finds, beside one that none does."""
    wanted, other = take("", "")
    finished(other, state=InvoiceState.FAILED, verification=Verification.PORTAL, decision="approved")
    Invoice.objects.filter(pk=other.pk).update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    finished(
        wanted,
        health_grade=Grade.AT_RISK,
        confidence=75,
        vendor_gstin="29AAGCB7383J1Z4",
        date=DAY,
        assigned_to=user,
        currency="INR",
    )
    Invoice.objects.filter(pk=other.pk).update(in_history=False)
    Finding.objects.create(invoice=wanted, rule="irn_missing", severity="warning", title="-", message="-")
    InvoiceDuplicateLink.objects.create(invoice=wanted, original=other, reason="near")
    return with_line(wanted, hsn_sac="481910")


@pytest.mark.parametrize("few", [0, filters.FEW])
def test_what_a_person_sent_in_is_found_however_much_it_is(
    take: Take, user: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(filters, "FEW", few)
    (mine,) = take("")
    other = User.objects.create_user("ravi@example.in")
    accept(open_batch(organisation, other, "His", 1), [incoming("b.pdf", pdf("", "his"))])
    nobody = User.objects.create_user("meera@example.in")
    assert list(InvoiceFilter(uploaded_by=user.pk).apply(invoices_of(organisation))) == [mine]
    assert not InvoiceFilter(uploaded_by=nobody.pk).apply(invoices_of(organisation)).exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"states": (InvoiceState.CLEARED,)},
        {"grade": Grade.AT_RISK},
        {"certainty": (70, 89)},
        {"verification": Verification.PENDING},
        {"decision": OPEN},
        {"vendor": "29AAGCB7383J1Z4"},
        {"dated": Days(DAY, DAY)},
        {"received": Days(dt.date(2021, 1, 1))},
        {"rule": "irn_missing"},
        {"category": "48"},
        {"category": "4819"},
        {"is_spend": True},
        {"is_held": True},
        {"text": "29aagcb"},
    ],
    ids=str,
)
def test_a_filter_finds_its_invoices(one_of_each: Invoice, organisation: Organisation, asked: Any) -> None:
    assert list(InvoiceFilter(**asked).apply(invoices_of(organisation))) == [one_of_each]


def test_filters_by_person(one_of_each: Invoice, organisation: Organisation, user: User) -> None:
    everything = invoices_of(organisation)
    assert list(InvoiceFilter(assigned_to=user.pk).apply(everything)) == [one_of_each]
    assert InvoiceFilter(is_unassigned=True).apply(everything).count() == 1
    assert InvoiceFilter(uploaded_by=user.pk).apply(everything).count() == 2
    assert InvoiceFilter(uploaded_by=user.pk + 1).apply(everything).count() == 0


@pytest.fixture
def piles(take: Take, monkeypatch: pytest.MonkeyPatch) -> list[Invoice]:
    """Invoices with equal and missing values, and pages of three."""
    monkeypatch.setattr(keyset, "PAGE_ROWS", 3)
    values = [5, None, 7, 5, None, 5, 1, 7]
    invoices = take(*[""] * len(values))
    for invoice, value in zip(invoices, values, strict=True):
        finished(
            invoice,
            grand_total=value,
            health_score=value,
            date=DAY + dt.timedelta(days=value) if value else None,
        )
    return invoices


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_together_are_the_whole_list_in_order(
    piles: list[Invoice], organisation: Organisation, sort: Sort
) -> None:
    column = {"date": "date", "total": "grand_total", "health": "health_score"}.get(sort, "pk")
    seen: list[Invoice] = []
    start: Any = ""
    while start is not None:
        page = sorted_page(invoices_of(organisation), sort, start)
        seen += page.rows
        start = page.next_start
    assert sorted(invoice.pk for invoice in seen) == [invoice.pk for invoice in piles]
    known = [invoice for invoice in seen if getattr(invoice, column) is not None]
    assert seen[: len(known)] == known
    falling = [(getattr(invoice, column), invoice.pk) for invoice in known]
    if sort is Sort.HEALTH:
        falling = [(-value, pk) for value, pk in falling]
    assert falling == sorted(falling, reverse=True)


@pytest.mark.parametrize("sort", list(Sort))
def test_the_way_up_is_the_way_down_reversed(
    piles: list[Invoice], organisation: Organisation, sort: Sort
) -> None:
    invoices = invoices_of(organisation)
    order = first_rows(invoices, sort, "", 100)
    for position, invoice in enumerate(order):
        start = place(invoice, sort)
        assert first_rows(invoices, sort, start, 100) == order[position:]
        assert rows_before(invoices, sort, start, 100) == order[:position][::-1]


def test_counting_stops_where_it_would_take_long(
    piles: list[Invoice], organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoice_processor.selectors.invoices.MOST_COUNTED", 8)
    assert counts_among(invoices_of(organisation)).by_state == {"CLEARED": 8}
    assert not counts_among(invoices_of(organisation)).is_more
    monkeypatch.setattr("invoice_processor.selectors.invoices.MOST_COUNTED", 7)
    assert counts_among(invoices_of(organisation)).is_more


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_is_as_long_as_a_day(day: dt.date) -> None:
    since, until = Days(day, day).moments()
    assert since
    assert until
    assert until - since == dt.timedelta(days=1)
