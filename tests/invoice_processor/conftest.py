"""A portal of our own, and the desk set to ask it without long waits."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests import portal_simulator
from tests.portal_simulator import PortalSimulator


@pytest.fixture
def portal(settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[PortalSimulator]:
    cache.clear()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.GST_PORTAL_SPACING = 0.0
    settings.GST_PORTAL_TIMEOUT = 1.0
    with portal_simulator.running() as simulator:
        settings.GST_PORTAL_URL = simulator.url
        yield simulator
