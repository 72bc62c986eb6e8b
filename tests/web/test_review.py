"""The page of one invoice, and what is done there."""

import json
import re
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.http import HttpResponse
from django.test import Client

from accounts.models import Membership, User
from extraction.reading import Box, FieldValue, PageText, Reading, Rejected, Source, Word
from invoice_processor.judging.versions import basis_of
from invoice_processor.models import (
    Decision,
    Document,
    DuplicateVerdict,
    Event,
    Invoice,
    InvoiceDuplicateLink,
    InvoiceState,
    JobState,
)
from invoice_processor.pipeline.run import process
from invoice_processor.services.corrections import Typed, correct
from invoice_processor.services.intake import Accepted, accept, open_batch
from specimens import render_pdf, sample_invoice
from tests.conftest import Take, incoming
from tests.invoice_processor.known import judged
from web.review.lines import rows_from
from web.views.review import SCRIPTS

PAPER = sample_invoice(11, inter_state=False, e_invoice=False, line_count=2)
TOTAL = PAPER.totals.grand_total or Decimal(0)
WRONG = replace(PAPER, totals=replace(PAPER.totals, grand_total=TOTAL + 900))
BOX = Box(left=0.1, top=0.2, right=0.3, bottom=0.4)


@pytest.fixture
def invoice(take: Take) -> Invoice:
    doubt = FieldValue(
        value=PAPER.number or "",
        confidence=74,
        source=Source.OCR,
        reason="stands below its label",
        page=1,
        box=BOX,
        rejected=(Rejected(value="OTHER/7", reason="smaller print"),),
    )
    words = (Word(text="Total 118.00", box=BOX, confidence=0.9),)
    page = PageText(number=1, width=9, height=9, rotation=90, source=Source.OCR, words=words)
    return judged(take("")[0], WRONG, fields={"invoice_number": doubt}, pages=(page,))


def shown(desk: Client, invoice: Invoice, query: str = "") -> str:
    return desk.get(f"/invoices/{invoice.pk}/{query}").content.decode()


def post(desk: Client, invoice: Invoice, what: str, **data: Any) -> str:
    data = {"basis": basis_of(invoice)} | data
    response: HttpResponse = desk.post(f"/invoices/{invoice.pk}/{what}/", data)  # type: ignore[assignment]
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_values_with_certainty_reason_and_place(desk: Client, invoice: Invoice) -> None:
    content = shown(desk, invoice)
    assert f'value="{PAPER.number}"' in content
    assert "Check 74 %" in content
    assert all(finders.find(script) for script in SCRIPTS)
    assert "Read from the picture: stands below its label" in content
    assert 'data-box="0.1000,0.2000,0.3000,0.4000"' in content
    assert 'data-fill="OTHER/7" title="smaller print"' in content


def test_finding_stands_at_its_field_with_what_to_do(desk: Client, invoice: Invoice) -> None:
    content = shown(desk, invoice)
    field = content[content.index('data-field="grand_total"') :]
    for text in ("The total does not add up", "Expected", "ask the vendor", "CGST Rules, Rule 46"):
        assert text in field


def test_what_to_look_at_stands_on_top_until_it_is_decided(desk: Client, invoice: Invoice) -> None:
    content = shown(desk, invoice)
    listed = content[content.index('id="concerns-title"') : content.index('data-field="kind"')]
    targets = re.findall(r'href="#([^"]+)" data-go', listed)
    assert targets[0] == "field-grand_total"  # findings before doubts
    assert "field-invoice_number" in targets
    assert "Not sure" in listed
    assert "The total does not add up" in listed
    assert "concerns-title" not in post(desk, invoice, "reject", text="Not ours")


