"""Answers to requests that go no further."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_requests(request: HttpRequest, advice: str = "", wait: int = 60) -> HttpResponse:
    """Slow down; ``wait`` is after how many seconds it makes sense to try again."""
    response = render(request, "429.html", {"advice": advice}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
