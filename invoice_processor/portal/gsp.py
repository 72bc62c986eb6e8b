"""A GST Suvidha Provider's interface: the same records, for a key instead of a person.

    GET {GSP_BASE_URL}/{gstin}
    Authorization: Bearer {GSP_API_KEY}

answers with JSON in the portal's short names (docs/vendor-verification.md), bare or inside ``data``,
``taxpayerInfo`` or ``result``; 404 where there is no such GSTIN.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

import httpx
from django.conf import settings

from invoice_processor.models import Source
from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.public_search import refusal
from invoice_processor.portal.record import PortalRecord, parse
from invoice_processor.portal.registry import Answered
from invoice_processor.portal.transport import exchange, json_object, timeouts

WRAPPERS = ("data", "taxpayerInfo", "result")
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN}


class Gsp:
    """The configured provider."""

    source: ClassVar[Source] = Source.GSP

    def challenge(self) -> None:
        """No person is needed."""

    def record(self, gstin: str, answered: Answered | None = None) -> PortalRecord:  # noqa: ARG002 - Registry
        """Ask for a GSTIN."""
        headers = {"Authorization": f"Bearer {settings.GSP_API_KEY}", "Accept": "application/json"}
        limits = timeouts(settings.GST_PORTAL_TIMEOUT)
        with httpx.Client(headers=headers, timeout=limits) as client:
            request = client.build_request("GET", f"{settings.GSP_BASE_URL.rstrip('/')}/{gstin}")
            response, body = exchange(client, request, settings.GST_PORTAL_TIMEOUT)
        if code := trouble(response.status_code):
            raise PortalError(code)
        answer = unwrapped(json_object(body))
        if code := refusal(answer):
            raise PortalError(code)
        return parse(answer, gstin)


def trouble(status: int) -> Code | None:
    """What an HTTP status other than 200 means."""
    if status == HTTPStatus.OK:
        return None
    if status == HTTPStatus.NOT_FOUND:
        return Code.NO_SUCH_GSTIN
    if status in REFUSED:
        return Code.REFUSED
    return Code.COOLING_OFF if status == HTTPStatus.TOO_MANY_REQUESTS else Code.DOWN


def unwrapped(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of an answer that holds the record; providers wrap it once or twice."""
    for name in (*WRAPPERS, *WRAPPERS):
        inner = answer.get(name)
        if isinstance(inner, dict):
            answer = inner
    return answer
