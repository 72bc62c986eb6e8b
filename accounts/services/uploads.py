"""How many files a person has sent lately."""

import time

from django.conf import settings
from django.core.cache import cache

HOUR = 3600  # seconds


def may_send(person: int, files: int) -> bool:
    """Count files that a person sends; whether they are within what one person may send in an hour."""
    fits: bool = count_sent(person, files) <= settings.UPLOADED_FILES_PER_HOUR
    if not fits:
        count_sent(person, -files)  # they were not taken
    return fits


def count_sent(person: int, files: int) -> int:
    """Count files that a person sent, also those that came out of a ZIP; how many it were in this hour."""
    key = f"uploads:{person}:{int(time.time()) // HOUR}"
    cache.add(key, 0, 2 * HOUR)
    sent: int = cache.incr(key, files)
    return sent


def until_next_hour() -> int:
    """The seconds until counting starts anew."""
    return HOUR - int(time.time()) % HOUR
