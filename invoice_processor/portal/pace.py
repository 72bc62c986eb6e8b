"""How often the portal is asked, agreed upon by all processes through the shared cache."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache

from invoice_processor.portal.errors import Code, PortalError

TURN, LAST, RESTING = "portal:turn", "portal:last-request", "portal:resting-until"
TURN_LASTS = 30  # seconds; beyond any spacing, so that only a dead process loses its turn
PATIENCE = 10.0  # seconds that a person waits for a turn
GLANCE = 0.1  # seconds between two looks


def wait_for_turn() -> None:
    """Return when the next request to the portal may go out.

    Raises:
        PortalError: COOLING_OFF, or BUSY when too many wait.
    """
    if seconds_of_rest() > 0:
        raise PortalError(Code.COOLING_OFF)
    with taken(TURN, within=PATIENCE):
        last: float = cache.get(LAST, 0.0)
        spacing: float = settings.GST_PORTAL_SPACING
        time.sleep(max(0.0, min(last + spacing - time.time(), spacing)))  # clocks of machines may differ
        cache.set(LAST, time.time(), TURN_LASTS)


@contextmanager
def one_at_a_time(gstin: str) -> Iterator[None]:
    """Let one process ask for a GSTIN; the others find its answer in the records.

    Raises:
        PortalError: BUSY.
    """
    with taken(f"portal:asking:{gstin}", within=settings.GST_PORTAL_TIMEOUT):
        yield


@contextmanager
def taken(name: str, within: float) -> Iterator[None]:
    """Hold a name that only one process can hold."""
    deadline = time.monotonic() + within
    while not cache.add(name, 1, TURN_LASTS + 2 * within):
        if time.monotonic() > deadline:
            raise PortalError(Code.BUSY)
        time.sleep(GLANCE)
    try:
        yield
    finally:
        cache.delete(name)


def rest() -> None:
    """Let nobody ask for a while."""
    until = time.time() + settings.GST_PORTAL_COOL_OFF
    cache.set(RESTING, until, settings.GST_PORTAL_COOL_OFF)


def seconds_of_rest() -> int:
    """How long asking still rests; 0 when it may go on."""
    until: float = cache.get(RESTING, 0.0)
    return max(0, round(until - time.time()))