def test_page_of_a_queued_invoice_waits_for_it(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    content = shown(desk, invoice)
    assert f'hx-get="/invoices/{invoice.pk}/live/"' in content
    assert "Missing" not in content
    process(invoice.pk)
    assert "every 2s" not in desk.get(f"/invoices/{invoice.pk}/live/").content.decode()


def test_failed_invoice_is_entered_by_hand_or_retried(desk: Client, take: Take) -> None:
    (invoice,) = take("refuse")
    process(invoice.pk)
    content = shown(desk, invoice)
    assert "enter the invoice by hand" in content
    assert "password" in content  # the reason
    assert 'form="retry"' in content
    content = post(desk, invoice, "correct", field="invoice_number", value="A/1")
    assert "Saved and checked again" in content
    invoice.refresh_from_db()
    assert (invoice.number, invoice.confidence) == ("A/1", None)


def test_failed_invoice_can_be_retried(desk: Client, take: Take) -> None:
    (invoice,) = take("refuse")
    process(invoice.pk)
    response = desk.post(f"/invoices/{invoice.pk}/retry/", follow=True)
    assert b"is in the queue again" in response.content
    invoice.job.refresh_from_db()
    assert invoice.job.state == JobState.QUEUED


def test_only_failed_invoices_are_retried(desk: Client, invoice: Invoice) -> None:
    response = desk.post(f"/invoices/{invoice.pk}/retry/", follow=True)
    assert b"Only an invoice that has failed can be retried" in response.content


def test_correction_comes_back_judged(desk: Client, invoice: Invoice) -> None:
    place = "2,0.1000,0.2000,0.3000,0.4000"
    content = post(desk, invoice, "correct", field="grand_total", value=f"₹ {TOTAL}", place=place)
    assert "The total does not add up" not in content
    assert 'data-page="2" data-box="0.1000' in content
    assert "Typed by asha@example.in" in content
    assert 'data-basis="v1"' in content


def test_everything_a_bill_says_can_be_typed(desk: Client, invoice: Invoice) -> None:
    content = post(desk, invoice, "correct", field="references", value="PO/77 dated 3/4/2026; DC-12")
    assert 'value="PO/77 of 3 Apr 2026; DC-12"' in content
    content = post(desk, invoice, "correct", field="amount_in_words", value="Rupees Nine Crore Only")
    assert ">Rupees Nine Crore Only</textarea>" in content
    assert "Words and figures differ" in content
    content = post(desk, invoice, "correct", field="acknowledgement_date", value="20/8/2026")
    assert 'value="20 Aug 2026"' in content


def test_what_is_not_understood_stays_in_its_field(desk: Client, invoice: Invoice) -> None:
    content = post(desk, invoice, "correct", field="grand_total", value="much")
    assert 'value="much"' in content
    assert "is not one number" in content
    assert not invoice.versions.exists()


def test_second_of_two_people_sees_both_values(desk: Client, invoice: Invoice, user: User) -> None:
    seen = basis_of(invoice)
    correct(invoice, Typed(fields={"invoice_number": "A/1"}), user, basis=seen)
    content = post(desk, invoice, "correct", field="invoice_number", value="B/1", basis=seen)
    assert "asha@example.in changed this meanwhile" in content
    assert "<strong>A/1</strong>" in content
    assert "<strong>B/1</strong>" in content
    assert "Use mine" in content


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("correct", {"field": "password", "value": "x"}),
        ("correct", {"field": "kind", "value": "receipt", "place": "1,2,3,4,5"}),
        ("restore", {"number": "-1"}),
        ("suggestion", {"fields": "nothing", "answer": "take"}),
        ("assign", {"to": "999"}),
    ],
)
def test_request_that_no_page_sends_is_refused(
    desk: Client, invoice: Invoice, what: str, data: dict[str, str]
) -> None:
    assert desk.post(f"/invoices/{invoice.pk}/{what}/", data).status_code == 400


def test_doubtful_cells_of_lines_say_why_and_where(desk: Client, take: Take) -> None:
    price = str(PAPER.lines[0].unit_price)
    doubt = FieldValue(
        value=price, confidence=71, source=Source.OCR, reason="read in its column", page=1, box=BOX
    )
    sure = doubt.model_copy(update={"confidence": 97})
    content = shown(
        desk, judged(take("")[0], PAPER, lines=({"unit_price": doubt, "taxable_value": sure}, {}))
    )
    assert "1 cell to check" in content
    assert (
        content.count('title="Check, 71 %: read in its column" data-box="0.1000,0.2000,0.3000,0.4000"') == 1
    )


def test_lines_come_as_columns(desk: Client, invoice: Invoice) -> None:
    columns = {"was": ["1", "0"], "description": ["Second", "First"], "taxable_value": ["5", "1,00,000"]}
    content = post(desk, invoice, "lines", **columns)
    assert 'value="1,00,000.00"' in content
    assert list(invoice.lines.values_list("description", flat=True)) == ["Second", "First"]
    content = post(desk, invoice, "lines", was=["0"], quantity=["many"])
    assert "is not one number" in content
    assert "data-unsaved" in content
    assert invoice.lines.count() == 2


def test_columns_of_different_length_make_whole_rows() -> None:
    rows = rows_from({"description": ["a", "b"], "quantity": ["1"]})
    assert [(row["description"], row["quantity"], row["was"]) for row in rows] == [
        ("a", "1", ""),
        ("b", "", ""),
    ]


