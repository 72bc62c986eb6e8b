"""The figures of vendors are counted from their invoices."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import Decision, Invoice, JobState, ProcessingJob, Vendor
from invoice_processor.services.deletion import delete
from invoice_processor.services.vendors import recount, recount_all
from tests.conftest import Take
from tests.invoice_processor.known import processed
from tests.invoice_processor.vendors import GSTIN, VENDOR, paper, verify

pytestmark = pytest.mark.django_db


def the_vendor() -> Vendor:
    return Vendor.objects.get(gstin=GSTIN)


def test_a_vendor_is_there_once_its_first_invoice_is_judged(take: Take, organisation: Organisation) -> None:
    first, second = (processed(taken, paper(f"A/{n}")) for n, taken in enumerate(take("", "x")))
    recount()
    vendor = the_vendor()
    total = (first.grand_total or 0) + (second.grand_total or 0)
    assert (vendor.organisation, vendor.name) == (organisation, VENDOR.name)
    assert (vendor.invoices, vendor.spend, vendor.last_invoice_on) == (2, total, first.date)
    assert (vendor.unverified_invoices, vendor.unverified_value) == (2, total)
    assert not vendor.recount_due


def test_what_is_verified_is_no_longer_at_stake(take: Take) -> None:
    (taken,) = take("")
    processed(taken, paper("A/1"))
    verify()
    recount()
    assert (the_vendor().unverified_invoices, the_vendor().unverified_value) == (0, Decimal(0))


def test_repeated_and_rejected_invoices_are_no_spend(take: Take) -> None:
    first, repeated, rejected = take("", "x", "y")
    total = processed(first, paper("A/1")).grand_total
    processed(repeated, paper("A/1"))
    processed(rejected, paper("A/3"))
    Invoice.objects.filter(pk=rejected.pk).update(decision=Decision.REJECTED)
    rejudge(rejected.pk)
    recount()
    assert (the_vendor().invoices, the_vendor().spend) == (3, total)


def test_an_invoice_of_another_vendor_after_all_leaves_the_first(take: Take) -> None:
    (taken,) = take("")
    invoice = processed(taken, paper("A/1"))
    recount()
    ProcessingJob.objects.update(state=JobState.QUEUED)
    processed(invoice, replace(paper("A/1"), vendor=replace(VENDOR, gstin=None)))
    recount()
    assert the_vendor().invoices == 0


def test_the_night_counts_everything_anew(take: Take) -> None:
    (taken,) = take("")
    processed(taken, paper("A/1"))
    recount()
    Vendor.objects.update(invoices=99)
    recount()
    assert the_vendor().invoices == 99
    recount_all()
    recount()
    assert the_vendor().invoices == 1
    Vendor.objects.all().delete()
    recount_all()
    recount()
    assert the_vendor().invoices == 1


def test_a_deleted_invoice_counts_for_nothing(take: Take, user: User) -> None:
    (taken,) = take("")
    delete(processed(taken, paper("A/1")), user, timezone.now())
    recount()
    assert (the_vendor().invoices, the_vendor().spend) == (0, Decimal(0))
