"""Who is at the desk: every page works for one member of one organisation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from accounts.models import Membership, Organisation, User
from accounts.selectors import MAY_UPLOAD, membership_of

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of a signed-in member."""

    user: User
    htmx: HtmxDetails
    membership: Membership
    organisation: Organisation  # whose records may be seen


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def member(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let only signed-in members in, and tell the view which membership counts."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        desk_request = cast(DeskRequest, request)
        if not request.user.is_authenticated:
            return to_login(desk_request)
        membership = membership_of(desk_request.user)
        if membership is None:
            raise PermissionDenied("You are not a member of an organisation yet: ask your administrator.")
        desk_request.membership, desk_request.organisation = membership, membership.organisation
        return view(desk_request, *args, **kwargs)

    return guarded


def uploader(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let only those members in who may upload and retry; viewers look on."""

    def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.membership.role not in MAY_UPLOAD:
            raise PermissionDenied("Viewers may look at everything but change nothing.")
        return view(request, *args, **kwargs)

    return wraps(view)(member(guarded))


def to_login(request: DeskRequest) -> HttpResponseBase:
    """The way to the login page; a part of a page must not swap that page into itself."""
    return HttpResponseClientRefresh() if request.htmx else redirect_to_login(request.get_full_path())
