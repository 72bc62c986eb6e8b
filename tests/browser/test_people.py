"""People come in by invitation and may do what their role includes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django import Settings

from accounts.services import organisations
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.pages import PASSWORD
from tests.conftest import pdf

pytestmark = pytest.mark.browser


@pytest.fixture
def owner() -> str:
    """Somebody who has set the desk up; returns the address."""
    user = organisations.set_up(
        organisation_name="Banyan Textiles", email="asha@example.in", password=PASSWORD, full_name="Asha Iyer"
    )
    return user.email


def log_in(page: Page, email: str) -> None:
    page.goto("/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def fits(page: Page, size: ViewportSize) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_invitation_to_a_role(open_page: OpenPage, owner: str, size: ViewportSize) -> None:
    desk = open_page(size)
    log_in(desk, owner)
    desk.goto("/settings/members/")
    desk.get_by_label("E-mail").fill("ravi@example.in")
    desk.get_by_label("Role").last.select_option("viewer")
    desk.get_by_role("button", name="Invite").click()
    link = desk.get_by_label("Link of the invitation").input_value()
    fits(desk, size)

    guest = open_page(size, tolerated="403")
    guest.goto(link)
    guest.get_by_label("Your name").fill("Ravi Menon")
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_text("Welcome to Banyan Textiles.")).to_be_visible()
    expect(guest.get_by_role("link", name="Upload")).to_have_count(0)
    guest.goto("/upload/")
    expect(guest.get_by_text("Viewers may look at everything but change nothing.")).to_be_visible()
    guest.goto("/settings/members/")
    expect(guest.get_by_role("heading", name="Invite somebody")).to_have_count(0)
    fits(guest, size)

    desk.goto("/settings/members/")
    desk.get_by_text("Change Ravi Menon").click()
    row = desk.get_by_role("listitem").filter(has_text="ravi@example.in")
    row.get_by_label("Role").select_option("accountant")
    row.get_by_label("Approves up to").fill("50000")
    row.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("approves up to ₹50,000.00")).to_be_visible()

    guest.goto("/settings/profile/")
    expect(guest.get_by_role("link", name="Upload")).to_be_visible()


def test_logging_out_of_another_browser(open_page: OpenPage, owner: str) -> None:
    here, there = open_page(DESKTOP), open_page(PHONE)
    log_in(there, owner)
    log_in(here, owner)
    here.goto("/settings/logins/")
    expect(here.get_by_text("This browser")).to_be_visible()
    here.get_by_role("button", name="Log out of").click()
    expect(here.get_by_text("That browser is logged out.")).to_be_visible()
    there.goto("/settings/profile/")
    expect(there.get_by_role("heading", name="Log in")).to_be_visible()


def test_who_has_sent_too_many_files_is_told_at_once(
    open_page: OpenPage, owner: str, settings: Settings, tmp_path: Path
) -> None:
    settings.UPLOADED_FILES_PER_HOUR = 0
    page = open_page(DESKTOP, tolerated="429")
    log_in(page, owner)
    page.goto("/upload/")
    paper = tmp_path / "a.pdf"
    paper.write_bytes(pdf())
    page.locator("input[type=file]:not([webkitdirectory])").first.set_input_files(paper)
    tray = page.get_by_role("region", name="Upload")
    refusal = tray.get_by_text("Not sent: More files than one person may send")
    expect(refusal).to_be_visible(timeout=20_000)
