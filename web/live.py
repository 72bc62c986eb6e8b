"""Parts of a page that bring themselves up to date while something is under way."""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from web.desk import DeskRequest

EVERY = "2s"


def live(request: DeskRequest, template: str, context: dict[str, Any], *, url: str, on: bool) -> SafeString:
    """A part that asks ``url`` for itself as long as it is ``on``."""
    content = render_to_string(template, context, request)
    digest = sha256(content.encode()).hexdigest()[:16]
    return mark_safe(  # noqa: S308 - a rendered template
        render_to_string(
            "web/_live.html",
            {"content": content, "digest": digest, "url": url, "every": EVERY if on else ""},
        )
    )


def answer(request: DeskRequest, part: SafeString) -> HttpResponse:
    """The part, or nothing when the page shows it already: what a person points at stays in place."""
    seen = request.GET.get("seen")
    if seen and f'"seen": "{seen}"' in part and "hx-trigger" in part:
        return HttpResponse(status=204)
    return HttpResponse(part)
