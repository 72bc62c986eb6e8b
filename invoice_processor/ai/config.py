"""Which model is asked, where and with which keys: the operator's word, never a user's."""

from django.conf import settings

from extraction.engines.ai import COMPATIBLE, GOOGLE, NO_KEY, Endpoint


def is_enabled() -> bool:
    """Whether the operator has given a key or the address of a server."""
    return bool(settings.AI_ENABLED)


def endpoint() -> Endpoint:
    """The model that is asked."""
    if settings.AI_BASE_URL:
        return Endpoint(
            provider=COMPATIBLE,
            model=settings.AI_MODEL,
            base_url=settings.AI_BASE_URL,
            seconds=settings.AI_TIMEOUT,
        )
    return Endpoint(
        provider=GOOGLE,
        model=settings.GEMINI_MODEL,
        base_url=settings.GEMINI_BASE_URL,
        seconds=settings.AI_TIMEOUT,
    )


def keys() -> tuple[str, ...]:
    """The keys to use, in the operator's order; a server without keys is used under a name of its own."""
    if settings.AI_BASE_URL:
        return (settings.AI_API_KEY or NO_KEY,)
    return tuple(dict.fromkeys(settings.GEMINI_API_KEYS))