def test_history_tells_changes_and_brings_versions_back(desk: Client, invoice: Invoice) -> None:
    post(desk, invoice, "correct", field="invoice_number", value="A/1")
    content = post(desk, invoice, "correct", field="invoice_number", value="A/2")
    for text in ("A/1</span> →", "A/2</span>", "Go back to this", "Go back to what was read", "sent it in"):
        assert text in content
    post(desk, invoice, "restore", number=0)
    invoice.refresh_from_db()
    assert invoice.number == PAPER.number


def test_new_reading_is_offered_and_answered(desk: Client, invoice: Invoice) -> None:
    post(desk, invoice, "correct", field="invoice_number", value="A/1")
    assert invoice.reading
    newer = replace(WRONG, number="A/2", currency="USD")
    reading = Reading(invoice=newer, fields={}, confidence=99, engine="new", seconds=0)
    invoice.reading.reading = reading.model_dump_json()
    invoice.reading.save()
    assert "Read anew:" in shown(desk, invoice)
    post(desk, invoice, "suggestion", fields="currency", answer="keep")
    assert "Read anew:" not in post(desk, invoice, "suggestion", fields="invoice_number", answer="take")
    invoice.refresh_from_db()
    assert (invoice.number, invoice.currency) == ("A/2", "INR")


def test_approval_goes_on_to_the_next_of_the_list(desk: Client, take: Take) -> None:
    below, middle, above = (judged(one, sample_invoice(n)) for n, one in enumerate(take("", "", ""), 30))
    Invoice.objects.filter(pk=middle.pk).update(decision=Decision.REJECTED)
    response = desk.post(f"/invoices/{above.pk}/approve/", {"basis": basis_of(above), "list": "sort=newest"})
    assert response["HX-Redirect"] == f"/invoices/{below.pk}/?list=sort%3Dnewest"
    response = desk.post(f"/invoices/{below.pk}/approve/", {"basis": basis_of(below), "list": "q=x"})
    assert response["HX-Redirect"] == "/inbox/?q=x"


def test_page_of_a_batch_is_walked_in_its_own_order(desk: Client, take: Take) -> None:
    first, second = (judged(one, sample_invoice(n)) for n, one in enumerate(take("", ""), 30))
    page = desk.get(f"/batches/{first.batch_id}/").content.decode()
    query = f"page%3Dbatch%26batch%3D{first.batch_id}%26show%3D"
    assert f'href="/invoices/{first.pk}/?list={query}"' in page
    assert f'href="/invoices/{second.pk}/?list={query}" data-next' in shown(desk, first, f"?list={query}")
    data = {"basis": basis_of(second), "list": f"page=batch&batch={first.batch_id}&show="}
    response = desk.post(f"/invoices/{second.pk}/approve/", data)
    assert response["HX-Redirect"] == f"/batches/{first.batch_id}/?show="


def test_approval_says_why_not(desk: Client, invoice: Invoice, take: Take) -> None:
    InvoiceDuplicateLink.objects.create(invoice=invoice, original=take("")[0], reason="same_number")
    assert "Say first whether it is the same invoice as" in shown(desk, invoice)
    assert "Say first whether" in post(desk, invoice, "approve")
    invoice.refresh_from_db()
    assert invoice.decision == ""


def test_decided_invoice_is_read_only_until_reopened(desk: Client, invoice: Invoice) -> None:
    content = post(desk, invoice, "reject", text="")
    assert "Say why it is rejected" in content
    content = post(desk, invoice, "reject", text="Not ours")
    assert "Not ours" in content
    assert 'id="field-invoice_number" class="value" ' in content
    assert "readonly" in content
    assert "reopen it before you change it" in post(
        desk, invoice, "correct", field="invoice_number", value="A/1"
    )
    assert "readonly" not in post(desk, invoice, "reopen")


def test_colleague_is_assigned_and_comments_are_shown(
    desk: Client, invoice: Invoice, organisation: Any
) -> None:
    mate = User.objects.create_user("ravi@example.in", "a-long-passphrase")
    member = Membership.objects.create(user=mate, organisation=organisation)
    assert "assigned it to ravi@example.in" in post(desk, invoice, "assign", to=member.pk)
    assert "&lt;b&gt;Look&lt;/b&gt;" in post(desk, invoice, "comment", text="<b>Look</b>")
    assert "assigned it to nobody" in post(desk, invoice, "assign", to="")


def test_viewer_reads_only(viewer: Client, invoice: Invoice) -> None:
    content = shown(viewer, invoice)
    assert "readonly" in content
    for hidden in ("data-approve", "data-add-line", 'id="comment"', "Go back to"):
        assert hidden not in content
    assert viewer.post(f"/invoices/{invoice.pk}/comment/", {"text": "x"}).status_code == 403
    assert not Event.objects.filter(invoice=invoice).exists()


