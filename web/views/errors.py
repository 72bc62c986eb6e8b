"""Answers to requests that go no further."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Slow down, and when to try again."""
    return render(request, "429.html", status=429, headers={"Retry-After": "60"})  # type: ignore[call-arg]
