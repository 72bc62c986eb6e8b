"""Every page of the desk, in every state worth looking at: one list for axe and for the screenshots.

A new address that answers GET, or a new template of a whole page, fails tests/browser/test_pages.py until it
stands here or among ``NO_PAGES``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from invoice_processor.selectors.reports import REPORTS

Act = Callable[[Page], object]


class Who(Enum):
    """Who looks; tests/browser/world.py makes them."""

    FIRST = auto()  # of all visitors: nobody is set up yet
    VISITOR = auto()
    OWNER = auto()
    VIEWER = auto()
    NEWCOMER = auto()  # owns an organisation that has no invoice yet
    LONELY = auto()  # belongs to no organisation
    LEAVING = auto()  # a member who deletes their account
    STAFF = auto()  # support, in the Django admin


@dataclass(frozen=True, slots=True)
class Screen:
    """A page in one state. ``address`` may name records of the world; ``act`` is done once it is open."""

    name: str  # good for a file's name
    address: str
    who: Who = Who.OWNER
    act: Act = field(default=lambda page: None)
    settings: dict[str, Any] = field(default_factory=dict)
    status: int = 200


def send(label: str, **values: str) -> Act:
    """Fill in the page's form, by the names of its fields, and press a button."""

    def act(page: Page) -> None:
        for name, value in values.items():
            page.locator(f"main [name={name}]").fill(value)
        page.get_by_role("main").get_by_role("button", name=label).click()

    return act


def press(label: str) -> Act:
    """Press the first button of that name, which opens something."""
    return lambda page: page.get_by_role("main").get_by_role("button", name=label).first.click()


def select_two(page: Page) -> None:
    for row in (0, 1):
        page.locator("tbody").get_by_role("checkbox").nth(row).check()
    expect(page.get_by_text("2 selected")).to_be_visible()


def open_filters(page: Page) -> None:
    page.get_by_text("Filter", exact=True).click()


def begin_verification(page: Page) -> None:
    page.get_by_role("button", name="Verify one after the other").click()
    expect(page.get_by_label("What does the picture show?")).to_be_focused()


def begin_verification_without_scripts(page: Page) -> None:
    """As a browser sends the form by itself; page's policy lets it."""
    page.locator("form[action='/verification/ask/']").first.evaluate("form => form.submit()")
    expect(page.get_by_label("What does the picture show?")).to_be_visible()


def import_vendors(page: Page) -> None:
    rows = "GSTIN,Legal name,Status\n29AAGCB7383J1Z4,Banashankari Traders,Active\nWRONG,Nobody,Active\n"
    file = {"name": "vendors.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="vendors.csv")).to_be_visible()


def choose_eight_years(page: Page) -> None:
    page.locator("main [name=years]").select_option("8")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator("main [name=sure]")).to_have_count(1)


PASSWORD = "mango-lantern-42"

BEFORE = (Screen("set-up", "/set-up/", Who.FIRST),)

DOORS = (
    Screen("login", "/login/", Who.VISITOR),
    Screen(
        "login-refused", "/login/", Who.VISITOR, send("Log in", login="asha@example.in", password="wrong")
    ),
    Screen("register", "/register/", Who.VISITOR, settings={"OPEN_REGISTRATION": True}),
    Screen("register-closed", "/register/", Who.VISITOR),
    Screen("account-inactive", "/inactive/", Who.VISITOR),
    Screen("email-sent", "/confirm-email/", Who.VISITOR),
    Screen("email-confirm", "/confirm-email/{email_key}/", Who.VISITOR),
    Screen("password-forgotten", "/password/reset/", Who.VISITOR),
    Screen("password-sent", "/password/reset/sent/", Who.VISITOR),
    Screen("password-new", "/password/reset/{password_key}/", Who.VISITOR),
    Screen("password-new-too-late", "/password/reset/1-nobodys-key/", Who.VISITOR),
    Screen("password-new-done", "/password/reset/done/", Who.VISITOR),
    Screen("password-confirm", "/password/confirm/"),
    Screen("join", "/join/{invitation}/", Who.VISITOR),
    Screen("join-too-late", "/join/nobodys-token/", Who.VISITOR, status=410),
    Screen("no-organisation", "/", Who.LONELY, status=403),
)

EMPTY = (
    Screen("start", "/", Who.NEWCOMER),
    Screen("inbox-empty", "/inbox/", Who.NEWCOMER),
    Screen("batches-empty", "/batches/", Who.NEWCOMER),
    Screen("vendors-empty", "/vendors/", Who.NEWCOMER),
    Screen("verification-empty", "/verification/", Who.NEWCOMER),
    Screen("reports-empty", "/reports/", Who.NEWCOMER),
    Screen("notices-empty", "/notices/", Who.NEWCOMER),
)