def test_duplicates_are_compared_and_judged(desk: Client, take: Take) -> None:
    first, second = take("", "")
    judged(first, PAPER)
    judged(second, replace(PAPER, buyer=replace(PAPER.buyer, name="Deodar Mills")))
    link = second.duplicate_of.get()
    assert f'href="/duplicates/{link.pk}/?list=show%3Dreview"' in shown(desk, second, "?list=show%3Dreview")
    assert f'href="/duplicates/{link.pk}/"' in shown(desk, first)
    content = desk.get(f"/duplicates/{link.pk}/").content.decode()
    assert '<th scope="row">Buyer<' in content
    assert '<th scope="row">Invoice number<' not in content  # it is the same in both
    assert "never approved, exported or paid" in content
    response = desk.post(f"/duplicates/{link.pk}/verdict/", {"verdict": "duplicate"}, follow=True)
    assert b"Noted: the same invoice." in response.content
    link.refresh_from_db()
    assert link.verdict == DuplicateVerdict.DUPLICATE
    assert desk.post(f"/duplicates/{link.pk}/verdict/", {"verdict": "perhaps"}).status_code == 400


def test_duplicates_of_others_are_not_there(stranger: Client, take: Take) -> None:
    first, second = take("", "")
    link = InvoiceDuplicateLink.objects.create(invoice=second, original=first, reason="same_number")
    assert stranger.get(f"/duplicates/{link.pk}/").status_code == 404
    assert stranger.post(f"/duplicates/{link.pk}/verdict/", {"verdict": "duplicate"}).status_code == 404


def test_pages_are_told_upright_with_their_words(desk: Client, invoice: Invoice) -> None:
    (result,) = accept(invoice.batch, [incoming("a.pdf", render_pdf(PAPER))])
    assert isinstance(result, Accepted)
    assert invoice.reading
    Invoice.objects.filter(pk=result.invoice.pk).update(reading=invoice.reading)
    invoice = result.invoice
    (page,) = json.loads(desk.get(f"/invoices/{invoice.pk}/pages/").content)["pages"]
    assert page["width"] > page["height"]  # turned by a quarter to be upright
    response = desk.get(page["picture"])
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    words = json.loads(desk.get(page["words"]).content)["words"]
    assert [word[0] for word in words] == ["Total", "118.00"]
    assert desk.get(f"/invoices/{invoice.pk}/pages/1/?turn=45").status_code == 404
    assert desk.get(f"/invoices/{invoice.pk}/pages/9/").status_code == 404


def test_pages_that_cannot_be_shown_say_why(desk: Client, invoice: Invoice) -> None:
    told = json.loads(desk.get(f"/invoices/{invoice.pk}/pages/").content)
    assert told == {
        "error": "The file is damaged or incomplete: please scan or export it again.",
        "pages": [],
    }


def test_document_comes_in_a_cage_of_its_own(desk: Client, invoice: Invoice) -> None:
    response = desk.get(f"/invoices/{invoice.pk}/document/")
    assert response.getvalue().startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{invoice.original_name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


def test_document_can_be_kept(desk: Client, invoice: Invoice) -> None:
    with closing(desk.get(f"/invoices/{invoice.pk}/document/?download")) as response:
        assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("kind", [b"II*\x00", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"])
def test_what_browsers_do_not_show_is_only_kept(desk: Client, take: Take, kind: bytes) -> None:
    batch = open_batch(take("")[0].organisation, None, "pictures", 1)
    (result,) = accept(batch, [incoming("photo", kind + bytes(64))])
    assert isinstance(result, Accepted)
    with closing(desk.get(f"/invoices/{result.invoice.pk}/document/")) as response:
        assert response["Content-Disposition"].startswith("attachment")


def test_document_that_is_gone_is_not_found(desk: Client, invoice: Invoice) -> None:
    storages["documents"].delete(str(Document.objects.get().file.name))
    assert desk.get(f"/invoices/{invoice.pk}/document/").status_code == 404
    assert "no longer" in desk.get(f"/invoices/{invoice.pk}/pages/").content.decode()
    assert desk.get(f"/invoices/{invoice.pk}/pages/1/").status_code == 404


def test_not_an_invoice_can_become_one(desk: Client, invoice: Invoice) -> None:
    content = post(desk, invoice, "correct", field="kind", value="not_invoice")
    assert "change its kind below" in content
    post(desk, invoice, "correct", field="kind", value="tax_invoice")
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.HAS_ANOMALIES
