"""Who is at the desk: every page works for one member of one organisation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from accounts.models import Membership, Organisation, User
from accounts.permissions import Permission, allows, refusal
from accounts.selectors import chosen, memberships_of

P = ParamSpec("P")

CURRENT = "organisation"  # in the session: the organisation chosen with the switcher


class PersonRequest(HttpRequest):
    """A request of a signed-in person, who may belong to no organisation."""

    user: User
    htmx: HtmxDetails
    memberships: list[Membership]
    membership: Membership | None  # that counts


class DeskRequest(HttpRequest):
    """A request of a signed-in member."""

    user: User
    htmx: HtmxDetails
    memberships: list[Membership]
    membership: Membership  # that counts
    organisation: Organisation  # whose records may be seen


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
PersonView = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def person(view: PersonView[P]) -> Callable[..., HttpResponseBase]:
    """Let only signed-in people in: pages about themselves, with or without an organisation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_login(request)
        person_request = cast(PersonRequest, request)
        person_request.memberships = list(memberships_of(request.user))
        person_request.membership = chosen(person_request.memberships, request.session.get(CURRENT))
        return view(person_request, *args, **kwargs)

    return guarded


def member(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let only signed-in members in, and tell the view which membership counts."""

    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.membership is None:
            return render(request, "web/no_organisation.html", status=403)
        desk_request = cast(DeskRequest, request)
        desk_request.organisation = request.membership.organisation
        return view(desk_request, *args, **kwargs)

    return wraps(view)(person(guarded))


def may(permission: Permission) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Let only those members in whose role includes a permission."""

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not allows(request.membership.role, permission):
                raise PermissionDenied(refusal(permission))
            return view(request, *args, **kwargs)

        return wraps(view)(member(guarded))

    return decorate


uploader = may(Permission.UPLOAD)


def to_login(request: HttpRequest) -> HttpResponseBase:
    """The way to the login page; a part of a page must not swap that page into itself."""
    is_part = cast(DeskRequest, request).htmx
    return HttpResponseClientRefresh() if is_part else redirect_to_login(request.get_full_path())
