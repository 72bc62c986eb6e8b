"""The main job, nothing replaced: a browser, `make run`'s desk with its reader, a GST portal of our own."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, ViewportSize, expect

from gst.invoice import Invoice as Paper
from specimens import BUYERS, render_pdf, sample_invoice
from specimens.faults import encrypted_pdf, text_file, wrong_gstin
from tests import portal_simulator
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_desk import choose, drop, set_up
from tests.desk import Start, first_line
from tests.portal_simulator import PortalSimulator

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PAPERS = [sample_invoice(seed, inter_state=False, e_invoice=False, line_count=3) for seed in range(401, 409)]
REPEATED = PAPERS[0]
FAULTY = sample_invoice(312, inter_state=False, e_invoice=False, line_count=3)
FATES = {"Cleared": 13, "Has anomalies": 2, "Needs review": 1, "Not an invoice": 1, "Failed": 1}
LATE = 120_000  # milliseconds, for what waits for the reader


def pile(folder: Path) -> list[Path]:
    """Twenty files: the samples, of which one is there twice, papers of our own, and two bad ones."""
    contents = {
        **{path.name: path.read_bytes() for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".jpg"}},
        **{f"paper-{n}.pdf": render_pdf(paper) for n, paper in enumerate(PAPERS)},
        "repeated.pdf": render_pdf(REPEATED, style="modern"),
        "misprinted.pdf": render_pdf(wrong_gstin(FAULTY)),
        "locked.pdf": encrypted_pdf(FAULTY, "secret"),
        "letter.pdf": text_file(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[PortalSimulator]:
    """The portal that the desk asks."""
    with portal_simulator.running() as simulator:
        monkeypatch.setenv("GST_PORTAL_URL", simulator.url)
        monkeypatch.setenv("GST_PORTAL_SPACING", "0")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield simulator


Use = Callable[[Locator], None]


def by_keyboard(target: Locator) -> None:
    target.focus()
    target.press("Enter")


def by_touch(target: Locator) -> None:
    target.tap()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_twenty_files_from_the_first_visit_to_the_spreadsheet(
    portal: PortalSimulator, start: Start, port: int, open_page: OpenPage, tmp_path: Path, size: ViewportSize
) -> None:
    assert "is ready" in first_line(start())
    page = open_page(size, base=f"http://127.0.0.1:{port}")
    set_up(page, "\n".join(buyer.gstin or "" for buyer in BUYERS))
    send(page, pile(tmp_path), touch=size == PHONE)
    see_it_through(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if size == PHONE:
        correct_by_touch(page)
    else:
        correct_by_keyboard(page)
    use = by_touch if size == PHONE else by_keyboard
    answer_the_duplicate(page, use)
    verify_a_vendor(page, portal, use)
    assert_exported(page, use)


def send(page: Page, files: list[Path], *, touch: bool) -> None:
    """Drop the files in, or choose them, and see each taken or refused."""
    if touch:
        choose(page, files)
    else:
        drop(page, *files)
    tray = page.get_by_role("region", name="Upload")
    expect(tray).to_contain_text("18 uploaded, 1 already there, 1 refused")
    expect(tray.get_by_role("listitem").filter(has_text="letter.pdf")).to_contain_text("This is not a PDF")


def see_it_through(page: Page) -> None:
    """Without any reload: progress, the fate of each file, the notice; then one more try."""
    progress = page.get_by_role("region", name="Progress")
    expect(progress).to_contain_text(re.compile(r"\b(?!0 |18 )\d+ of 18"), timeout=LATE)  # some, but not all
    tray = page.get_by_role("region", name="Upload")
    expect(tray).to_contain_text("18 of 18 read", timeout=LATE)
    expect(tray.get_by_role("listitem").filter(has_text="tax-invoice-scan.pdf")).to_contain_text("Cleared")
    expect(tray.get_by_role("listitem").filter(has_text="locked.pdf")).to_contain_text("Failed")
    tray.get_by_role("button", name="Close").click()
    expect(progress).to_contain_text("Finished just now")
    expect(page.locator("#toasts")).to_contain_text("14 done · 3 need attention · 1 failed")
    expect(page.get_by_role("link", name="Notices, 1 unread")).to_be_visible()

    shown = Counter(page.locator("tbody tr .badge:visible").all_inner_texts())
    print("\n" + ", ".join(f"{count} {state}" for state, count in shown.items()))
    assert shown == FATES
    locked = page.locator("tbody tr").filter(has_text="locked.pdf")
    expect(locked).to_contain_text("password")
    locked.get_by_role("checkbox").check()
    page.get_by_role("button", name="Retry selected").click()
    expect(page.get_by_text("1 in the queue again.")).to_be_visible()
    expect(page.get_by_text("Finished just now")).to_be_visible(timeout=LATE)


def to_review(page: Page, number: str) -> Locator:
    """The row of an invoice in the list of those that need a person."""
    page.goto("/inbox/?show=attention")
    expect(page.locator("[data-open]")).to_have_count(3)
    return page.locator("[data-list] tbody tr").filter(has_text=number)


def open_by_keyboard(page: Page, number: str) -> None:
    row = to_review(page, number)
    for _ in range(3):
        page.keyboard.press("j")
        if "is-current" in (row.get_attribute("class") or ""):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Page 1 of the document")).to_be_visible()


def correct_by_keyboard(page: Page) -> None:
    """Nothing but keys from the list to the next invoice."""
    open_by_keyboard(page, FAULTY.number or "")
    there, back = ("j", "k") if page.locator("[data-next]").count() else ("k", "j")
    here = page.url
    for key, is_here in ((there, False), (back, True)):
        page.keyboard.press(key)
        page.wait_for_url(lambda url, wanted=is_here: (url == here) is wanted)  # type: ignore[misc]
    gstin = page.get_by_label("Vendor GSTIN")
    for _ in range(60):
        page.keyboard.press("Tab")
        if gstin.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type(FAULTY.vendor.gstin or "")
    page.keyboard.press("Enter")
    assert_corrected(page)
    page.keyboard.press("Control+Enter")
    assert_approved(page, here)


def correct_by_touch(page: Page) -> None:
    to_review(page, FAULTY.number or "").locator("[data-open]").tap()
    here = page.url
    field = page.get_by_label("Vendor GSTIN")
    field.tap()
    field.fill(FAULTY.vendor.gstin or "")
    page.get_by_label("Invoice number").tap()  # leaving a field saves it
    assert_corrected(page)
    page.locator("[data-approve]").tap()
    assert_approved(page, here)


def assert_corrected(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved and checked again")
    expect(page.locator("#finding-vendor_gstin")).to_have_count(0)
    expect(page.locator("#why-vendor_gstin")).to_contain_text("Typed by Asha Iyer")


def assert_approved(page: Page, left: str) -> None:
    """The invoice is approved, and the next one of the list is open."""
    expect(page.get_by_text(f"{FAULTY.number} is approved.")).to_be_visible()
    expect(page).not_to_have_url(left)
    expect(page.locator("[data-approve]")).to_be_visible()


def answer_the_duplicate(page: Page, use: Use) -> None:
    page.goto("/inbox/?show=attention")
    use(page.locator("tbody tr").filter(has_text=REPEATED.number or "").locator("[data-open]"))
    expect(page.locator("[data-approve]")).to_be_disabled()
    use(page.get_by_role("link", name="Compare them and decide"))
    expect(page.get_by_role("img", name="Page 1 of the document")).to_have_count(2)
    use(page.get_by_role("button", name="The same invoice"))
    expect(page.get_by_text("which is paid once")).to_be_visible()
    page.wait_for_load_state()  # else Playwright takes its end for that of the next page


def verify_a_vendor(page: Page, portal: PortalSimulator, use: Use) -> None:
    """Ask the portal about the vendor with the most at stake."""
    page.goto("/verification/")
    name, gstin = page.locator("#queue li").first.locator("p").all_inner_texts()[:2]
    portal.register(gstin, name)
    waiting = page.locator("#queue li").filter(has_text=gstin)
    expect(waiting).to_have_count(1)
    use(page.get_by_role("button", name="Verify one after the other"))
    field = page.get_by_role("dialog").get_by_label("What does the picture show?")
    expect(field).to_be_focused()
    page.keyboard.type(portal.latest_answer)
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Verified just now")).to_contain_text("Active")
    expect(field).to_be_focused()  # before the next picture
    page.keyboard.press("Escape")
    expect(waiting).to_have_count(0)
    expect(page.locator("#queue li")).not_to_have_count(0)


def assert_exported(page: Page, use: Use) -> None:
    """The spreadsheet says what the papers say and the person decided; the duplicate is not in it."""
    page.goto("/inbox/")
    use(page.locator("summary").filter(has_text="Export").first)
    use(page.get_by_role("link", name="Excel (XLSX), with lines"))
    expect(page.get_by_text("1 left out: it was found to be a duplicate.")).to_be_visible()
    with page.expect_download() as download:
        use(page.get_by_role("link", name="Export the other 17"))
    with download.value.path().open("rb") as file:
        book = load_workbook(file)
    heading, *rows = book["Invoices"].iter_rows(values_only=True)
    invoices = {row["Number"]: row for row in (dict(zip(heading, row, strict=True)) for row in rows)}
    assert len(rows) == 17
    lines = Counter(row[1] for row in book["Lines"].iter_rows(values_only=True))
    for paper in (*PAPERS, FAULTY):
        assert_same(invoices[paper.number], paper)
        assert lines[paper.number] == len(paper.lines)
    assert invoices[FAULTY.number]["Decision"] == "approved"


def assert_same(row: dict[object, object], paper: Paper) -> None:
    day = row["Date"]
    assert isinstance(day, datetime)
    found = (day.date(), row["Vendor GSTIN"], Decimal(str(row["Grand total"])))
    assert found == (paper.date, paper.vendor.gstin, paper.totals.grand_total)
