"""Papers that may be the same: found by index, asked of a person once, blocked until there is an answer."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db.models.functions import Now

from accounts.models import User
from gst.invoice import DocumentKind
from gst.invoice import Invoice as Paper
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import DuplicateVerdict, Event, Invoice, InvoiceDuplicateLink, InvoiceState
from invoice_processor.pipeline.run import process
from invoice_processor.selectors.duplicates import without_open_question
from invoice_processor.services.duplicates import decide
from specimens import make_gstin, sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import corrected, judged, know, reading_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db

PAPER = sample_invoice(7, e_invoice=False, number="KRM/1971", date=dt.date(2026, 5, 4))
PAN = (PAPER.vendor.gstin or "")[2:12]
Pair = tuple[Invoice, Invoice]


def totalling(paper: Paper, more: str) -> Paper:
    """The paper with another grand total."""
    total = (paper.totals.grand_total or Decimal(0)) + Decimal(more)
    return replace(paper, totals=replace(paper.totals, grand_total=total))


def vendor(**changes: Any) -> Paper:
    return replace(PAPER, vendor=replace(PAPER.vendor, **changes))


def near_findings(invoice: Invoice) -> list[str]:
    return list(invoice.findings.filter(rule="near_duplicate").values_list("message", flat=True))


def open_questions() -> set[int]:
    return set(Invoice.objects.values_list("pk", flat=True)) - set(
        without_open_question(Invoice.objects.all()).values_list("pk", flat=True)
    )


@pytest.fixture
def pair(take: Take) -> Pair:
    """An invoice, and one whose number was read with another character."""
    first, second = take("", "")
    return judged(first, PAPER), judged(second, replace(PAPER, number="KRM/1977"))


@pytest.mark.parametrize(
    "other",
    [
        replace(PAPER, number="KRM/197"),
        replace(PAPER, number="KRM/1971-A", date=dt.date(2026, 8, 20)),
        replace(PAPER, number=None),
        replace(PAPER, date=None),
        replace(PAPER, number="X-9", date=dt.date(2026, 5, 12)),
        totalling(replace(PAPER, number="KRM/197"), "0.99"),
        totalling(replace(PAPER, number="KRM/197"), "-1.00"),
        replace(vendor(gstin=make_gstin("09", PAN)), number="KRM/1971"),
        vendor(gstin=None),
    ],
    ids=["number", "suffix", "no number", "no date", "days", "rupee", "less", "other State", "no GSTIN"],
)
def test_a_likely_copy_is_found_and_asked_about(take: Take, other: Paper) -> None:
    first, second = take("", "")
    judged(first, PAPER)
    judged(second, other)
    link = InvoiceDuplicateLink.objects.get()
    assert (link.invoice, link.original, link.reason) == (second, first, "near")
    assert 50 <= link.likeness < 100
    assert "same vendor, same amount" in link.likeness_reasons
    assert near_findings(second)[0].startswith(f"It is {link.likeness} % like {PAPER.number}: ")
    assert second.state == InvoiceState.HAS_ANOMALIES
    assert open_questions() == {second.pk}


@pytest.mark.parametrize(
    "other",
    [
        totalling(PAPER, "-1.50"),
        replace(PAPER, number="X-9", date=dt.date(2026, 8, 20)),
        vendor(gstin=None, name="Somebody Else"),
        replace(PAPER, number="KRM/1972", date=dt.date(2026, 6, 4)),
        replace(PAPER, kind=DocumentKind.CREDIT_NOTE),
        replace(PAPER, kind=DocumentKind.DELIVERY_CHALLAN),
    ],
    ids=["amount", "nothing more", "vendor", "next of a series", "credit note", "challan"],
)
def test_what_only_resembles_raises_no_question(take: Take, other: Paper) -> None:
    first, second = take("", "")
    judged(first, PAPER)
    judged(second, replace(other, number=other.number if other.number != PAPER.number else "Y-8"))
    assert not InvoiceDuplicateLink.objects.exists()


def test_the_order_of_judging_changes_nothing(take: Take) -> None:
    first, second = take("", "")
    judged(second, replace(PAPER, number="KRM/1977"))
    judged(first, PAPER)
    second.refresh_from_db()
    assert near_findings(second)
    assert not near_findings(first)
    assert second.state == InvoiceState.HAS_ANOMALIES


def test_two_invoices_are_asked_about_once(pair: Pair, user: User) -> None:
    first, second = pair
    assert decide(InvoiceDuplicateLink.objects.get(), DuplicateVerdict.DIFFERENT, user)
    for _ in range(2):
        rejudge(first.pk)
        rejudge(second.pk)
    second.refresh_from_db()
    assert (near_findings(second), second.state) == ([], InvoiceState.CLEARED)
    assert open_questions() == set()
    link = InvoiceDuplicateLink.objects.get()
    assert (link.verdict, link.decided_by) == (DuplicateVerdict.DIFFERENT, user)
    event = Event.objects.get(action="duplicate.decided")
    assert (event.invoice, event.actor) == (second, user)
    assert event.data == {"original": first.pk, "before": "", "after": "different"}


def test_a_confirmed_copy_is_a_duplicate_for_good(pair: Pair, user: User) -> None:
    _, second = pair
    decide(InvoiceDuplicateLink.objects.get(), DuplicateVerdict.DUPLICATE, user)
    corrected(second, totalling(PAPER, "5000"))
    assert list(second.findings.filter(rule="duplicate_confirmed"))
    assert (second.health_grade, second.in_history) == ("AT_RISK", False)
    assert open_questions() == {second.pk}


def test_a_person_may_think_again(pair: Pair, user: User) -> None:
    _, second = pair
    for verdict in (DuplicateVerdict.DUPLICATE, DuplicateVerdict.DIFFERENT):
        decide(InvoiceDuplicateLink.objects.get(), verdict, user)
    second.refresh_from_db()
    assert second.state == InvoiceState.CLEARED


def test_a_correction_takes_an_open_question_back(pair: Pair, user: User) -> None:
    _, second = pair
    link = InvoiceDuplicateLink.objects.get()
    corrected(second, totalling(replace(PAPER, number="KRM/1977"), "5000"))
    assert (near_findings(second), open_questions()) == ([], set())
    assert not decide(link, DuplicateVerdict.DIFFERENT, user)
    assert not Event.objects.exists()


def test_a_correction_of_the_original_frees_its_copy(pair: Pair) -> None:
    first, second = pair
    corrected(first, totalling(PAPER, "5000"))
    second.refresh_from_db()
    assert (near_findings(second), second.state) == ([], InvoiceState.CLEARED)


@pytest.mark.parametrize("verdict", ["", DuplicateVerdict.DUPLICATE])
def test_deleting_the_original_frees_its_copy_until_it_is_restored(
    pair: Pair, user: User, verdict: str
) -> None:
    first, second = pair
    if verdict:
        decide(InvoiceDuplicateLink.objects.get(), DuplicateVerdict(verdict), user)
    for deleted_at, is_free in ((Now(), True), (None, False)):
        Invoice.objects.filter(pk=first.pk).update(deleted_at=deleted_at)
        rejudge(first.pk)
        second.refresh_from_db()
        assert (second.state == InvoiceState.CLEARED) == is_free
        assert second.in_history == (is_free or not verdict)
        assert (open_questions() == set()) == is_free


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", [process, rejudge], ids=["first judged", "judged again"])
def test_likely_copies_judged_at_once_cannot_miss_each_other(
    take: Take, work: Callable[[int], object]
) -> None:
    invoices = take("", "", "", "")
    for place, invoice in enumerate(invoices):
        paper = replace(PAPER, number=f"KRM/1{place * 37}1")
        know(invoice.document, reading_of(paper))
        if work is rejudge:
            judged(invoice, paper)
    if work is rejudge:
        InvoiceDuplicateLink.objects.all().delete()
    waiting = [invoice.pk for invoice in invoices]
    at_once(lambda: work(waiting.pop()))
    assert InvoiceDuplicateLink.objects.filter(reason="near").count() == 6
    assert open_questions() == {invoice.pk for invoice in invoices[1:]}
    states = Invoice.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [InvoiceState.CLEARED] + [InvoiceState.HAS_ANOMALIES] * 3
