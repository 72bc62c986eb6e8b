"""All processes ask the portal as one."""

import time

import pytest
from django.core.cache import cache
from pytest_django import Settings

from invoice_processor.portal import pace
from invoice_processor.portal.errors import Code, PortalError
from tests.threads import at_once


@pytest.mark.django_db(transaction=True)
def test_requests_keep_their_distance(settings: Settings) -> None:
    cache.clear()
    settings.GST_PORTAL_SPACING = 0.2

    def asked_at() -> float:
        pace.wait_for_turn()
        return time.time()

    moments = sorted(at_once(asked_at, threads=3))
    assert moments[-1] - moments[0] >= 0.2  # two distances, less what the thread's clock reads late


@pytest.mark.django_db(transaction=True)
def test_one_process_asks_for_a_gstin_at_a_time(settings: Settings) -> None:
    cache.clear()
    settings.GST_PORTAL_TIMEOUT = 5.0
    inside: list[int] = []
    most: list[int] = []

    def ask() -> None:
        with pace.one_at_a_time("29AAPCM4821K1Z5"):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    at_once(ask, threads=4)
    assert most == [1, 1, 1, 1]


def test_whoever_waits_too_long_is_told(db: None, settings: Settings) -> None:
    settings.GST_PORTAL_TIMEOUT = 0.2
    with (
        pace.one_at_a_time("29AAPCM4821K1Z5"),
        pytest.raises(PortalError) as caught,
        pace.one_at_a_time("29AAPCM4821K1Z5"),
    ):
        pass
    assert caught.value.code is Code.BUSY