DESK = (
    Screen("dashboard", "/"),
    Screen("upload", "/upload/"),
    Screen("inbox", "/inbox/"),
    Screen("inbox-filters", "/inbox/?show=attention", act=open_filters),
    Screen("inbox-selected", "/inbox/", act=select_two),
    Screen("inbox-nothing-found", "/inbox/?q=nowhere"),
    Screen("inbox-deleted", "/inbox/?show=deleted"),
    Screen("inbox-viewer", "/inbox/", Who.VIEWER),
    Screen("export-held", "/export/?format=xlsx"),
    Screen("batches", "/batches/"),
    Screen("batch", "/batches/{batch}/"),
    Screen("batch-under-way", "/batches/{batch_under_way}/"),
    Screen("review", "/invoices/{invoice}/"),
    Screen("review-help", "/invoices/{invoice}/", act=lambda page: page.keyboard.press("?")),
    Screen("review-reject", "/invoices/{invoice}/", act=press("Reject")),
    Screen("review-approved", "/invoices/{approved}/"),
    Screen("review-failed", "/invoices/{failed}/"),
    Screen("review-queued", "/invoices/{queued}/"),
    Screen("review-viewer", "/invoices/{invoice}/", Who.VIEWER),
    Screen("compare", "/duplicates/{duplicate}/"),
    Screen("vendors", "/vendors/"),
    Screen("vendor", "/vendors/{vendor}/"),
    Screen("vendor-import", "/vendors/import/"),
    Screen("vendor-import-check", "/vendors/import/", act=import_vendors),
    Screen("verification", "/verification/"),
    Screen("verification-dialog", "/verification/", act=begin_verification),
    Screen("verification-page", "/verification/", act=begin_verification_without_scripts),
    *(Screen(f"report-{name}", f"/reports/?report={name}") for name in REPORTS),
    Screen("notices", "/notices/"),
    Screen("status", "/status/"),
)

SETTINGS = (
    Screen("settings-profile", "/settings/profile/"),
    Screen("settings-password", "/settings/password/"),
    Screen("settings-email", "/settings/email/"),
    Screen("settings-logins", "/settings/logins/"),
    Screen("settings-notices", "/settings/notices/"),
    Screen("settings-data", "/settings/data/"),
    Screen("settings-delete", "/settings/data/delete/"),
    Screen("settings-organisation", "/settings/organisation/"),
    Screen("settings-members", "/settings/members/"),
    Screen("settings-approval", "/settings/approval/"),
    Screen("settings-ai", "/settings/ai/"),
    Screen("settings-tokens", "/settings/tokens/", act=send("Make the token", name="Tally")),
    Screen("settings-retention", "/settings/retention/"),
    Screen("settings-retention-sure", "/settings/retention/", act=choose_eight_years),
)

ADMIN = (
    Screen("admin", "/admin/", Who.STAFF),
    Screen("admin-list", "/admin/invoice_processor/invoice/", Who.STAFF),
    Screen("admin-record", "/admin/invoice_processor/invoice/{invoice}/change/", Who.STAFF),
)

ERROR_PAGES = ("400", "403", "403_csrf", "404", "413", "429", "500")
"""Templates that need nothing; what they look like is asked for at ``/error/<name>/``, see world.py."""

ERRORS = tuple(Screen(f"error-{name}", f"/error/{name}/", Who.VISITOR) for name in ERROR_PAGES)

LAST = (
    Screen("account-deleted", "/settings/data/delete/", Who.LEAVING, send("Delete my", password=PASSWORD)),
)

SCREENS = (*BEFORE, *DOORS, *EMPTY, *DESK, *SETTINGS, *ADMIN, *ERRORS, *LAST)

NO_PAGES = {
    "a part of a page": (
        *("web:dashboard-live", "web:dashboard-vendors", "web:inbox-live", "web:batch-live", "web:bell"),
        *("web:invoice-live", "web:pages", "web:page-words", "web:states"),
    ),
    "a picture or a file": (
        *("web:document", "web:page", "web:picture", "web:verify-picture", "web:vendor-export"),
        "web:data-export",
    ),
    "for programs": ("web:alive", "web:ready", "web:metrics", "api:batch", "api:invoice", "api:invoices"),
    "leads to another page": ("web:settings", "web:favicon"),
}
"""Addresses that answer GET with something else than a page of their own."""

TEMPLATES = Path(__file__).resolve().parents[2] / "web" / "templates"


def page_templates() -> set[str]:
    """The templates of whole pages, by Django's name."""
    found = (path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.html"))
    return {str(path) for path in found if not path.name.startswith("_")}
