"""The GST portal's public search: anybody may ask it for one GSTIN, after reading a picture.

The portal has no documented interface; this follows what its own page does (searchtp). A picture belongs
to the session whose cookies came with it, and is good for one question. Errors mostly come with HTTP status
200.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import httpx
from django.conf import settings

from invoice_processor.models import Source
from invoice_processor.portal import pace
from invoice_processor.portal.errors import Code, PortalError
from invoice_processor.portal.record import PortalRecord, parse, text
from invoice_processor.portal.registry import Answered, Challenge
from invoice_processor.portal.transport import exchange, is_firewall, json_object, timeouts

PAGE = "/services/searchtp"
PICTURE = "/services/captcha"
SEARCH = "/services/api/search/taxpayerDetails"

# The portal resets connections of clients that do not look like its page in a browser.
HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept-Language": "en-IN,en;q=0.8",
}
LARGEST_COOKIES = 8000  # characters

WRONG_ANSWER = "SWEB_9000"
INVALID_OR_LOCKED = "SWEB_9035"  # which of the two, only the words tell
NO_RECORDS = frozenset({"FO8000"})

_FORMATS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


class PublicSearch:
    """The portal's search page, as a person uses it; each picture is read by a person, never by a program."""

    source: ClassVar[Source] = Source.PORTAL

    def challenge(self) -> Challenge:
        """Open a session and fetch its picture."""
        with self._client({}) as client:
            self._fetch(client, PAGE)
            picture = self._fetch(client, PICTURE)
            return Challenge(picture, picture_format(picture), kept_cookies(client.cookies))

    def record(self, gstin: str, answered: Answered | None) -> PortalRecord:
        """Ask for a GSTIN with what a person read."""
        if answered is None:
            raise PortalError(Code.EXPIRED)
        question = {"gstin": gstin, "captcha": answered.text}
        with self._client(answered.cookies) as client:
            body = self._ask(client, client.build_request("POST", SEARCH, json=question))
        answer = json_object(body)
        if code := refusal(answer):
            raise PortalError(code)
        return parse(answer, gstin)

    def _client(self, cookies: Mapping[str, str]) -> httpx.Client:
        base = settings.GST_PORTAL_URL.rstrip("/")
        if not base:
            raise PortalError(Code.OFF)
        headers = HEADERS | {"Origin": base, "Referer": base + PAGE}
        limits = timeouts(settings.GST_PORTAL_TIMEOUT)
        return httpx.Client(base_url=base, headers=headers, cookies=dict(cookies), timeout=limits)

    def _fetch(self, client: httpx.Client, path: str) -> bytes:
        """Ask twice: the portal drops every fourth connection or so."""
        try:
            return self._ask(client, client.build_request("GET", path))
        except PortalError as error:
            if error.code is not Code.DOWN:
                raise
            return self._ask(client, client.build_request("GET", path))

    def _ask(self, client: httpx.Client, request: httpx.Request) -> bytes:
        """One request in its turn; a block makes every process rest."""
        pace.wait_for_turn()
        response, body = exchange(client, request, settings.GST_PORTAL_TIMEOUT)
        if is_firewall(response, body):
            pace.rest()
            raise PortalError(Code.BLOCKED)
        if response.status_code != httpx.codes.OK:
            raise PortalError(Code.DOWN)
        return body


def refusal(answer: Mapping[str, Any]) -> Code | None:
    """Why an answer is no record; the portal says so in two different forms. None where it may be one."""
    inner = answer.get("error")
    error: Mapping[str, Any] = inner if isinstance(inner, dict) else {}
    code = text(answer.get("errorCode") or error.get("error_cd") or error.get("errorCode"), 50)
    words = text(answer.get("message") or error.get("message"), 300).lower()
    if code == WRONG_ANSWER:
        return Code.WRONG_ANSWER
    if code in NO_RECORDS or "invalid gstin" in words or "no record" in words:
        return Code.NO_SUCH_GSTIN
    if code == INVALID_OR_LOCKED or "locked" in words:
        return Code.LOCKED
    return Code.UNREADABLE if code or inner else None


def picture_format(content: bytes) -> str:
    """The media type of a picture by its first bytes.

    Raises:
        PortalError: UNREADABLE, where it is none.
    """
    for start, media_type in _FORMATS.items():
        if content.startswith(start):
            return media_type
    raise PortalError(Code.UNREADABLE)


def kept_cookies(cookies: httpx.Cookies) -> dict[str, str]:
    """The session's cookies by name: all belong to one host."""
    kept = {cookie.name: cookie.value or "" for cookie in cookies.jar}
    if sum(len(name) + len(value) for name, value in kept.items()) > LARGEST_COOKIES:
        raise PortalError(Code.UNREADABLE)
    return kept
