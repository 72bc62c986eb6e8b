"""The judgement that is stored: score, state, versions of a person, and what is known around an invoice."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation, OrganisationGstin
from compliance.score import RUBRIC
from extraction.amend.amended import MANUAL
from extraction.reading import FieldValue, ReadingWarning, Source
from gst import irp_keys
from gst.invoice import DocumentKind, Party
from invoice_processor.judging.current import current_reading
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import (
    GSTCacheEntry,
    Invoice,
    InvoiceState,
    InvoiceVersion,
    JobState,
    ProcessingJob,
    Verification,
)
from specimens import make_gstin, sample_invoice, sandbox_key, signed_qr
from tests.conftest import Take
from tests.invoice_processor.known import corrected, judged, know, processed, reading_of

pytestmark = pytest.mark.django_db

ZERO = Decimal(0)
DAY = dt.date(2026, 5, 4)
PAPER = sample_invoice(7, e_invoice=False, date=DAY)
REGISTERED = sample_invoice(8, e_invoice=True)
STRANGER = make_gstin("27", "XQCFS4711K")


def rules(invoice: Invoice) -> set[str]:
    return set(invoice.findings.values_list("rule", flat=True))


def parts(invoice: Invoice) -> list[dict[str, Any]]:
    assert invoice.health is not None
    found: list[dict[str, Any]] = invoice.health["parts"]
    return found


def deductions(invoice: Invoice) -> set[str]:
    return {deduction["rule"] for part in parts(invoice) for deduction in part["deductions"]}


def score(invoice: Invoice) -> Decimal:
    invoice.refresh_from_db()
    assert invoice.health_score is not None
    return invoice.health_score


def known_vendor(**changes: Any) -> GSTCacheEntry:
    """The portal's record of the paper's vendor, an ordinary firm, with changes."""
    values: dict[str, Any] = {"status": "Active", "source": "portal", "verified_at": timezone.now()} | changes
    return GSTCacheEntry.objects.create(gstin=PAPER.vendor.gstin or "", **values)


def test_the_score_is_stored_with_its_parts_which_add_up(take: Take) -> None:
    invoice = judged(take("")[0], replace(PAPER, number=None))
    assert invoice.health is not None
    assert invoice.health["rubric"] == RUBRIC
    assert sum((Decimal(part["points"]) for part in parts(invoice)), ZERO) == invoice.health_score
    for part in parts(invoice):
        lost = sum((Decimal(deduction["points"]) for deduction in part["deductions"]), ZERO)
        assert Decimal(part["points"]) == Decimal(part["weight"]) - lost
    assert {"missing_invoice_number", "vendor_not_verified"} <= deductions(invoice)


def test_a_paper_that_bills_nothing_has_no_score(take: Take) -> None:
    (invoice,) = take("")
    judged(invoice, PAPER)
    judged(invoice, replace(PAPER, kind=DocumentKind.DELIVERY_CHALLAN))
    assert (invoice.state, invoice.health_score, invoice.health_grade) == ("NOT_AN_INVOICE", None, "")
    assert invoice.health is None


def test_a_duplicate_is_at_risk(take: Take) -> None:
    first, second = take("", "")
    judged(first, PAPER)
    assert judged(second, PAPER).health_grade == "AT_RISK"
    first.refresh_from_db()
    assert first.health_grade == "HEALTHY"


def test_a_later_copy_judged_first_loses_its_good_score(take: Take) -> None:
    first, second = take("", "")
    assert judged(second, PAPER).health_grade == "HEALTHY"
    judged(first, PAPER)
    second.refresh_from_db()
    assert second.health_grade == "AT_RISK"


@pytest.mark.parametrize(("own", "found"), [([], False), ([STRANGER], True), ([PAPER.buyer.gstin], False)])
def test_the_buyer_must_be_the_organisation(
    take: Take, organisation: Organisation, own: list[str], found: bool
) -> None:
    for gstin in own:
        OrganisationGstin.objects.create(organisation=organisation, gstin=gstin)
    assert ("addressed_to_someone_else" in rules(judged(take("")[0], PAPER))) == found


def test_the_vendors_record_is_judged_at_the_invoices_date(take: Take) -> None:
    entry = known_vendor(legal_name=PAPER.vendor.name)
    invoice = judged(take("")[0], PAPER)
    assert invoice.verification == Verification.PORTAL
    assert not any(rule.startswith("vendor_") for rule in rules(invoice))
    before = score(invoice)
    GSTCacheEntry.objects.filter(pk=entry.pk).update(
        status="Cancelled", cancelled_on=DAY - dt.timedelta(days=1)
    )
    rejudge(invoice.pk)
    assert "vendor_cancelled" in rules(invoice)
    assert score(invoice) < before


def test_verification_waits_and_the_score_says_so(take: Take) -> None:
    invoice = judged(take("")[0], PAPER)
    assert invoice.verification == Verification.PENDING
    before = score(invoice)
    known_vendor()
    rejudge(invoice.pk)
    assert score(invoice) == before + Decimal("1.5")


def test_a_verified_code_proves_the_vendor(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    code = signed_qr(REGISTERED, sandbox_key(), issuer="NIC")
    invoice = judged(take("")[0], REGISTERED, qr_text=code)
    assert invoice.verification == Verification.PENDING
    assert "qr_unverifiable" in rules(invoice)
    key = irp_keys.IrpKey(id=None, public_key=sandbox_key().public_key(), is_trusted=True)
    monkeypatch.setattr("gst.signed_qr.bundled", lambda: (key,))
    rejudge(invoice.pk)
    invoice.refresh_from_db()
    assert invoice.verification == Verification.SIGNED_QR
    assert not rules(invoice) & {"qr_unverifiable", "qr_forged"}


def test_what_the_portal_signed_is_compared_with_the_print(take: Take) -> None:
    tampered = replace(REGISTERED, totals=replace(REGISTERED.totals, grand_total=Decimal(99)))
    code = signed_qr(REGISTERED, sandbox_key())
    invoice = judged(take("")[0], tampered, qr_text=code)
    assert "print_contradicts_qr_total" in rules(invoice)
    assert invoice.health_grade == "AT_RISK"


def test_a_scan_that_seems_to_differ_from_its_code_is_compared_by_a_person(take: Take) -> None:
    code = signed_qr(REGISTERED, sandbox_key())
    warning = ReadingWarning(code="qr_other_number", message="-")
    read = FieldValue(value=REGISTERED.number or "", confidence=99, source=Source.SIGNED_QR, reason="-")
    seen: dict[str, Any] = {"qr_text": code, "warnings": (warning,)}
    invoice = judged(take("")[0], REGISTERED, **seen, fields={"invoice_number": read})
    assert "print_may_contradict_qr" in rules(invoice)
    typed = read.model_copy(update={"source": Source.PERSON})
    corrected(invoice, REGISTERED, **seen, fields={"invoice_number": typed})
    assert "print_may_contradict_qr" not in rules(invoice)


def test_a_correction_is_judged_at_once(take: Take) -> None:
    invoice = judged(take("")[0], replace(PAPER, number=None), confidence=50)
    assert invoice.state == InvoiceState.NEEDS_REVIEW
    corrected(invoice, PAPER, confidence=100)
    assert (invoice.number, invoice.state) == (PAPER.number, InvoiceState.CLEARED)
    assert "missing_invoice_number" not in rules(invoice)
    assert invoice.lines.count() == len(PAPER.lines)


def test_processing_again_never_overwrites_a_person(take: Take) -> None:
    invoice = processed(take("")[0], replace(PAPER, number="misread"))
    corrected(invoice, PAPER)
    ProcessingJob.objects.update(state=JobState.QUEUED, attempts=0)
    processed(invoice, replace(PAPER, number="misread again"))
    assert (invoice.number, invoice.state) == (PAPER.number, InvoiceState.CLEARED)
    assert invoice.reading is not None
    assert "misread again" in invoice.reading.reading
    assert current_reading(invoice) == reading_of(PAPER)


def test_an_unreadable_invoice_typed_by_hand_goes_the_same_way(take: Take) -> None:
    (invoice,) = take("refuse")
    Invoice.objects.update(state=InvoiceState.FAILED)
    corrected(invoice, PAPER, engine=MANUAL, confidence=0)
    assert (invoice.state, invoice.confidence) == (InvoiceState.CLEARED, None)
    assert (invoice.grand_total, invoice.lines.count()) == (PAPER.totals.grand_total, len(PAPER.lines))
    assert "reading_uncertain" not in deductions(invoice)


def test_judging_again_is_left_to_the_attempt_under_way(take: Take) -> None:
    (invoice,) = take("")
    know(invoice.document, reading_of(PAPER))
    InvoiceVersion.objects.create(
        invoice=invoice, number=1, reading=reading_of(PAPER).model_dump_json(), changes=[]
    )
    for state in (InvoiceState.QUEUED, InvoiceState.PROCESSING):
        Invoice.objects.update(state=state)
        rejudge(invoice.pk)
        invoice.refresh_from_db()
        assert (invoice.state, invoice.number) == (state, "")


def test_judging_again_leaves_alone_what_nobody_has_read_and_what_is_gone(take: Take) -> None:
    (invoice,) = take("")
    Invoice.objects.update(state=InvoiceState.FAILED, state_reason="Encrypted.")
    rejudge(invoice.pk)
    rejudge(invoice.pk + 1)
    invoice.refresh_from_db()
    assert (invoice.state, invoice.state_reason) == (InvoiceState.FAILED, "Encrypted.")


def test_judging_again_changes_nothing_when_nothing_has_changed(take: Take) -> None:
    first, second = take("", "")
    judged(first, PAPER)
    judged(second, replace(PAPER, vendor=Party(name="Another")))

    def stored() -> list[object]:
        skipped = {"state_changed_at", "judged_at"}
        names = [field.attname for field in Invoice._meta.concrete_fields if field.name not in skipped]
        findings = [list(one.findings.values_list("rule", "message")) for one in (first, second)]
        return [*Invoice.objects.order_by("pk").values_list(*names), *findings]

    before = stored()
    for invoice in (first, second, first):
        rejudge(invoice.pk)
    assert stored() == before
