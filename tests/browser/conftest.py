"""A real browser before a real server. Whatever the browser complains about fails the test."""

import shutil
from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.web.conftest import plain_static_files, static_root
from web.styles.build import build

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)


class OpenPage(Protocol):
    """Opens a page of the desk at ``base``, or of the test's own server.

    Of the browser's complaints those with ``tolerated`` in them are expected.
    """

    def __call__(self, size: ViewportSize, tolerated: str = "", base: str = "") -> Page: ...


__all__ = ["plain_static_files", "static_root"]


@pytest.fixture(scope="session")
def chromium(static_root: None) -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    build()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield browser
        browser.close()


def said(line: ConsoleMessage) -> str:
    return f"{line.text} ({line.page.url if line.page else line.location['url']})"


@pytest.fixture
def open_page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens pages of a given size, guarded: an error, a breach of the policy, or a request that leaves the
    desk fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(size: ViewportSize, tolerated: str = "", base: str = "") -> Page:
        home = base or request.getfixturevalue("live_server").url
        phone = size == PHONE
        context = chromium.new_context(base_url=home, viewport=size, has_touch=phone, is_mobile=phone)
        context.set_default_timeout(10_000)
        contexts.append(context)

        def complain(text: str) -> None:
            if not (tolerated and tolerated in text):
                complaints.append(text)

        ours = (home, "data:", "blob:", "chrome")
        context.on("weberror", lambda error: complain(str(error.error)))
        context.on("console", lambda line: complain(said(line)) if line.type == "error" else None)
        context.on("request", lambda one: None if one.url.startswith(ours) else complain(one.url))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(autouse=True)
def database(transactional_db: None) -> None:
    """The server and the test use the same database, each by its own connection."""
