"""The most that one request may carry."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MIB = 2**20
ENVELOPE = MIB  # room for names and separators around the files


class RequestSizeMiddleware:
    """Refuses a body that is larger than the largest upload before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.most = max(settings.MAX_ARCHIVE_MB, settings.MAX_UPLOAD_MB) * MIB + ENVELOPE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > self.most:
            return render(request, "413.html", {"most_mb": self.most // MIB}, status=413)
        return self.get_response(request)
