"""Corrections: versions of a reading that people make, judged at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import User
from extraction.amend.amended import LINES, Place
from extraction.amend.lines import in_cells
from extraction.reading import Box, FieldValue, Reading, Source
from gst.invoice import DocumentKind, Totals
from gst.invoice import Invoice as Paper
from invoice_processor.judging.current import current_reading
from invoice_processor.judging.versions import basis_of, suggestions
from invoice_processor.models import Decision, DuplicateVerdict, Event, Invoice, InvoiceState
from invoice_processor.pipeline.run import process
from invoice_processor.services import duplicates
from invoice_processor.services.corrections import (
    Conflict,
    Invalid,
    Refused,
    Typed,
    correct,
    ignore,
    restore,
    take_over,
)
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import judged, processed
from tests.threads import at_once

PAPER = sample_invoice(11, inter_state=False, e_invoice=False, line_count=2)
TOTAL = PAPER.totals.grand_total or Decimal(0)
WRONG = replace(PAPER, totals=replace(PAPER.totals, grand_total=TOTAL + 900))


@pytest.fixture
def invoice(take: Take) -> Invoice:
    return judged(take("")[0], WRONG)


def typed(invoice: Invoice, by: User, basis: str | None = None, **fields: str) -> Invoice:
    correct(invoice, Typed(fields=fields), by, basis=basis if basis is not None else basis_of(invoice))
    invoice.refresh_from_db()
    return invoice


def rules(invoice: Invoice) -> set[str]:
    return set(invoice.findings.values_list("rule", flat=True))


def test_correction_is_judged_at_once(invoice: Invoice, user: User) -> None:
    assert "total_does_not_add_up" in rules(invoice)
    score = invoice.health_score
    typed(invoice, user, grand_total=f"₹{PAPER.totals.grand_total}")
    assert "total_does_not_add_up" not in rules(invoice)
    assert invoice.grand_total == PAPER.totals.grand_total
    assert invoice.health_score
    assert score
    assert invoice.health_score > score


def test_correction_tells_who_changed_what(invoice: Invoice, user: User) -> None:
    typed(invoice, user, invoice_number="X/1")
    version = invoice.versions.get()
    change = {"field": "invoice_number", "before": PAPER.number, "after": "X/1"}
    assert (version.number, version.author, version.changes) == (1, user, [change])
    event = Event.objects.get(invoice=invoice, action="invoice.corrected")
    assert (event.actor, event.data) == (user, {"version": 1, "changes": [change]})
    reading = current_reading(invoice)
    assert reading
    value = reading.fields["invoice_number"]
    assert (value.source, value.confidence) == (Source.PERSON, 100)
    assert value.reason.startswith("typed by asha@example.in on ")


def test_what_is_not_understood_changes_nothing(invoice: Invoice, user: User) -> None:
    with pytest.raises(Invalid) as caught:
        typed(invoice, user, grand_total="much", invoice_date="20 Aug 2025")
    assert caught.value.errors.keys() == {"grand_total"}
    assert not invoice.versions.exists()


def test_wrong_gstin_is_kept_since_the_paper_may_print_it(invoice: Invoice, user: User) -> None:
    typed(invoice, user, vendor_gstin="27aapfu0939f1zx")
    assert invoice.vendor_gstin == "27AAPFU0939F1ZX"
    assert "invalid_vendor_gstin" in rules(invoice)


def test_value_picked_up_in_the_document_keeps_its_place(invoice: Invoice, user: User) -> None:
    place = Place(1, Box(left=0.1, top=0.2, right=0.3, bottom=0.4))
    correct(
        invoice,
        Typed(fields={"invoice_number": "X/1"}, places={"invoice_number": place}),
        user,
        basis=basis_of(invoice),
    )
    reading = current_reading(invoice)
    assert reading
    assert reading.fields["invoice_number"].box == place.box


def test_confirming_doubtful_values_ends_the_review(take: Take, user: User) -> None:
    names = ("invoice_number", "invoice_date", "vendor_gstin", "buyer_gstin", "grand_total")
    doubt = FieldValue(value="?", confidence=40, source=Source.OCR, reason="blurred")
    invoice = judged(take("")[0], PAPER, confidence=40, fields=dict.fromkeys(names, doubt))
    assert invoice.state == InvoiceState.NEEDS_REVIEW
    total = str(PAPER.totals.grand_total)
    parties = {"vendor_gstin": PAPER.vendor.gstin or "", "buyer_gstin": PAPER.buyer.gstin or ""}
    typed(invoice, user, invoice_number=PAPER.number or "", grand_total=total, **parties)
    assert invoice.state == InvoiceState.NEEDS_REVIEW
    typed(invoice, user, invoice_date=str(PAPER.date))
    assert (invoice.state, invoice.confidence) == (InvoiceState.CLEARED, 100)


def test_two_people_who_type_into_one_field_are_told(invoice: Invoice, user: User) -> None:
    seen = basis_of(invoice)
    typed(invoice, user, seen, invoice_number="A/1")
    with pytest.raises(Conflict) as caught:
        typed(invoice, user, seen, invoice_number="B/1")
    (clash,) = caught.value.clashes
    assert (clash.field, clash.theirs, clash.yours) == ("invoice_number", "A/1", "B/1")
    assert caught.value.by == str(user)
    invoice.refresh_from_db()
    assert invoice.number == "A/1"


def test_two_people_who_type_into_different_fields_both_count(invoice: Invoice, user: User) -> None:
    seen = basis_of(invoice)
    typed(invoice, user, seen, invoice_number="A/1")
    typed(invoice, user, seen, vendor_name="Deodar Mills")
    assert (invoice.number, invoice.vendor_name) == ("A/1", "Deodar Mills")


def test_same_words_of_two_people_are_no_conflict(invoice: Invoice, user: User) -> None:
    seen = basis_of(invoice)
    for _ in range(2):
        typed(invoice, user, seen, invoice_number="A/1")
    assert invoice.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_make_two_versions(take: Take, user: User) -> None:
    invoice = judged(take("")[0], WRONG)
    seen = basis_of(invoice)
    names = iter(["vendor_name", "buyer_name"])

    def type_in() -> None:
        correct(invoice, Typed(fields={next(names): "Deodar Mills"}), user, basis=seen)

    at_once(type_in, threads=2)
    invoice.refresh_from_db()
    assert (invoice.vendor_name, invoice.buyer_name) == ("Deodar Mills", "Deodar Mills")
    assert list(invoice.versions.values_list("number", flat=True)) == [1, 2]


def test_lines_are_added_removed_changed_and_moved(invoice: Invoice, user: User) -> None:
    second = {**in_cells(WRONG.lines[1]), "was": "1"}
    new = {"description": "Freight", "hsn_sac": "9965", "quantity": "1", "taxable_value": "1,00,000"}
    correct(invoice, Typed(lines=[new, second]), user, basis=basis_of(invoice))
    assert list(invoice.lines.values_list("description", "amount")) == [
        ("Freight", Decimal(100_000)),
        (second["description"], WRONG.lines[1].taxable_value),
    ]
    (change,) = invoice.versions.get().changes
    assert (change["field"], len(change["before"]), len(change["after"])) == (LINES, 2, 2)
    with pytest.raises(Invalid) as caught:
        correct(invoice, Typed(lines=[{"quantity": "many"}]), user, basis=basis_of(invoice))
    assert caught.value.cells.keys() == {(0, "quantity")}


def test_earlier_version_comes_back_as_a_new_one(invoice: Invoice, user: User) -> None:
    typed(invoice, user, invoice_number="A/1")
    typed(invoice, user, invoice_number="A/2")
    restore(invoice, 1, user, basis=basis_of(invoice))
    assert Invoice.objects.get(pk=invoice.pk).number == "A/1"
    restore(invoice, 0, user, basis=basis_of(invoice))
    assert Invoice.objects.get(pk=invoice.pk).number == PAPER.number
    assert invoice.versions.count() == 4
    with pytest.raises(Refused, match="no such version"):
        restore(invoice, 99, user, basis=basis_of(invoice))
    with pytest.raises(Conflict):
        restore(invoice, 1, user, basis="v1")


def test_unreadable_invoice_is_entered_by_hand_through_the_same_rules(take: Take, user: User) -> None:
    (invoice,) = take("refuse")
    process(invoice.pk)
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.FAILED
    typed(invoice, user, invoice_number="A/1", vendor_gstin="27AAPFU0939F1ZX")
    assert (invoice.state, invoice.confidence, invoice.number) == (InvoiceState.HAS_ANOMALIES, None, "A/1")
    assert {"invalid_vendor_gstin", "missing_grand_total"} <= rules(invoice)
    assert invoice.versions.get().is_manual
    typed(invoice, user, invoice_date="1 Aug 2026")
    assert invoice.versions.filter(is_manual=True).count() == 2


def test_person_changes_the_kind_of_a_paper(take: Take, user: User) -> None:
    invoice = judged(take("")[0], Paper(kind=DocumentKind.NOT_INVOICE, totals=Totals()))
    assert invoice.state == InvoiceState.NOT_AN_INVOICE
    typed(invoice, user, kind="receipt")
    assert invoice.state == InvoiceState.HAS_ANOMALIES
    typed(invoice, user, kind="not_invoice")
    assert invoice.state == InvoiceState.NOT_AN_INVOICE


def test_corrected_number_finds_its_duplicate(take: Take, user: User) -> None:
    first, second = take("", "")
    judged(first, PAPER)
    judged(second, replace(sample_invoice(99, vendor=PAPER.vendor), date=PAPER.date, kind=PAPER.kind))
    assert not second.duplicate_of.exists()
    typed(second, user, invoice_number=PAPER.number or "")
    assert second.duplicate_of.get().original == first
    assert "duplicate_same_number" in rules(second)
    duplicates.decide(second.duplicate_of.get(), DuplicateVerdict.DIFFERENT, user)
    typed(second, user, vendor_name="Deodar Mills")
    assert second.duplicate_of.get().verdict == DuplicateVerdict.DIFFERENT  # never asked again


def read_anew(invoice: Invoice, paper: Paper) -> Invoice:
    assert invoice.reading
    kept = invoice.reading
    kept.reading = Reading(invoice=paper, fields={}, confidence=99, engine="new", seconds=0).model_dump_json()
    kept.save()
    return invoice


def test_reading_anew_overwrites_nothing_and_is_offered(invoice: Invoice, user: User) -> None:
    typed(invoice, user, invoice_number="A/1", vendor_name="Deodar Mills")
    assert suggestions(invoice, current_reading(invoice)) == []  # what was replaced is not offered again
    read_anew(invoice, replace(WRONG, number="A/2", currency="USD"))
    processed(invoice, WRONG)
    assert invoice.number == "A/1"
    offered = {s.field: s.value for s in suggestions(invoice, current_reading(invoice))}
    assert offered == {"invoice_number": "A/2", "currency": "USD"}
    ignore(invoice, ["currency"], user)
    take_over(invoice, ["invoice_number"], user)
    invoice.refresh_from_db()
    assert (invoice.number, invoice.currency, invoice.vendor_name) == ("A/2", "INR", "Deodar Mills")
    assert suggestions(invoice, current_reading(invoice)) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"decision": Decision.APPROVED}, "approved: reopen it"),
        ({"state": InvoiceState.QUEUED}, "being read"),
        ({"deleted_at": "2026-01-01T00:00Z"}, "deleted: restore it"),
    ],
)
def test_some_invoices_cannot_be_changed(
    invoice: Invoice, user: User, changes: dict[str, str], reason: str
) -> None:
    Invoice.objects.filter(pk=invoice.pk).update(**changes)
    with pytest.raises(Refused, match=reason):
        typed(invoice, user, invoice_number="A/1")
