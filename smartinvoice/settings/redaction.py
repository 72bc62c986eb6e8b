"""What a line of the log or an error page must never give away."""

import re

from django.conf import settings
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

SECRETS = (
    *("SECRET_KEY", "EMAIL_HOST_PASSWORD", "METRICS_TOKEN", "GSP_API_KEY"),
    *("AI_API_KEY", "GEMINI_API_KEYS"),
)
SHORTEST = 6  # characters: shorter than any secret, and else ordinary words would be blackened
IN_URL = re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+(?=@)")
LINK = re.compile(r"(/join/|/password/reset/\w+-)[\w-]+")  # whose end is a key
BLACK = "***"


def blackened(text: str) -> str:
    """A text without secrets of the settings, passwords inside addresses, and keys inside links."""
    for secret in known():
        text = text.replace(secret, BLACK)
    return LINK.sub(rf"\1{BLACK}", IN_URL.sub(rf"\1:{BLACK}", text))


def known() -> list[str]:
    """The secrets that this desk has."""
    values = [getattr(settings, name) for name in SECRETS]
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [one for one in flat if len(one) >= SHORTEST]


class ErrorPage(ExceptionReporter):
    """Django's page of an error, which DEBUG shows, with its settings and the values of each frame."""

    def get_traceback_html(self) -> SafeString:
        """The page as it may be shown."""
        return SafeString(blackened(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        """The same as text."""
        return SafeString(blackened(super().get_traceback_text()))
