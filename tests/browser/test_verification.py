"""Verifying vendors with the keyboard alone, against a portal of our own."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from invoice_processor.models import Invoice
from invoice_processor.services import rejudging
from invoice_processor.services.vendors import recount
from specimens import sample_invoice
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.world import sign_in
from tests.conftest import Take
from tests.invoice_processor.conftest import portal
from tests.invoice_processor.known import processed
from tests.invoice_processor.vendors import DAY, paper
from tests.portal_simulator import Fault, PortalSimulator

pytestmark = pytest.mark.browser

__all__ = ["portal"]


@pytest.fixture
def invoices(take: Take, portal: PortalSimulator) -> list[Invoice]:
    """Invoices of two vendors, the first of which has more at stake."""
    papers = [paper("A/1"), sample_invoice(20, e_invoice=False, date=DAY)]
    found = [processed(taken, one) for taken, one in zip(take("", "x"), papers, strict=True)]
    recount()
    for invoice in found:
        portal.register(invoice.vendor_gstin, invoice.vendor_name, einvoiceStatus="No")
    return sorted(found, key=lambda invoice: invoice.grand_total or 0, reverse=True)


def test_one_after_the_other_by_keyboard(
    open_page: OpenPage,
    live_server: LiveServer,
    user: User,
    invoices: list[Invoice],
    portal: PortalSimulator,
) -> None:
    rich, poor = invoices
    before = rich.health_score
    page = open_page(DESKTOP)
    sign_in(page.context, user, live_server.url)
    page.goto("/verification/")
    expect(page.locator("#queue li")).to_have_count(2)
    expect(page.get_by_role("button", name="Verify one after the other")).to_be_focused()
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("What does the picture show?")
    expect(field).to_be_focused()
    expect(dialog).to_contain_text(rich.vendor_gstin)
    page.keyboard.type("000")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("not what the picture shows")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type(portal.latest_answer)
    page.keyboard.press("Enter")

    expect(dialog).to_contain_text(poor.vendor_gstin)  # the next one comes by itself
    expect(dialog.get_by_role("list", name="Verified just now")).to_contain_text("Active")
    expect(field).to_be_focused()
    first_picture = dialog.get_by_role("img", name="CAPTCHA").get_attribute("src")
    page.keyboard.press("Alt+n")
    expect(dialog.get_by_role("img", name="CAPTCHA")).not_to_have_attribute("src", first_picture or "")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#queue li")).to_have_count(1)

    rejudging.rejudge_outdated()  # as a worker does within seconds
    rich.refresh_from_db()
    assert before is not None
    assert rich.health_score is not None
    assert rich.health_score > before
    page.goto(f"/vendors/{rich.vendor_gstin}/")
    expect(page.get_by_text("Active", exact=True)).to_be_visible()


def test_a_portal_in_trouble_is_told_and_tried_again_on_a_phone(
    open_page: OpenPage,
    live_server: LiveServer,
    user: User,
    invoices: list[Invoice],
    portal: PortalSimulator,
) -> None:
    page = open_page(PHONE)
    sign_in(page.context, user, live_server.url)
    page.goto(f"/vendors/{invoices[0].vendor_gstin}/")
    portal.faults.extend([Fault.SERVER_ERROR, Fault.SERVER_ERROR])
    page.get_by_role("button", name="Verify").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("does not answer")
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_label("What does the picture show?")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.type(portal.latest_answer)
    dialog.get_by_role("button", name=re.compile("^Verify")).click()
    expect(dialog.get_by_text("Active", exact=True).first).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("button", name="Ask the portal again")).to_be_visible()  # the page has come anew
