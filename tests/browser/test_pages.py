"""Every page: known to the list, usable by everybody in light and dark, and no wider than a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.dispatch import Signal
from django.test.signals import template_rendered
from django.test.utils import override_settings
from django.urls import resolve
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser import world as worlds
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.pages import ERRORS, NO_PAGES, SCREENS, Screen, Who, page_templates
from tests.invoice_processor.conftest import portal
from tests.portal_simulator import PortalSimulator
from tests.web.test_permissions import DECIDED

__all__ = ["portal"]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
EXAMPLE = worlds.World(1, 1, 1, 1, 1, 1, 1, "29AAGCB7383J1Z4", "token", "1-a-key", "key")
ADVICE = "tests/browser/pages.py: give these a Screen, or say in NO_PAGES what they are"


def test_every_address_is_a_page_or_known_to_be_none() -> None:
    shown = {resolve(EXAMPLE.address(one).split("?")[0]).view_name for one in SCREENS if one not in ERRORS}
    none = {name for names in NO_PAGES.values() for name in names}
    answering = {name for name, method in DECIDED if method == "GET"}
    assert answering - shown - none == set(), ADVICE
    assert none & shown == none - answering == set(), "NO_PAGES names pages, or what is gone"


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The templates that are rendered during the test."""
    names: set[str] = set()

    def note(sender: Signal, template: object, **_: object) -> None:
        names.add(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.mark.browser
def test_everybody_can_use_every_page(
    open_page: OpenPage, live_server: LiveServer, portal: PortalSimulator, rendered: set[str]
) -> None:
    first, *others = SCREENS
    found = barriers(open_page(DESKTOP), first, first.address)
    world = worlds.build(portal)
    pages: dict[tuple[Who, int], Page] = {}
    for screen in others:
        seat = (screen.who, screen.status)
        if seat not in pages:
            pages[seat] = opened(open_page, live_server, screen)
        found += barriers(pages[seat], screen, world.address(screen))
    assert not found, "\n".join(found)
    assert page_templates() - rendered == set(), ADVICE


def opened(open_page: OpenPage, live_server: LiveServer, screen: Screen) -> Page:
    """A browser of somebody, in which a page may have the status that the screen has."""
    page = open_page(DESKTOP, tolerated=f"a status of {screen.status} ")
    worlds.serve_error_pages(page.context)
    if user := User.objects.filter(email=worlds.EMAILS.get(screen.who)).first():
        worlds.sign_in(page.context, user, live_server.url)
    return page


def barriers(page: Page, screen: Screen, address: str) -> list[str]:
    """What keeps people from using a page: in light, in dark, on a phone."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(DESKTOP)
    with override_settings(**screen.settings):
        response = page.goto(address)
        assert response
        assert response.status == screen.status, screen.name
        screen.act(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [("light", *one) for one in serious(page, "{}")]
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # the change of colours
    found += [("dark", *one) for one in serious(page, "{runOnly: ['color-contrast']}")]
    page.set_viewport_size(PHONE)
    found += [("phone", "wider than the screen", html) for html in too_wide(page)]
    return [f"{screen.name}, {' | '.join(one)}" for one in found]


def serious(page: Page, options: str) -> list[tuple[str, str]]:
    """What axe finds that keeps people out. It must not copy style sheets: our policy would refuse them."""
    always = "resultTypes: ['violations'], preload: false"
    violations = page.evaluate(f"axe.run({{{always}, ...{options}}}).then((result) => result.violations)")
    return [
        (violation["id"], node["html"][:200])
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """The page's first elements that stand out of the screen, if it scrolls sideways."""
    script = """() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return [];
        const wide = [...document.body.querySelectorAll("*")]
            .filter((one) => one.getBoundingClientRect().right > room + 0.5);
        return wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 200));
    }"""
    found: list[str] = page.evaluate(script)
    return found
