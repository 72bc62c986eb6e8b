"""HTTP to somebody who may be slow, down or hostile: bounded in time and size, every failure told apart."""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx

from invoice_processor.portal.errors import Code, PortalError

LARGEST_ANSWER = 512 * 1024  # bytes; an honest one has a few thousand
CONNECT_WITHIN = 5.0  # seconds


def exchange(client: httpx.Client, request: httpx.Request, within: float) -> tuple[httpx.Response, bytes]:
    """Send a request; returns the response and its body, read within so many seconds all in all.

    Raises:
        PortalError: TIMEOUT, DOWN, BLOCKED or UNREADABLE.
    """
    deadline = time.monotonic() + within
    try:
        response = client.send(request, stream=True)
        try:
            body = b""
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > deadline:
                    raise PortalError(Code.TIMEOUT)
                if len(body) > LARGEST_ANSWER:
                    raise PortalError(Code.UNREADABLE)
        finally:
            response.close()
    except httpx.TimeoutException as error:
        raise PortalError(Code.TIMEOUT) from error
    except httpx.DecodingError as error:
        raise PortalError(Code.UNREADABLE) from error
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise PortalError(Code.DOWN) from error
    return response, body


def timeouts(within: float) -> httpx.Timeout:
    """The limits of each single step of an exchange."""
    return httpx.Timeout(within, connect=min(CONNECT_WITHIN, within))


def is_firewall(response: httpx.Response, body: bytes) -> bool:
    """Whether a firewall answers in place of the service: "Request Rejected", whatever the status."""
    return b"request rejected" in body[:4000].lower() or response.status_code in {403, 429}


def json_object(body: bytes) -> Mapping[str, Any]:
    """The JSON object in a body, whatever character set its header claims.

    Raises:
        PortalError: UNREADABLE.
    """
    try:
        try:
            written = body.decode("utf-8")
        except UnicodeDecodeError:
            written = body.decode("latin-1")
        answer = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise PortalError(Code.UNREADABLE) from error
    if not isinstance(answer, dict):
        raise PortalError(Code.UNREADABLE)
    return answer
