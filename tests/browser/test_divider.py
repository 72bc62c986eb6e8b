"""The document and the fields, each in its pane, and the line between them."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_review import PAPER, Take, opened, take

__all__ = ["take"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("size", "larger", "smaller"),
    [(DESKTOP, "ArrowRight", "ArrowLeft"), (PHONE, "ArrowDown", "ArrowUp")],
    ids=["desktop", "phone"],
)
def test_divider_is_moved_and_stays(
    open_page: OpenPage, take: Take, size: ViewportSize, larger: str, smaller: str
) -> None:
    page = opened(open_page, size, take(PAPER))
    divider = page.get_by_role("separator", name="Divide the page")
    usual = room(page)
    divider.press(larger)
    divider.press(larger)
    assert room(page) > usual
    divider.press(smaller)
    drag(page, by=-60)
    moved = room(page)
    assert moved < usual
    page.reload()
    expect(page.get_by_role("img", name="Page 1 of the document")).to_be_visible()
    assert room(page) == pytest.approx(moved, abs=1)
    divider.press("End")
    expect(divider).to_have_attribute("aria-valuenow", divider.get_attribute("aria-valuemax") or "")
    divider.press("Enter")
    assert room(page) == pytest.approx(usual, abs=1)


def test_panes_scroll_and_not_the_page(open_page: OpenPage, take: Take) -> None:
    page = opened(open_page, DESKTOP, take(PAPER))
    assert page.evaluate("document.documentElement.scrollHeight") == DESKTOP["height"]
    assert page.locator(".review-side").evaluate("side => side.scrollHeight > side.clientHeight")


def room(page: Page) -> float:
    """What the document has: its width beside the fields, or its height above them."""
    box = page.locator("#document").bounding_box()
    assert box
    return box["width"] if page.viewport_size == DESKTOP else box["height"]


def drag(page: Page, by: float) -> None:
    """Move the divider with the pointer, along the way that it moves."""
    box = page.get_by_role("separator", name="Divide the page").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y + by)
    page.mouse.up()
