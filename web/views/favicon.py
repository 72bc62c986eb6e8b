"""The sign of the desk, for what cannot name it: the admin, documents, answers to programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Browsers ask for it of their own accord."""
    return redirect(static("web/logo.svg"))
