"""The main job, with nothing replaced: a browser, `make run`'s desk, real OCR, and the samples."""

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.test_desk import choose, set_up
from tests.desk import Start, first_line

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"


def state_of(page: Page, text: str) -> str:
    """The state that the row with this text shows."""
    return page.locator("tbody tr").filter(has_text=text).locator(".badge:visible").inner_text()


def test_a_newcomer_drops_the_samples_in_and_sees_each_finish(
    start: Start, port: int, chromium: Browser
) -> None:
    desk = start()
    assert "is ready" in first_line(desk)
    page = chromium.new_context(base_url=f"http://127.0.0.1:{port}", viewport=DESKTOP).new_page()
    set_up(page)
    choose(page, sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".jpg"}))
    expect(page.get_by_role("region", name="Upload")).to_contain_text("7 uploaded, 1 already there")
    expect(page.get_by_text("Finished just now")).to_be_visible(timeout=120_000)

    shown = Counter(page.locator("tbody tr .badge:visible").all_inner_texts())
    print("\n" + ", ".join(f"{count} {state}" for state, count in shown.items()))
    assert state_of(page, "GST0102") == "Cleared"  # tax-invoice.pdf
    assert state_of(page, "IIP/25-26/0059") == "Has anomalies"  # wrong-total.pdf
    assert shown == {"Cleared": 5, "Has anomalies": 1, "Not an invoice": 1}
