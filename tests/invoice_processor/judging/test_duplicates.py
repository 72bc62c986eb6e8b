"""The same invoice twice: found whatever it is printed like and whichever copy is judged first."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from django.db import transaction

from accounts.models import Organisation, User
from compliance.duplicates import Reason
from gst.invoice import DocumentKind, Party
from gst.invoice import Invoice as Paper
from invoice_processor.models import (
    Finding,
    Invoice,
    InvoiceDuplicateLink,
    InvoiceState,
    JobState,
    ProcessingJob,
)
from invoice_processor.pipeline.run import process
from invoice_processor.services.intake import Accepted, accept, open_batch
from specimens import sample_invoice
from tests.conftest import Take, incoming, pdf
from tests.invoice_processor.known import know, processed, reading_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db

PAPER = sample_invoice(7, e_invoice=False, number="INV/001", date=date(2026, 5, 2))
REGISTERED = sample_invoice(8, e_invoice=True)


def links() -> set[tuple[int, int, str]]:
    """Who repeats whom, and why."""
    return set(InvoiceDuplicateLink.objects.values_list("invoice_id", "original_id", "reason"))


def duplicate_findings(invoice: Invoice) -> list[str]:
    return list(invoice.findings.filter(rule__startswith="duplicate_").values_list("rule", flat=True))


Outcome = tuple[
    frozenset[tuple[int, int, str]], tuple[tuple[int, str, str], ...], tuple[tuple[str, str], ...]
]


def outcome() -> Outcome:
    """All links, duplicate findings and states."""
    duplicates = Finding.objects.filter(rule__startswith="duplicate_").order_by("invoice_id")
    return (
        frozenset(links()),
        tuple(duplicates.values_list("invoice_id", "rule", "message")),
        tuple(Invoice.objects.order_by("pk").values_list("state", "state_reason")),
    )


def test_the_same_file_in_another_batch_is_a_duplicate(
    take: Take, organisation: Organisation, user: User
) -> None:
    (first,) = take("")
    (again,) = accept(open_batch(organisation, user, "Again", 1), [incoming("copy.pdf", pdf("", "0"))])
    assert isinstance(again, Accepted)
    assert processed(first, PAPER).state == InvoiceState.CLEARED
    second = processed(again.invoice, PAPER)
    assert links() == {(second.pk, first.pk, Reason.SAME_FILE)}
    assert second.state == InvoiceState.HAS_ANOMALIES
    assert second.state_reason == f"It is the same file, byte for byte, as {PAPER.number}."


def test_the_same_irn_is_a_duplicate_whatever_else_was_read(take: Take) -> None:
    first, second = take("", "")
    processed(first, REGISTERED)
    processed(second, replace(REGISTERED, number="misread", vendor=Party()))
    assert links() == {(second.pk, first.pk, Reason.SAME_IRN)}


@pytest.mark.parametrize(
    "printed", ["INV/001", "inv-1", "INV 01", "Inv/2026-27/1", "INV/26-27/001", "INV001"]
)
def test_a_number_is_the_same_however_it_is_printed(take: Take, printed: str) -> None:
    first, second = take("", "")
    processed(first, PAPER)
    processed(second, replace(PAPER, number=printed))
    assert links() == {(second.pk, first.pk, Reason.SAME_NUMBER)}


@pytest.mark.parametrize(
    "other",
    [
        replace(PAPER, number="INV/002"),
        replace(PAPER, date=date(2027, 5, 2)),
        replace(PAPER, date=date(2026, 3, 31)),
        replace(PAPER, date=None),
        replace(PAPER, vendor=sample_invoice(9).vendor),
        replace(PAPER, vendor=replace(PAPER.vendor, gstin=None)),
        replace(PAPER, kind=DocumentKind.CREDIT_NOTE),
    ],
    ids=["number", "next year", "year before", "no date", "vendor", "no GSTIN", "kind"],
)
def test_another_number_year_vendor_or_kind_is_no_certain_duplicate(take: Take, other: Paper) -> None:
    first, second = take("", "")
    processed(first, PAPER)
    processed(second, other)
    assert not links() - {(second.pk, first.pk, "near")}
    assert duplicate_findings(second) == []


def test_papers_without_numbers_are_no_certain_duplicates(take: Take) -> None:
    first, second = take("", "")
    for invoice in (first, second):
        processed(invoice, replace(PAPER, number=None, irn=None))
    assert links() == {(second.pk, first.pk, "near")}


def test_another_organisation_is_never_looked_at(take: Take) -> None:
    (first,) = take("")
    theirs = open_batch(Organisation.objects.create(name="Neem Foods"), None, "Theirs", 1)
    (taken,) = accept(theirs, [incoming("0.pdf", pdf("", "0"))])
    assert isinstance(taken, Accepted)
    processed(first, REGISTERED)
    assert processed(taken.invoice, REGISTERED).state == InvoiceState.CLEARED
    assert links() == set()


def test_a_later_copy_judged_first_is_marked_when_the_earlier_one_is_read(take: Take) -> None:
    first, second = take("", "")
    assert processed(second, PAPER).state == InvoiceState.CLEARED
    assert processed(first, PAPER).state == InvoiceState.CLEARED
    second.refresh_from_db()
    assert second.state == InvoiceState.HAS_ANOMALIES
    assert links() == {(second.pk, first.pk, Reason.SAME_NUMBER)}
    assert duplicate_findings(second) == ["duplicate_same_number"]


def test_the_order_of_judging_changes_nothing(take: Take) -> None:
    """Three copies, of which the last two are also the same e-invoice: six orders, one outcome."""
    plain, registered = replace(REGISTERED, irn=None), REGISTERED
    invoices = take("", "", "")
    outcomes: set[Outcome] = set()
    for order in permutations(range(3)):
        with transaction.atomic():
            for position in order:
                processed(invoices[position], plain if position == 0 else registered)
            outcomes.add(outcome())
            transaction.set_rollback(True)
    assert len(outcomes) == 1
    ((found, findings, _),) = outcomes
    first, second, third = (invoice.pk for invoice in invoices)
    assert found == {
        (second, first, Reason.SAME_NUMBER),
        (third, first, Reason.SAME_NUMBER),
        (third, second, Reason.SAME_IRN),
    }
    assert [(pk, rule) for pk, rule, _ in findings] == [
        (second, "duplicate_same_number"),
        (third, "duplicate_same_irn"),
    ]


def test_processing_again_keeps_one_link_and_one_finding(take: Take) -> None:
    first, second = take("", "")
    for invoice in (first, second, first, second, second):
        ProcessingJob.objects.filter(invoice=invoice).update(state=JobState.QUEUED, attempts=0)
        processed(invoice, PAPER)
    assert links() == {(second.pk, first.pk, Reason.SAME_NUMBER)}
    assert duplicate_findings(second) == ["duplicate_same_number"]
    assert duplicate_findings(first) == []


def test_an_unread_copy_is_not_marked_before_it_is_read(take: Take) -> None:
    first, second = take("", "refuse")
    process(second.pk)
    processed(first, PAPER)
    second.refresh_from_db()
    assert second.state == InvoiceState.FAILED


@pytest.mark.django_db(transaction=True)
def test_copies_judged_at_once_cannot_miss_each_other(take: Take) -> None:
    invoices = take("", "", "", "")
    for invoice in invoices:
        know(invoice.document, reading_of(PAPER))
    waiting = [invoice.pk for invoice in invoices]
    at_once(lambda: process(waiting.pop()))
    assert len(links()) == 6
    assert sorted(Invoice.objects.values_list("state", flat=True)) == ["CLEARED"] + ["HAS_ANOMALIES"] * 3
    first = invoices[0]
    assert all(
        duplicate_findings(invoice) == ([] if invoice == first else ["duplicate_same_number"])
        for invoice in invoices
    )
