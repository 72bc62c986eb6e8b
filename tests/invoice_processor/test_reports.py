"""Reports and the dashboard: the figures are those of the invoices behind them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from invoice_processor.models import Finding, Grade, Invoice, InvoiceDuplicateLink, InvoiceState
from invoice_processor.selectors import dashboard, reports
from invoice_processor.selectors.filters import Days, InvoiceFilter
from invoice_processor.selectors.invoices import invoices_of
from invoice_processor.tallies import Stale
from tests.conftest import Take
from tests.invoice_processor.papers import finished, with_line

MAY = Days(dt.date(2026, 5, 1), dt.date(2026, 5, 31))
ONE, OTHER = "29AAGCB7383J1Z4", "27AAPFU0939F1ZV"


@pytest.fixture
def books(take: Take) -> list[Invoice]:
    """Two bills and a credit note of one vendor, one of another, a rejected one, and one of April."""
    day, bill = dt.date(2026, 5, 7), take(*[""] * 6)
    for invoice, gstin, total in zip(
        bill, (ONE, ONE, ONE, OTHER, OTHER, OTHER), (118, 236, 59, 1180, 5, 7), strict=True
    ):
        taxable = Decimal(total) / Decimal("1.18")
        finished(
            invoice,
            vendor_gstin=gstin,
            vendor_name="Kaveri",
            date=day,
            grand_total=total,
            taxable_value=taxable,
            igst=total - taxable,
        )
        with_line(invoice, hsn_sac="4819", gst_rate=Decimal(18), amount=taxable)
    Invoice.objects.filter(pk=bill[2].pk).update(kind="credit_note", in_history=False)
    Invoice.objects.filter(pk=bill[3].pk).update(health_grade=Grade.AT_RISK, state=InvoiceState.HAS_ANOMALIES)
    Invoice.objects.filter(pk=bill[4].pk).update(in_history=False, decision="rejected")
    Invoice.objects.filter(pk=bill[5].pk).update(date=dt.date(2026, 4, 30))
    Finding.objects.create(
        invoice=bill[3], rule="words_contradict_total", severity="critical", title="-", message="-"
    )
    return bill


def test_register_adds_up_and_subtracts_credit_notes(
    books: list[Invoice], organisation: Organisation
) -> None:
    report = reports.register(organisation, MAY)
    rows = list(report.rows)
    assert [row[-1] for row in rows] == [118, 236, -59, 1180]
    assert report.totals
    assert report.totals[-1] == sum(row[-1] for row in rows) == 1475  # type: ignore[misc]
    assert report.totals[6] == 1250
    assert [row[0] for row in rows] == [invoice.pk for invoice in books[:4]]
    assert {row[4] for row in rows} == {"Tax invoice", "Credit note"}


def test_rates_codes_and_vendors_add_up_to_the_register(
    books: list[Invoice], organisation: Organisation
) -> None:
    (rate,) = reports.by_rate(organisation, MAY).rows
    assert rate == (18, 4, 1250, 225)
    (code,) = reports.by_code(organisation, MAY).rows
    assert code[:2] == ("4819", "4819")
    assert code[2].startswith("Cartons")  # type: ignore[union-attr]
    assert code[3:] == (4, 4, 1250)
    vendors = reports.by_vendor(organisation, MAY)
    assert [(row[0], row[3], row[4], row[7]) for row in vendors.rows] == [
        (OTHER, 1, 1, 1180),
        (ONE, 3, 0, 295),
    ]
    assert vendors.totals
    assert vendors.totals[2:] == (4, 1, 1250, 225, 1475)


def test_findings_count_their_invoices(books: list[Invoice], organisation: Organisation) -> None:
    (row,) = reports.by_finding(organisation, MAY).rows
    assert row[:2] == ("words_contradict_total", "Words and figures differ")
    assert row[3:] == ("Critical", 1, 1180)


def test_duplicates_avoided_are_counted_once_and_never_when_approved(
    books: list[Invoice], organisation: Organisation
) -> None:
    copy, first, second = books[1], books[0], books[3]
    for original in (first, second):
        InvoiceDuplicateLink.objects.create(invoice=copy, original=original, reason="same_number")
    InvoiceDuplicateLink.objects.create(invoice=second, original=first, reason="near")  # only a question yet
    report = reports.duplicates(organisation, MAY)
    assert report.totals
    assert report.totals[-1] == 236
    Invoice.objects.filter(pk=copy.pk).update(decision="approved")
    assert list(reports.duplicates(organisation, MAY).rows) == []


def test_ages_add_up(books: list[Invoice], organisation: Organisation) -> None:
    for row in reports.ageing(organisation, Days()).rows:
        assert sum(row[4:-1]) == row[-1]  # type: ignore[arg-type]


def test_small_enterprises_are_paid_in_15_or_45_days(
    books: list[Invoice], organisation: Organisation
) -> None:
    row = next(iter(reports.due_dates(organisation, MAY).rows))
    assert row[-2:] == (dt.date(2026, 5, 22), dt.date(2026, 6, 21))


@pytest.mark.parametrize("name", reports.REPORTS)
def test_every_row_has_a_cell_a_column(books: list[Invoice], organisation: Organisation, name: str) -> None:
    report = reports.REPORTS[name](organisation, Days())
    for row in [*report.bare_rows(), *([report.totals] if report.totals else [])]:
        assert len(row) == len(report.columns)


def test_dashboard_says_what_the_lists_behind_it_say(
    books: list[Invoice], organisation: Organisation
) -> None:
    everything = invoices_of(organisation)
    awaiting, at_risk = dashboard.now(organisation, stale=Stale(organisation.pk))
    assert awaiting.invoices == dashboard.AWAITING.apply(everything).count() == 1
    assert at_risk.invoices == dashboard.AT_RISK.apply(everything).count() == 1
    assert at_risk.value == 1180
    assert at_risk.tax == 180
    today = dt.datetime.now(dt.UTC).date()
    days = Days(today - dt.timedelta(days=3), today + dt.timedelta(days=1))
    processed, chart = dashboard.received(organisation, days, stale=Stale(organisation.pk))
    behind = InvoiceFilter(is_spend=True, received=days).apply(everything)
    assert processed.value == sum(invoice.grand_total or 0 for invoice in behind) == 1541
    assert processed.invoices == InvoiceFilter(received=days).apply(everything).count() == 6
    assert len(chart) == 5
    assert sum(day.at_risk for day in chart) == 1


def test_what_has_changed_is_counted_once_for_a_page(
    books: list[Invoice], organisation: Organisation
) -> None:
    stale = Stale(organisation.pk)
    assert stale.blocks == [books[0].pk // 1000]
    with CaptureQueriesContext(connection) as queries:
        dashboard.now(organisation, stale)
        dashboard.received(organisation, Days(), stale)
    counting = [one["sql"] for one in queries if "grand_total" in one["sql"]]
    assert len(counting) == 1


def test_cards_say_what_the_lists_behind_them_say(books: list[Invoice], organisation: Organisation) -> None:
    everything, stale = invoices_of(organisation), Stale(organisation.pk)
    for share in dashboard.by_category(organisation, Days(), stale):
        behind = InvoiceFilter(category=share.key, is_spend=True).apply(everything)
        assert share.invoices == behind.count() == 4
    for share in dashboard.by_rule(organisation, Days(), stale):
        assert share.invoices == InvoiceFilter(rule=share.key).apply(everything).count() == 1
    for share in dashboard.top_vendors(organisation, Days()):
        behind = InvoiceFilter(vendor=share.key, is_spend=True).apply(everything)
        assert (share.invoices, share.value) == (behind.count(), sum(i.grand_total or 0 for i in behind))


@pytest.mark.parametrize(("length", "bars"), [(30, 31), (92, 93), (300, 44), (900, 31)])
def test_a_chart_has_as_many_bars_as_can_be_read(
    books: list[Invoice], organisation: Organisation, length: int, bars: int
) -> None:
    last = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    days = Days(last - dt.timedelta(days=length), last)
    _, chart = dashboard.received(organisation, days, stale=Stale(organisation.pk))
    assert abs(len(chart) - bars) <= 1
