"""Where one is logged in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.services import sessions
from web.desk import PersonRequest, person


@require_safe
@person
def logins(request: PersonRequest) -> HttpResponse:
    """All browsers in which the person is logged in."""
    found = sessions.logins_of(request.user, request.session.session_key)
    return render(request, "web/settings/logins.html", {"logins": found})


@require_POST
@person
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Log out of one browser."""
    sessions.end(request.user, pk)
    messages.success(request, "That browser is logged out.")
    return redirect("web:settings-logins")


@require_POST
@person
def end_others(request: PersonRequest) -> HttpResponse:
    """Log out everywhere but here."""
    ended = sessions.end_all(request.user, but=request.session.session_key)
    messages.success(request, f"Logged out of {ended} other browser{'' if ended == 1 else 's'}.")
    return redirect("web:settings-logins")
