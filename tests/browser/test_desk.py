"""A person at the desk: files on their way in, whatever happens to them."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from invoice_processor.models import Batch, Invoice, InvoiceState
from invoice_processor.pipeline.run import process
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.pages import PASSWORD
from tests.conftest import pdf

pytestmark = pytest.mark.browser


def set_up(page: Page, gstins: str = "") -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/set-up/$"))
    page.get_by_label("Organisation").fill("Banyan Textiles")
    page.get_by_label("Its GSTINs").fill(gstins)
    page.get_by_label("Your name").fill("Asha Iyer")
    page.get_by_label("E-mail").fill("asha@example.in")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the desk").click()
    expect(page.locator("main").get_by_text("Choose a folder")).to_be_visible()  # our scripts have started


def write(folder: Path, **contents: bytes) -> list[Path]:
    paths = [folder / name.replace("_", ".") for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    return paths


def choose(page: Page, paths: list[Path]) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("main").get_by_text("Choose files").click()
    chooser.value.set_files(paths)


def drop(page: Page, *paths: Path) -> None:
    """Drop files or a folder from outside the browser."""
    protocol = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        protocol.send("Input.dispatchDragEvent", {"type": step, "x": 200, "y": 300, "data": data})
        if step == "dragOver":
            expect(page.get_by_text("Drop to upload")).to_be_visible()


def process_all() -> None:
    for pk in Invoice.objects.filter(state=InvoiceState.QUEUED).values_list("pk", flat=True):
        process(pk)


def test_folder_dropped_on_any_page_becomes_a_batch(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP)
    set_up(page)
    page.goto("/status/")
    folder = tmp_path / "August bills"
    (folder / "deeper").mkdir(parents=True)
    write(folder, **{f"f{n}_pdf": pdf("", str(n)) for n in range(25)}, Thumbs_db=b"clutter")
    write(folder / "deeper", g_pdf=pdf("", "g"))
    drop(page, folder)
    expect(page.get_by_role("heading", name="August bills")).to_be_visible()
    expect(page.get_by_role("region", name="Upload")).to_contain_text("26 uploaded. You may close this page.")
    expect(page.locator("tbody tr")).to_have_count(26)
    batch = Batch.objects.get()
    assert (batch.expected_files, batch.invoices.count(), batch.closed_at is not None) == (26, 26, True)


def test_upload_goes_on_when_the_server_is_well_again(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP, tolerated="429")
    set_up(page)
    answers: list[int] = []

    def unwell_at_first(route: Route) -> None:
        answers.append(1)
        if len(answers) == 1:
            route.fulfill(status=429)
        else:
            route.continue_()

    page.route("**/files/", unwell_at_first)
    choose(page, write(tmp_path, a_pdf=pdf()))
    expect(page.get_by_role("region", name="Upload")).to_contain_text("1 uploaded")
    assert Invoice.objects.count() == 1


def test_leaving_during_an_upload_warns(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP)
    set_up(page)
    held: list[Route] = []
    page.route("**/files/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    choose(page, write(tmp_path, a_pdf=pdf()))
    expect(page.get_by_role("heading", name="a.pdf")).to_be_visible()
    warnings: list[str] = []

    def stay(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(300)
    assert warnings == ["beforeunload"]
    held.pop().continue_()
    expect(page.get_by_role("region", name="Upload")).to_contain_text("You may close this page.")


def test_invoice_page_shows_itself_when_it_is_read(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP)
    set_up(page)
    choose(page, write(tmp_path, a_pdf=pdf()))
    page.get_by_role("region", name="Upload").get_by_role("link", name="Queued").click()
    expect(page.get_by_role("heading", name="a.pdf")).to_be_visible()
    process_all()
    expect(page.get_by_role("heading", name="Asha Stationers")).to_be_visible()
    expect(page.get_by_text("Text of the PDF")).to_be_visible()


def test_failed_invoice_is_retried_from_its_page(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(PHONE)
    set_up(page)
    choose(page, write(tmp_path, a_pdf=pdf("refuse")))
    expect(page.locator("tbody tr")).to_have_count(1)
    process_all()
    page.goto(f"/invoices/{Invoice.objects.get().pk}/")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_text("a.pdf is in the queue again.")).to_be_visible()
    expect(page.get_by_text("Queued just now")).to_be_visible()


def test_zip_shows_a_result_for_each_file_in_it(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(DESKTOP)
    set_up(page)
    with zipfile.ZipFile(tmp_path / "pile.zip", "w") as archive:
        archive.writestr("one.pdf", pdf("", "one"))
        archive.writestr("two.pdf", pdf("", "two"))
        archive.writestr("readme.txt", "hello")
    choose(page, [tmp_path / "pile.zip"])
    tray = page.get_by_role("region", name="Upload")
    expect(tray).to_contain_text("2 uploaded, 1 refused")
    expect(tray.get_by_role("listitem")).to_have_count(3)
    expect(page.locator("tbody tr")).to_have_count(2)


def test_desk_is_used_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    set_up(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.get_by_role("link", name="Upload", exact=True).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Upload invoices")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Upload", exact=True)).to_be_focused()
