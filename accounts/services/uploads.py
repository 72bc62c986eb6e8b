"""How many files a person has sent lately."""

import time

from django.conf import settings
from django.core.cache import cache

HOUR = 3600  # seconds


def may_send(person: int, files: int) -> bool:
    """Count files that a person sends; whether they are within what one person may send in an hour."""
    key = f"uploads:{person}:{int(time.time()) // HOUR}"
    cache.add(key, 0, 2 * HOUR)
    fits: bool = cache.incr(key, files) <= settings.UPLOADED_FILES_PER_HOUR
    if not fits:
        cache.decr(key, files)  # they were not taken
    return fits


def until_next_hour() -> int:
    """The seconds until counting starts anew."""
    return HOUR - int(time.time()) % HOUR
