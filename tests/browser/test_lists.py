"""Lists in a real browser: by keyboard, many at once, undone, kept as a view."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from invoice_processor.models import Grade, Invoice
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_desk import choose, process_all, set_up, write
from tests.conftest import pdf
from tests.invoice_processor.papers import finished

pytestmark = pytest.mark.browser

NAMES = ("Asha Stationers", "Kaveri Packaging", "Sagar Steel", "Nilgiri Tea")


def with_invoices(page: Page, folder: Path) -> None:
    """A desk with four invoices, one of them at risk."""
    set_up(page)
    choose(page, write(folder, **{f"f{n}_pdf": pdf("", str(n)) for n in range(len(NAMES))}))
    expect(page.get_by_role("region", name="Upload")).to_contain_text("4 uploaded")
    process_all()
    for invoice, name in zip(Invoice.objects.order_by("pk"), NAMES, strict=True):
        finished(invoice, vendor_name=name, health_grade=Grade.HEALTHY, health_score=9)
    finished(
        invoice, vendor_name=NAMES[-1], health_grade=Grade.AT_RISK, state="HAS_ANOMALIES", health_score=3
    )


def rows(page: Page) -> list[str]:
    return page.locator("[data-open]").all_inner_texts()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_search_to_undo(open_page: OpenPage, tmp_path: Path, size: ViewportSize) -> None:
    page = open_page(size)
    with_invoices(page, tmp_path)
    page.goto("/inbox/")
    expect(page.get_by_role("form", name="With the selected invoices")).to_be_hidden()

    page.keyboard.press("/")
    page.keyboard.type("kaveri")
    page.keyboard.press("Enter")
    expect(page.locator("[data-open]")).to_have_text(["Kaveri Packaging"])
    page.get_by_role("link", name="“kaveri”").click()
    expect(page.locator("[data-open]")).to_have_count(4)
    page.wait_for_load_state()  # the keys work once the scripts do

    for key in ("j", "x", "j", "j", "k", "x"):
        page.keyboard.press(key)
    bar = page.get_by_role("form", name="With the selected invoices")
    expect(bar).to_contain_text("2 selected")
    whole_page = page.get_by_label("Select all on this page")
    assert whole_page.evaluate("box => box.indeterminate")
    bar.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("2 invoices deleted.")).to_be_visible()
    assert rows(page) == ["Kaveri Packaging", "Asha Stationers"]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 invoices brought back.")).to_be_visible()
    expect(page.locator("[data-open]")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="By keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/invoices/**")


def test_a_filtered_list_is_kept(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP)
    with_invoices(page, tmp_path)
    page.goto("/inbox/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Health").select_option("At risk")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-open]")).to_have_text(["Nilgiri Tea"])
    assert page.url.endswith("/inbox/?health=AT_RISK")  # what asks for nothing is left out
    page.get_by_text("Views").click()
    page.get_by_label("Name of the view").fill("Red ones")
    page.get_by_role("button", name="Save").click()
    page.goto("/inbox/")
    page.get_by_text("Views").click()
    page.get_by_role("link", name="Red ones", exact=True).click()
    expect(page.locator("[data-open]")).to_have_text(["Nilgiri Tea"])


def test_dashboard_draws_its_chart_and_leads_to_the_lists(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP)
    with_invoices(page, tmp_path)
    page.goto("/")
    expect(page.locator("canvas")).to_be_visible()
    card = page.locator("dl > div").filter(has=page.get_by_text("At risk", exact=True))
    expect(card).to_contain_text("1")
    card.get_by_role("link").click()
    expect(page.locator("[data-open]")).to_have_text(["Nilgiri Tea"])
