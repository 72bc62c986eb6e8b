"""The whole review of an invoice, by keyboard and by pointer, on a desk and on a phone."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from django.utils.formats import date_format
from playwright.sync_api import Page, ViewportSize, expect

from accounts.models import Membership, Organisation, OrganisationGstin, Role, User
from extraction.reading import Reading
from invoice_processor.models import Decision, DocumentReading, DuplicateVerdict, Event, Invoice
from invoice_processor.services.intake import open_batch
from specimens import BUYERS, sample_invoice
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.pages import PASSWORD
from tests.browser.papers import take_printed

pytestmark = pytest.mark.browser

PAPER = sample_invoice(11, inter_state=False, e_invoice=False, line_count=2)
TOTAL = PAPER.totals.grand_total or Decimal(0)
MISREAD = replace(PAPER, totals=replace(PAPER.totals, grand_total=TOTAL + 900))
AGAIN = replace(PAPER, buyer=replace(PAPER.buyer, address="A newer address"))
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])

Take = Callable[..., Invoice]


@pytest.fixture
def take(db: None) -> Take:
    """Takes in the printed paper, read as whatever a test says."""
    user = User.objects.create_user("asha@example.in", PASSWORD, first_name="Asha Iyer")
    organisation = Organisation.objects.create(name="Banyan Textiles")
    Membership.objects.create(user=user, organisation=organisation, role=Role.OWNER)
    for buyer in BUYERS:
        OrganisationGstin.objects.create(organisation=organisation, gstin=buyer.gstin or "")
    return partial(take_printed, open_batch(organisation, user, "November", 3))


def opened(open_page: OpenPage, size: ViewportSize, invoice: Invoice, *, tolerated: str = "") -> Page:
    page = open_page(size, tolerated)
    page.goto(f"/login/?next=/invoices/{invoice.pk}/")
    page.get_by_label("E-mail").fill("asha@example.in")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("img", name="Page 1 of the document")).to_be_visible()
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved and checked again")
    expect(page.locator("#review[aria-busy]")).to_have_count(0)


def on_screen(page: Page, text: str) -> tuple[float, float]:
    """Where a word of the document stands on the screen."""
    reading = Reading.model_validate_json(DocumentReading.objects.get().reading)
    box = next(word.box for word in reading.pages[0].words if word.text == text)
    frame = page.locator(".viewer-page").bounding_box()
    assert frame
    x = frame["x"] + frame["width"] * (box.left + box.right) / 2
    return x, frame["y"] + frame["height"] * (box.top + box.bottom) / 2


def test_correction_by_keyboard_clears_a_finding(open_page: OpenPage, take: Take) -> None:
    page = opened(open_page, DESKTOP, take(PAPER, MISREAD))
    expect(page.get_by_text("Warning: The total does not add up")).to_be_visible()
    total = page.get_by_label("Grand total", exact=True)
    page.get_by_role("link", name="Grand total").first.press("Enter")
    expect(total).to_be_focused()
    page.get_by_label("Invoice number").press("Tab")
    expect(total).to_be_focused()
    page.get_by_label("Invoice number").press("Alt+n")
    expect(total).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"Rs. {TOTAL}")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.get_by_text("Warning: The total does not add up")).to_have_count(0)
    expect(page.locator("#why-grand_total")).to_contain_text("Typed by Asha Iyer")
    expect(page.locator("[data-approve]")).to_be_focused()  # nothing doubtful is left
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Warning: The total does not add up")).to_be_visible()


def test_wrong_entry_says_what_to_write_and_is_kept(open_page: OpenPage, take: Take) -> None:
    page = opened(open_page, DESKTOP, take(PAPER))
    date = page.get_by_label("Invoice date")
    date.fill("31 Feb 2026")
    date.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("write it like 20 Aug 2025")
    expect(date).to_have_value("31 Feb 2026")
    expect(date).to_be_focused()
    date.press("Escape")
    expect(date).to_have_value(date_format(PAPER.date or "", "j M Y"))
    assert not Invoice.objects.get().versions.exists()


def test_field_shows_where_it_was_read(open_page: OpenPage, take: Take) -> None:
    page = opened(open_page, DESKTOP, take(PAPER))
    page.get_by_label("Invoice number").focus()
    expect(page.locator("rect.is-lit[data-name=invoice_number]")).to_have_count(1)
    page.get_by_role("button", name="Larger").click()
    expect(page.locator("[data-zoom]")).to_have_text("125 %")
    page.get_by_role("button", name="Turn by a quarter").click()
    upright, turned = (page.locator(at).bounding_box() for at in (".viewer-bar", ".viewer-page"))
    assert upright
    assert turned
    assert turned["width"] > turned["height"]


@SIZES
def test_word_of_the_document_fills_the_field(open_page: OpenPage, take: Take, size: ViewportSize) -> None:
    page = opened(open_page, size, take(PAPER))
    number = page.get_by_label("Invoice number")
    number.fill("WRONG")
    number.press("Tab")
    saved(page)
    number.focus()
    x, y = on_screen(page, PAPER.number or "")
    if size == PHONE:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)
    expect(number).to_have_value(PAPER.number or "")
    expect(page.locator("#why-invoice_number")).to_contain_text("Typed by Asha Iyer")
    expect(page.locator("[data-field=invoice_number]")).to_have_attribute("data-page", "1")


def test_rows_of_a_spreadsheet_are_pasted(open_page: OpenPage, take: Take) -> None:
    page = opened(open_page, DESKTOP, take(PAPER))
    page.get_by_role("button", name="Add a line").click()
    expect(page.get_by_label("Description, line 3")).to_be_focused()
    rows = (
        "Item\tQty\tRate\tTaxable Value\tHSN/SAC\n"
        "Steel rods\t2\t1,00,000\t2,00,000\t7214\n"
        '"Long, ""odd"" name"\t1\t5\t5\t7215\n'
        "Total\t\t\t2,00,005\t"
    )
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            const event = new ClipboardEvent("paste", how);
            document.activeElement.dispatchEvent(event);
        }""",
        rows,
    )
    saved(page)
    expect(page.get_by_label("Description, line 3")).to_have_value("Steel rods")
    expect(page.get_by_label("Rate, line 3")).to_have_value("1,00,000.00")
    expect(page.get_by_label("Description, line 4")).to_have_value('Long, "odd" name')
    expect(page.locator("[data-line]")).to_have_count(4)
    page.get_by_label("Qty, line 3").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Qty, line 2")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_label("Invoice number").focus()  # leaving the grid saves it
    expect(page.get_by_label("Description, line 1")).to_have_value(PAPER.lines[1].description or "")
    page.get_by_role("button", name="Remove line 4").click()
    page.get_by_role("button", name="Save lines").click()
    expect(page.locator("#review[data-basis=v3]")).to_be_visible()
    assert Invoice.objects.get().lines.count() == 3


