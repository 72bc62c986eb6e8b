"""Whether and when a failed attempt is repeated."""

import random
from datetime import timedelta

from django.conf import settings

MAX_ATTEMPTS: int = settings.INVOICE_MAX_RETRIES + 1
LONGEST_WAIT = timedelta(seconds=settings.INVOICE_RETRY_BACKOFF * 2**settings.INVOICE_MAX_RETRIES)


def backoff(attempt: int) -> timedelta:
    """How long to wait after the given failed attempt (from 1): 60 s, doubled each time, up to 25 % less."""
    seconds = settings.INVOICE_RETRY_BACKOFF * 2 ** (attempt - 1)
    return timedelta(seconds=seconds * random.uniform(0.75, 1.0))  # noqa: S311 - spreads load, guards nothing
