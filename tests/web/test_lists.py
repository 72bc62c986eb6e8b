"""Doing something with many invoices at once, saved views, exports and reports, as the pages offer them."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Organisation, User
from invoice_processor.models import Batch, Invoice, InvoiceDuplicateLink, InvoiceState, SavedView, Vendor
from invoice_processor.selectors.reports import REPORTS
from specimens import make_gstin
from tests.conftest import Take
from tests.invoice_processor.papers import finished, with_line


def act(client: Client, action: str, *chosen: Invoice, **more: Any) -> str:
    data = {"action": action, "selected": [invoice.pk for invoice in chosen], **more}
    return client.post("/inbox/act/", data, follow=True).content.decode()


def test_selected_invoices_are_deleted_and_brought_back(desk: Client, take: Take) -> None:
    one, two, three = take("", "", "")
    page = act(desk, "delete", one, two)
    assert "2 invoices deleted." in page
    assert list(Invoice.objects.filter(deleted_at=None)) == [three]
    assert "2 invoices brought back." in desk.post("/inbox/undo/", follow=True).content.decode()
    assert Invoice.objects.filter(deleted_at=None).count() == 3
    assert "deleted." not in desk.get("/inbox/").content.decode()


def test_deleted_invoices_have_a_list_from_which_they_come_back(desk: Client, take: Take) -> None:
    one, _ = take("", "")
    act(desk, "delete", one)
    assert f"invoice-{one.pk}" in desk.get("/inbox/?show=deleted").content.decode()
    page = act(desk, "restore", one, list="show=deleted")
    assert "1 invoice brought back." in page
    assert Invoice.objects.filter(deleted_at=None).count() == 2


def test_all_that_match_means_what_the_list_shows(desk: Client, take: Take) -> None:
    wanted, other = take("", "")
    finished(wanted, vendor_gstin="29AAGCB7383J1Z4")
    finished(other, vendor_gstin="27AAPFU0939F1ZV")
    act(desk, "delete", everything="on", list="vendor=29aagcb7383j1z4")
    assert list(Invoice.objects.filter(deleted_at=None)) == [other]


def test_what_cannot_be_done_is_told_with_its_reason_and_stops_nothing(desk: Client, take: Take) -> None:
    kept, gone = take("", "")
    finished(kept, decision="approved")
    page = act(desk, "delete", kept, gone)
    assert "1 not: It is approved: reopen it first (1)." in page
    assert list(Invoice.objects.filter(deleted_at=None)) == [kept]


def test_invoices_are_rejected_with_one_reason(desk: Client, take: Take) -> None:
    invoices = [finished(invoice) for invoice in take("", "")]
    assert "Say why it is rejected" in act(desk, "reject", *invoices)
    assert "2 invoices rejected." in act(desk, "reject", *invoices, reason="Not ours")
    assert set(Invoice.objects.values_list("decision", flat=True)) == {"rejected"}


def test_failed_invoices_are_retried(desk: Client, take: Take) -> None:
    failed, other = take("", "")
    failed.job.__class__.objects.filter(pk=failed.job.pk).update(state="FAILED")
    Invoice.objects.filter(pk=failed.pk).update(state=InvoiceState.FAILED)
    assert "1 invoice in the queue again. 1 not: It has not failed (1)." in act(desk, "retry", failed, other)


def test_verifying_leads_to_the_vendors_of_the_selection(
    desk: Client, organisation: Organisation, take: Take
) -> None:
    gstins = ("29AAGCB7383J1Z4", "27AAPFU0939F1ZV", make_gstin("33", "AAPCM4821K"))
    one, other, third, without = take("", "", "", "")
    for invoice, gstin in zip((one, other, third), gstins, strict=True):
        finished(invoice, vendor_gstin=gstin)
        Vendor.objects.get_or_create(organisation=organisation, gstin=gstin)

    def led_to(*chosen: Invoice, **more: str) -> str:
        data = {"action": "verify", "selected": [invoice.pk for invoice in chosen], **more}
        return desk.post("/inbox/act/", data)["Location"]

    assert led_to(one) == f"/vendors/{gstins[0]}/"
    assert led_to(without) == "/inbox/"
    page = desk.get(led_to(one, other)).content.decode()
    assert "Only the vendors of the invoices that you selected" in page
    assert [gstin in page for gstin in gstins] == [True, True, False]
    page = desk.get(led_to(everything="on", list="")).content.decode()
    assert [gstin in page for gstin in gstins] == [True, True, True]


@pytest.mark.parametrize("action", ["approve", "reject", "retry", "verify", "delete", "restore"])
def test_viewers_and_strangers_change_nothing(
    viewer: Client, stranger: Client, take: Take, action: str
) -> None:
    (invoice,) = take("")
    finished(invoice, state=InvoiceState.FAILED)
    before = Invoice.objects.filter(pk=invoice.pk).values().get()
    for client in (viewer, stranger):
        act(client, action, invoice, reason="x")
        act(client, action, everything="on", reason="x")
    assert Invoice.objects.filter(pk=invoice.pk).values().get() == before


@pytest.mark.parametrize(
    "data", [{}, {"action": "explode"}, {"action": "delete"}, {"action": "delete", "selected": "x"}]
)
def test_a_senseless_request_is_told_so(desk: Client, take: Take, data: dict[str, str]) -> None:
    take("")
    assert b"Nothing was done" in desk.post("/inbox/act/", data, follow=True).content
    assert Invoice.objects.filter(deleted_at=None).count() == 1


def test_a_view_is_kept_replaced_and_removed(desk: Client, user: User, organisation: Organisation) -> None:
    desk.post("/inbox/views/", {"name": "At risk", "query": "health=AT_RISK&nonsense=1"})
    desk.post("/inbox/views/", {"name": "At risk", "query": "health=AT_RISK&sort=total"})
    view = SavedView.objects.get()
    assert (view.user, view.query) == (user, "health=AT_RISK&sort=total")
    assert b"health=AT_RISK&amp;sort=total" in desk.get("/inbox/").content
    desk.post(f"/inbox/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_filters_are_told_in_words_with_the_way_to_remove_each(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    page = desk.get(f"/inbox/?health=AT_RISK&batch={invoice.batch_id}&dated_from=2026-05-01").content.decode()
    for words in ("At risk", "Batch November", "Dated 1 May 2026 to …"):
        assert words in page
    assert f'href="?dated_from=2026-05-01&amp;batch={invoice.batch_id}"' in page


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_a_list_is_exported_as_it_is_filtered(desk: Client, take: Take) -> None:
    wanted, other = take("", "")
    finished(wanted, number="W/1", vendor_gstin="29AAGCB7383J1Z4")
    finished(other, number="O/1")
    content = body(desk, "/export/?format=csv&vendor=29AAGCB7383J1Z4")
    assert b"W/1" in content
    assert b"O/1" not in content
    book = load_workbook(io.BytesIO(body(desk, f"/export/?format=xlsx&selected={other.pk}&list=")))
    assert [row[4] for row in book["Invoices"].iter_rows(values_only=True)] == ["Number", "O/1"]


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
@pytest.mark.parametrize(("verdict", "told"), [("", "1 invoice held back"), ("duplicate", "1 left out")])
def test_what_may_be_a_duplicate_does_not_slip_out(
    desk: Client, take: Take, kind: str, verdict: str, told: str
) -> None:
    first, copy = take("", "")
    finished(first, number="FIRST/1")
    with_line(finished(copy, number="COPY/1"), description="Copied paper")
    InvoiceDuplicateLink.objects.create(invoice=copy, original=first, reason="near", verdict=verdict)
    for chosen in ("", f"&selected={first.pk}&selected={copy.pk}&list="):
        page = body(desk, f"/export/?format={kind}{chosen}").decode()
        assert told in page
        assert "Export the other 1" in page
        content = body(desk, f"/export/?format={kind}{chosen}&confirmed=yes")
        if kind == "xlsx":
            sheets = load_workbook(io.BytesIO(content))
            content = repr([list(sheet.values) for sheet in sheets]).encode()
        assert b"FIRST/1" in content
        assert b"COPY/1" not in content
        assert b"Copied paper" not in content


@pytest.mark.parametrize("address", ["/export/?", "/reports/?", "/vendors/export/?"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_leaves_while_it_is_made_under_a_name_with_the_time(
    desk: Client, take: Take, address: str, kind: str
) -> None:
    response = desk.get(f"{address}format={kind}")
    assert response.streaming
    assert re.search(rf'filename="[a-z-]+-\d{{8}}-\d{{6}}\.{kind}"$', response["Content-Disposition"])


def test_strangers_export_nothing_of_others(stranger: Client, take: Take) -> None:
    finished(take("")[0], number="SECRET/1")
    for address in ("/export/?format=csv", "/export/?format=json", "/reports/?first=2000-01-01", "/"):
        assert b"SECRET/1" not in body(stranger, address)


@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_shown_and_exported(desk: Client, take: Take, name: str) -> None:
    finished(take("")[0], number="R/1", date="2026-05-07", grand_total=118)
    for address in (f"/reports/?report={name}", f"/reports/?report={name}&first=2026-05-01&last=2026-05-31"):
        assert b"<h2" in body(desk, address)
    load_workbook(io.BytesIO(body(desk, f"/reports/?report={name}&first=2026-05-01&format=xlsx")))
    assert body(desk, f"/reports/?report={name}&first=2026-05-01&format=csv").startswith("\ufeff".encode())


def test_reports_lead_to_what_they_count(desk: Client, take: Take) -> None:
    gstin = make_gstin("29", "AAGCB7383J")
    paper = finished(
        take("")[0], number="R/1", vendor_name="Kaveri", vendor_gstin=gstin, date="2026-05-07",
        grand_total=118, cess=0, place_of_supply="29",
    )  # fmt: skip
    with_line(paper, hsn_sac="4819", gst_rate=18, amount=100)
    days = "first=2026-05-01&last=2026-05-31"
    shown = {name: body(desk, f"/reports/?report={name}&{days}").decode() for name in REPORTS}
    for name in ("register", "msme"):
        assert f'href="/invoices/{paper.pk}/"' in shown[name]
    for name in ("vendors", "ageing"):
        assert f'href="/vendors/{gstin}/"' in shown[name]
    (behind,) = re.findall(r'href="(/inbox/\?category=4819[^"]*)"', shown["codes"])
    assert f"invoice-{paper.pk}" in body(desk, behind.replace("&amp;", "&")).decode()
    assert "Tax invoice" in shown["register"]
    assert "Karnataka (29)" in shown["register"]
    assert not any("₹0.00" in page for page in shown.values())
    assert b"Karnataka" not in body(desk, f"/reports/?{days}&format=csv")


def test_samples_are_there_for_the_taking(desk: Client) -> None:
    page = desk.post("/samples/", follow=True).content.decode()
    assert "Sample invoices" in page
    assert Batch.objects.get().invoices.count() >= 5