def test_verdict_on_a_duplicate_then_approve_and_next(open_page: OpenPage, take: Take) -> None:
    take(sample_invoice(12, inter_state=False, e_invoice=False))
    original = take(PAPER)
    copy = take(AGAIN)
    page = opened(open_page, DESKTOP, copy)
    expect(page.locator("[data-approve]")).to_be_disabled()
    page.get_by_role("link", name="Compare them and decide").click()
    expect(page.get_by_role("img", name="Page 1 of the document")).to_have_count(2)
    page.get_by_role("button", name="Two invoices").click()
    expect(page.get_by_text("Noted: two invoices.")).to_be_visible()
    assert copy.duplicate_of.get().verdict == DuplicateVerdict.DIFFERENT
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(rf"/invoices/{original.pk}/"))
    expect(page.get_by_text(f"{copy} is approved.")).to_be_visible()
    assert Invoice.objects.get(pk=copy.pk).decision == Decision.APPROVED


def test_reject_comment_and_walk_by_keyboard(open_page: OpenPage, take: Take) -> None:
    below = take(sample_invoice(12, inter_state=False, e_invoice=False))
    page = opened(open_page, DESKTOP, take(PAPER))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="By keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type("Called the vendor")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Called the vendor")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("x")
    page.get_by_label("Reason").fill("Not ours")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Rejected by Asha Iyer").first).to_be_visible()
    expect(page.get_by_label("Invoice number")).not_to_be_editable()
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_label("Invoice number")).to_be_editable()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(rf"/invoices/{below.pk}/"))
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Find an invoice")).to_be_focused()
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "invoice.commented",
        "invoice.rejected",
        "invoice.reopened",
    ]


def test_what_cannot_be_sent_is_not_lost(open_page: OpenPage, take: Take) -> None:
    page = opened(open_page, DESKTOP, take(PAPER), tolerated="503")
    number = page.get_by_label("Invoice number")
    page.route("**/correct/", lambda route: route.fulfill(status=503))
    number.fill("A/1")
    number.press("Tab")
    expect(page.get_by_role("status").filter(has_text="Not saved")).to_be_visible()
    expect(number).to_have_value("A/1")
    page.unroute("**/correct/")
    number.press("Enter")
    saved(page)
    assert Invoice.objects.get().number == "A/1"
