"""Once a GSTIN is verified, all that was judged without its record is judged by it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db.models.functions import Now

from accounts.models import Organisation, OrganisationGstin
from invoice_processor import tasks
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import (
    GSTCacheEntry,
    ImportedRegistration,
    Invoice,
    InvoiceState,
    Source,
    Vendor,
    Verification,
)
from invoice_processor.services import rejudging
from invoice_processor.services.verification import remember
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import processed
from tests.invoice_processor.vendors import DAY, GSTIN, VENDOR, paper, record, rules, score, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(take: Take) -> Invoice:
    (taken,) = take("")
    return processed(taken, paper("A/1"))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, set()),
        ({"status": "Cancelled suo-moto", "cancelled_on": DAY - dt.timedelta(1)}, {"vendor_cancelled"}),
        ({"status": "Cancelled", "cancelled_on": DAY + dt.timedelta(1)}, {"vendor_cancelled_since"}),
        ({"status": "Suspended"}, {"vendor_suspended"}),
        ({"status": "Inactive"}, {"vendor_not_active"}),
        ({"registered_on": DAY + dt.timedelta(1)}, {"vendor_not_yet_registered"}),
        ({"taxpayer_type": "Composition"}, {"composition_charges_tax"}),
        ({"legal_name": "Quillon Bright Zeta"}, {"vendor_name_differs"}),
        ({"is_registered": False, "legal_name": "", "status": ""}, {"vendor_gstin_unknown"}),
    ],
)
def test_a_record_is_judged_at_the_date_of_the_invoice(
    invoice: Invoice, facts: dict[str, object], found: set[str]
) -> None:
    assert (invoice.verification, rules(invoice)) == (Verification.PENDING, set())
    before = score(invoice)
    verify(**facts)
    assert rules(invoice) == found
    after = score(invoice)
    assert invoice.verification == Verification.PORTAL
    assert after > before if not found else after != before


def test_every_organisation_and_invoice_of_the_vendor_is_judged_anew(take: Take, invoice: Invoice) -> None:
    second, other = take("x", "y")
    processed(second, paper("A/2"))
    processed(other, replace(paper("B/1"), vendor=replace(VENDOR, gstin=None)))
    stranger = Organisation.objects.create(name="Other Traders")
    Invoice.objects.filter(pk=second.pk).update(organisation=stranger)
    Vendor.objects.note(stranger.pk, [GSTIN])
    verify()
    states = dict(Invoice.objects.values_list("pk", "verification"))
    assert states == {invoice.pk: "portal", second.pk: "portal", other.pk: "pending"}


def test_a_chunk_at_a_time_until_nothing_is_left(
    take: Take, invoice: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejudging, "CHUNK", 1)
    (second,) = take("x")
    processed(second, paper("A/2"))
    remember(record(), Source.PORTAL)
    assert rejudging.rejudge_outdated()
    assert Invoice.objects.filter(verification=Verification.PORTAL).count() == 1
    while rejudging.rejudge_outdated():
        pass
    assert Invoice.objects.filter(verification=Verification.PORTAL).count() == 2


def test_a_lost_message_is_found_again_and_a_settled_record_is_left_alone(invoice: Invoice) -> None:
    remember(record(), Source.PORTAL)  # nobody hears the ring
    entries = GSTCacheEntry.objects.filter(gstin=GSTIN, is_settled=False)
    assert entries.exists()
    rejudging.rejudge_outdated()
    assert score(invoice)
    assert invoice.verification == Verification.PORTAL
    rejudging.rejudge_outdated()
    assert entries.exists()  # judging that began before may still end
    entries.update(verified_at=Now() - 2 * rejudging.SETTLES_AFTER)
    rejudging.rejudge_outdated()
    assert not entries.exists()


def test_judging_that_ended_late_is_made_good(invoice: Invoice) -> None:
    verify()
    Invoice.objects.update(
        registrations_as_of=None, verification=Verification.PENDING
    )  # as a slow worker would
    rejudging.rejudge_outdated()
    assert Invoice.objects.get().verification == Verification.PORTAL


def test_what_was_judged_by_the_record_is_not_judged_again(invoice: Invoice, take: Take) -> None:
    verify()
    (later,) = take("x")
    processed(later, paper("A/9"))
    judged_at = list(Invoice.objects.order_by("pk").values_list("judged_at", flat=True))
    assert not rejudging.rejudge_outdated()
    assert list(Invoice.objects.order_by("pk").values_list("judged_at", flat=True)) == judged_at


def test_an_invoice_under_way_is_left_to_its_worker(invoice: Invoice) -> None:
    Invoice.objects.update(state=InvoiceState.PROCESSING)
    verify()
    assert Invoice.objects.get().verification == Verification.PENDING


def test_one_invoice_that_fails_does_not_hold_up_the_others(
    invoice: Invoice, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    (second,) = take("x")
    processed(second, paper("A/2"))

    def fail_once(pk: int) -> None:
        if pk == invoice.pk:
            raise RuntimeError
        rejudge(pk)

    monkeypatch.setattr(rejudging, "rejudge", fail_once)
    verify()
    states = dict(Invoice.objects.values_list("pk", "verification"))
    assert states == {invoice.pk: "pending", second.pk: "portal"}
    monkeypatch.setattr(rejudging, "rejudge", rejudge)
    rejudging.rejudge_outdated()
    assert score(invoice)
    assert invoice.verification == Verification.PORTAL


def test_a_claim_counts_for_its_organisation_only_and_gives_way_to_the_portal(
    organisation: Organisation, invoice: Invoice, take: Take
) -> None:
    stranger = Organisation.objects.create(name="Other Traders")
    facts = {"gstin": GSTIN, "legal_name": VENDOR.name or "", "status": "Suspended", "verified_at": Now()}
    ImportedRegistration.objects.create(organisation=stranger, **facts)
    rejudging.rejudge_outdated()
    assert rules(invoice) == set()
    ImportedRegistration.objects.create(organisation=organisation, **facts)
    rejudging.rejudge_outdated()
    score(invoice)
    assert (invoice.verification, rules(invoice)) == (Verification.IMPORTED, {"vendor_suspended"})
    verify()
    score(invoice)
    assert (invoice.verification, rules(invoice)) == (Verification.PORTAL, set())


def test_a_buyer_in_a_special_economic_zone_is_known_once_verified(
    organisation: Organisation, take: Take
) -> None:
    local = sample_invoice(11, e_invoice=False, inter_state=False, date=DAY)
    buyer = local.buyer.gstin or ""
    OrganisationGstin.objects.create(organisation=organisation, gstin=buyer)
    (taken,) = take("")
    invoice = processed(taken, local)
    assert not invoice.findings.filter(field="cgst")
    remember(record(gstin=buyer, legal_name=local.buyer.name, taxpayer_type="SEZ Unit"), Source.PORTAL)
    rejudging.rejudge_outdated()
    assert invoice.findings.get(field="cgst").expected == "IGST"


def test_the_tasks_do_it_with_or_without_a_broker(invoice: Invoice) -> None:
    remember(record(), Source.PORTAL)
    tasks.tend_vendors()
    assert Vendor.objects.get(gstin=GSTIN).unverified_invoices == 1
    tasks.rejudge_outdated()
    tasks.tend_vendors()
    assert Vendor.objects.get(gstin=GSTIN).unverified_invoices == 0
