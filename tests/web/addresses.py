"""Every address of the desk, from the URL configuration itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    """A named address; ``name`` is what ``reverse`` takes, ``wants`` the arguments it needs."""

    name: str
    wants: tuple[str, ...]


def addresses() -> list[Address]:
    """All addresses but those of the Django admin, which has one rule of its own."""
    return sorted(walk(get_resolver(), (), ()), key=lambda address: address.name)


def walk(resolver: URLResolver, names: tuple[str, ...], wants: tuple[str, ...]) -> Iterator[Address]:
    for one in resolver.url_patterns:
        wanted = (*wants, *one.pattern.regex.groupindex)
        if isinstance(one, URLPattern):
            yield Address(":".join((*names, str(one.name))), wanted)
        elif one.namespace != "admin":
            yield from walk(one, (*names, one.namespace) if one.namespace else names, wanted)
