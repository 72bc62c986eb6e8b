"""Pictures of every page: in light, in dark, and on a phone. Run as a test, though it is none:

python -m pytest tests/browser/screenshots.py

``PICTURES`` names another folder than docs/screenshots, ``ONLY`` the beginnings of the pages' names, and with
``FULL`` the pages are pictured to their ends.
"""

import io
import os
from pathlib import Path

from django.test.utils import override_settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser import month
from tests.browser import world as worlds
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.pages import SCREENS, Screen, Who
from tests.invoice_processor.conftest import portal
from tests.portal_simulator import PortalSimulator

__all__ = ["portal"]

FOLDER = Path(os.environ.get("PICTURES", "docs/screenshots"))
ONLY = tuple(os.environ.get("ONLY", "").split())  # beginnings of names
SHARPNESS = 2  # device pixels to a pixel; the pictures are made smaller again
WIDTHS = {"light": 1280, "dark": 1280, "phone": 480}
QUALITY = 70


def test_every_page_is_pictured(chromium: Browser, live_server: LiveServer, portal: PortalSimulator) -> None:
    world = None
    contexts: dict[Who, BrowserContext] = {}
    for screen in SCREENS:
        if screen.who is not Who.FIRST and world is None:
            world = worlds.build(portal, before=month.fill)
        if ONLY and not screen.name.startswith(ONLY):
            continue
        if screen.who not in contexts:
            contexts[screen.who] = entered(chromium, live_server, screen.who)
        page = contexts[screen.who].new_page()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        with override_settings(**screen.settings):
            page.goto(world.address(screen) if world else screen.address)
            screen.act(page)
            page.wait_for_load_state("networkidle")
            picture(page, screen, "light", DESKTOP)
            page.emulate_media(color_scheme="dark")
            picture(page, screen, "dark", DESKTOP)
            page.emulate_media(color_scheme="light")
            picture(page, screen, "phone", PHONE)
        page.close()


def entered(chromium: Browser, live_server: LiveServer, who: Who) -> BrowserContext:
    """Somebody's browser."""
    context = chromium.new_context(
        base_url=live_server.url, viewport=DESKTOP, device_scale_factor=SHARPNESS, locale="en-IN"
    )
    worlds.serve_error_pages(context)
    if user := User.objects.filter(email=worlds.EMAILS.get(who)).first():
        worlds.sign_in(context, user, live_server.url)
    return context


def picture(page: Page, screen: Screen, kind: str, size: ViewportSize) -> None:
    """What stands on the screen, as a small file."""
    page.set_viewport_size(size)
    if size == PHONE:
        page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page.wait_for_timeout(150)  # charts are drawn anew
    whole = "FULL" in os.environ
    shot = Image.open(io.BytesIO(page.screenshot(full_page=whole)))
    shown = shot.convert("RGB").resize(
        (WIDTHS[kind], round(shot.height * WIDTHS[kind] / shot.width)), Image.Resampling.LANCZOS
    )
    path = FOLDER / kind / f"{screen.name}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    shown.save(path, quality=QUALITY, method=6)
