"""Who is asking: every call works for the member whose token it bears."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Membership, Organisation
from accounts.permissions import Permission, allows, refusal
from accounts.services.tokens import membership_with

P = ParamSpec("P")

BEARER = "Bearer "


class TokenRequest(HttpRequest):
    """A request with a valid token."""

    membership: Membership
    organisation: Organisation  # whose records may be seen


View = Callable[Concatenate[TokenRequest, P], JsonResponse]


def problem(status: int, code: str, message: str, **headers: str) -> JsonResponse:
    """What went wrong, for the program and for the person who reads its log."""
    return JsonResponse({"error": {"code": code, "message": message}}, status=status, headers=headers)


def answers(
    method: str, permission: Permission | None = None
) -> Callable[[View[P]], Callable[..., JsonResponse]]:
    """Let a view answer one method, for members whose role includes a permission.

    There is no cookie that a browser would send by itself, so there is nothing for a forged form to use.
    """

    def decorate(view: View[P]) -> Callable[..., JsonResponse]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
            if request.method != method:
                return problem(405, "method", f"Use {method} here.", Allow=method)
            header = request.headers.get("Authorization", "")
            membership = membership_with(header.removeprefix(BEARER)) if header.startswith(BEARER) else None
            if membership is None:
                advice = "Send a valid token: Authorization: Bearer sii_… (Settings, API tokens)."
                return problem(401, "token", advice, **{"WWW-Authenticate": "Bearer"})
            if permission and not allows(membership.role, permission):
                return problem(403, "role", refusal(permission))
            token_request = cast(TokenRequest, request)
            token_request.membership, token_request.organisation = membership, membership.organisation
            try:
                return view(token_request, *args, **kwargs)
            except Http404:
                return problem(404, "unknown", "There is no such record in your organisation.")

        return guarded

    return decorate


def by_method(**views: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """One address for several methods, each with the view that answers it."""

    @csrf_exempt
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        view = views.get(str(request.method))
        if view is None:
            allowed = ", ".join(views)
            return problem(405, "method", f"Use {allowed} here.", Allow=allowed)
        return view(request, *args, **kwargs)

    return chosen
