"""The first visit: until a first user exists, every page leads to the set-up page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.services.organisations import is_set_up

GetResponse = Callable[[HttpRequest], HttpResponse]


class FirstVisitMiddleware:
    """Leads a signed-out person to the set-up page as long as nobody is set up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        doors = (reverse("account_login"), reverse("account_signup"))
        if request.path in doors and not request.user.is_authenticated and not is_set_up():
            return redirect("web:set-up")
        return self.get_response(request)
