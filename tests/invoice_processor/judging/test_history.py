"""What earlier invoices tell about one: prices, accounts and sums, without what no longer counts."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from string import ascii_lowercase
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Membership, Organisation
from gst.invoice import BankAccount, DocumentKind, Line, TaxAmounts, Totals
from gst.invoice import Invoice as Paper
from invoice_processor.judging.judge import judge, rejudge
from invoice_processor.judging.prices import MOST_ITEMS
from invoice_processor.models import Decision, Invoice, ItemPrice
from invoice_processor.services.intake import Accepted, accept, open_batch
from specimens import sample_invoice
from tests.conftest import Take, incoming, pdf
from tests.invoice_processor.known import corrected, judged, reading_of

pytestmark = pytest.mark.django_db

VENDOR = sample_invoice(7, e_invoice=False, inter_state=False).vendor
BUYER = sample_invoice(7, e_invoice=False, inter_state=False).buyer
USUAL = Decimal(100)


def bill(number: int, price: Decimal = USUAL, **changes: Any) -> Paper:
    """An invoice over so many reams of paper at one price; each has another number, day and total."""
    amount = price * (10 + number)
    tax = amount * 9 / 100
    paper = Paper(
        kind=DocumentKind.TAX_INVOICE,
        number=f"K-{number * 37}",
        date=dt.date(2026, 4, 1) + dt.timedelta(days=number * 11),
        vendor=VENDOR,
        buyer=BUYER,
        lines=(
            Line(
                description="A4 paper",
                hsn_sac="4802",
                quantity=Decimal(10 + number),
                unit="NOS",
                unit_price=price,
                taxable_value=amount,
                gst_rate=Decimal(18),
            ),
        ),
        totals=Totals(
            taxable_value=amount, taxes=TaxAmounts(cgst=tax, sgst=tax), grand_total=amount + 2 * tax
        ),
    )
    return replace(paper, **changes)


def rules(invoice: Invoice) -> set[str]:
    return set(invoice.findings.values_list("rule", flat=True))


@pytest.fixture
def history(take: Take) -> list[Invoice]:
    """Three bills at the usual price, and two files that are not read yet."""
    invoices = take(*[""] * 5)
    for number, invoice in enumerate(invoices[:3]):
        judged(invoice, bill(number))
    return invoices


def test_a_price_is_compared_with_three_earlier_ones(history: list[Invoice]) -> None:
    assert "price_above_usual" in rules(judged(history[3], bill(3, USUAL * 2)))


def test_an_earlier_invoice_is_not_compared_with_later_ones(take: Take) -> None:
    first, *later = take(*[""] * 4)
    for number, invoice in enumerate(later):
        judged(invoice, bill(number))
    assert "price_above_usual" not in rules(judged(first, bill(3, USUAL * 2)))


def test_a_correction_takes_the_old_price_back(history: list[Invoice]) -> None:
    corrected(history[0], bill(0, vendor=sample_invoice(9, e_invoice=False).vendor))
    assert "price_above_usual" not in rules(judged(history[3], bill(3, USUAL * 2)))
    assert ItemPrice.objects.count() == 4


@pytest.mark.parametrize(
    "change", [{"decision": Decision.REJECTED}, {"deleted_at": Now()}], ids=["rejected", "deleted"]
)
def test_what_is_rejected_or_deleted_is_no_history(history: list[Invoice], change: dict[str, Any]) -> None:
    Invoice.objects.filter(pk=history[0].pk).update(**change)
    rejudge(history[0].pk)
    assert "price_above_usual" not in rules(judged(history[3], bill(3, USUAL * 2)))
    Invoice.objects.filter(pk=history[0].pk).update(decision="", deleted_at=None)
    rejudge(history[0].pk)
    rejudge(history[3].pk)
    assert "price_above_usual" in rules(history[3])


def test_a_duplicate_does_not_count_twice(take: Take) -> None:
    invoices = take(*[""] * 4)
    for invoice, number in zip(invoices, (0, 1, 1), strict=False):
        judged(invoice, bill(number))
    assert "price_above_usual" not in rules(judged(invoices[3], bill(3, USUAL * 2)))


def test_another_organisation_has_its_own_history(history: list[Invoice]) -> None:
    batch = open_batch(Organisation.objects.create(name="Neem Foods"), None, "Theirs", 1)
    (taken,) = accept(batch, [incoming("0.pdf", pdf("", "theirs"))])
    assert isinstance(taken, Accepted)
    assert "price_above_usual" not in rules(judged(taken.invoice, bill(3, USUAL * 2)))


def test_another_bank_account_is_noticed(history: list[Invoice]) -> None:
    usual, other = BankAccount(number="50100012345678"), BankAccount(number="000111222333")
    judged(history[2], bill(2, bank_account=usual))
    assert "bank_account_changed" not in rules(judged(history[3], bill(3, bank_account=usual)))
    assert "bank_account_changed" in rules(judged(history[4], bill(4, bank_account=other)))


def test_bills_of_the_year_add_up_to_the_threshold_of_tds(history: list[Invoice]) -> None:
    """Goods from 50 lakh rupees a year on: two bills of 20 lakh do not reach it, the third does."""
    each = USUAL * 20_000
    for number in range(3):
        judged(history[number], bill(number, each / (10 + number)))
    assert "tds_likely" in rules(history[2])
    assert "tds_likely" not in rules(history[1])


@pytest.mark.parametrize(
    ("holder", "limit"), [(Membership, "approval_limit"), (Organisation, "accountant_limit")]
)
def test_bills_just_under_an_approval_limit_are_seen_together(
    history: list[Invoice], holder: type[Membership | Organisation], limit: str
) -> None:
    holder._default_manager.update(**{limit: Decimal(1700)})
    today = timezone.localdate()
    judged(history[3], bill(3, date=today))
    assert "bills_split" in rules(judged(history[4], bill(4, date=today)))


def test_questions_are_asked_in_one_round_however_many_items(
    take: Take, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    paper = bill(0)
    names = [f"Item {letter}{letter}" for letter in ascii_lowercase]
    lines = tuple(replace(paper.lines[0], description=name) for name in names)
    first, second = take("", "")
    judged(first, replace(paper, lines=lines))
    with transaction.atomic(), django_assert_max_num_queries(12):
        judge(second, reading_of(replace(bill(5), lines=lines)))
    assert ItemPrice.objects.count() == 2 * len(names)


def test_a_very_long_invoice_is_stored_whole_and_compared_in_part(take: Take) -> None:
    line = bill(0).lines[0]
    lines = tuple(replace(line, description=f"Item {number}") for number in range(1001))
    first, second = take("", "")
    judged(first, replace(bill(0), lines=lines))
    judged(second, replace(bill(5), lines=lines))
    assert second.lines.count() == len(lines)
    assert second.item_prices.count() == MOST_ITEMS
