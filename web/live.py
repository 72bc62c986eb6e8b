"""Parts of a page that bring themselves up to date while something is under way."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from web.desk import DeskRequest

EVERY = 2  # seconds


@dataclass(frozen=True, slots=True)
class Part:
    """A rendered part; ``digest`` tells whether the page shows it already, ``on`` whether it will change."""

    html: SafeString
    digest: str
    on: bool


def live(
    request: DeskRequest,
    template: str,
    context: dict[str, Any],
    *,
    url: str,
    on: bool,
    every: int = EVERY,
) -> Part:
    """A part that asks ``url`` for itself every so many seconds as long as it is ``on``."""
    content = render_to_string(template, context, request)
    digest = sha256(content.encode()).hexdigest()[:16]
    frame = {"content": content, "digest": digest, "url": url, "every": every if on else None}
    return Part(render_to_string("web/_live.html", frame), digest, on)


def answer(request: DeskRequest, part: Part) -> HttpResponse:
    """The part, or nothing when the page shows it already: what a person points at stays in place.

    The last answer lets the bell look at once whether there is a notice.
    """
    if part.on and request.GET.get("seen") == part.digest:
        return HttpResponse(status=204)
    return HttpResponse(part.html, headers={} if part.on else {"HX-Trigger": "finished"})
