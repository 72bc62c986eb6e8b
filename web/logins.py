"""Where and when people use the desk, for their list of logins."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.services import sessions

GetResponse = Callable[[HttpRequest], HttpResponse]


class LoginsMiddleware:
    """Notes the use of a session."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sessions.note(request)
        return self.get_response(request)
