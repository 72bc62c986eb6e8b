"""The most that one request may carry, and one person may send."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.services.uploads import may_send, until_next_hour
from web.desk import DeskRequest, View, to_login

P = ParamSpec("P")

MIB = 2**20
ENVELOPE = MIB  # room for names and separators around the files


class RequestSizeMiddleware:
    """Refuses a body that is larger than the largest upload, or a stranger's, before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.most = max(settings.MAX_ARCHIVE_MB, settings.MAX_UPLOAD_MB) * MIB + ENVELOPE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if length(request) > self.most:
            return render(request, "413.html", {"most_mb": self.most // MIB}, status=413)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> HttpResponseBase | None:
        """Take no large form from strangers: the check against forgery would read it to its end first.

        Views without that check read nothing before they know who asks.
        """
        is_checked = not getattr(view, "csrf_exempt", False)
        if length(request) > ENVELOPE and is_checked and not request.user.is_authenticated:
            return to_login(request)
        return None


def length(request: HttpRequest) -> int:
    """The size of a request's body in bytes; without one that is told, nothing of it is read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0


def upload_limited(view: View[P]) -> View[P]:
    """Take no more files of one person than the settings allow in an hour; the rest can be sent later."""

    @wraps(view)
    def limited(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        files = len(request.FILES.getlist("files"))
        if files and not may_send(request.user.pk, files):
            wait = until_next_hour()
            advice = f"More files than one person may send in an hour: go on in {wait // 60 + 1} min."
            return too_many_requests(request, advice=advice, wait=wait)
        return view(request, *args, **kwargs)

    return limited


def too_many_requests(request: HttpRequest, advice: str = "", wait: int = 60) -> HttpResponse:
    """Slow down; ``wait`` is after how many seconds it makes sense to try again."""
    response = render(request, "429.html", {"advice": advice}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
