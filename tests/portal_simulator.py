"""A GST portal of our own: a real HTTP server that behaves, and misbehaves, as the real one does."""

import io
import json
import secrets
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image, ImageDraw

KEY = "a-key-of-the-tests"
TRAP = "/where-nobody-should-go"
REJECTED = "<html><head><title>Request Rejected</title></head><body>Your support ID is: 123</body></html>"


class Fault(Enum):
    """One way to misbehave, for one request."""

    FIREWALL = auto()
    SERVER_ERROR = auto()
    HANG = auto()
    CUT = auto()  # the connection, before any answer
    DRIP = auto()  # a byte now and then, without end
    GARBAGE = auto()
    NO_PICTURE = auto()  # HTML with status 200
    LOCKED = auto()
    DEEP = auto()  # JSON nested beyond all reason
    HUGE = auto()
    SOMEBODY_ELSE = auto()  # the record of another GSTIN
    TOO_MANY = auto()  # status 429
    MOVED = auto()  # a redirect to another host


WRONG_BODIES = {
    Fault.FIREWALL: (200, REJECTED.encode()),
    Fault.TOO_MANY: (429, b""),
    Fault.SERVER_ERROR: (500, b"<html>oops</html>"),
    Fault.NO_PICTURE: (200, b"<html>Scheduled downtime</html>"),
    Fault.GARBAGE: (200, b'{"gstin": "29AB'),
    Fault.DEEP: (200, b'{"a":' * 100_000),
    Fault.HUGE: (200, b" " * 1_000_000),
    Fault.LOCKED: (200, json.dumps({"message": "Account is Locked", "errorCode": "SWEB_9035"}).encode()),
}


class PortalSimulator(ThreadingHTTPServer):
    """Knows some registrations; ``faults`` are committed one a request, first those asked for first."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.registrations: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, str] = {}  # of the pictures by cookie, each good for one question
        self.faults: deque[Fault | None] = deque()
        self.requests: list[str] = []
        self.released = threading.Event()  # lets hanging requests go at the end

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def latest_answer(self) -> str:
        """What the latest picture shows."""
        return next(reversed(self.answers.values()))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that have gone."""

    def register(self, gstin: str, legal_name: str, **changes: Any) -> None:
        """Add a registration as the portal writes it."""
        address = "12, Trade Tower, MG Road, Pune, Maharashtra, 411001"
        self.registrations[gstin] = {
            "gstin": gstin,
            "lgnm": legal_name,
            "tradeNam": legal_name,
            "sts": "Active",
            "ctb": "Private Limited Company",
            "dty": "Regular",
            "rgdt": "01/07/2017",
            "cxdt": "",
            "pradr": {"adr": address},
            "einvoiceStatus": "Yes",
            "nba": ["Wholesale Business"],
            "cmpRt": "NA",
        } | changes

    def asked(self, path: str) -> int:
        """How often something was requested."""
        return sum(line.endswith(path) for line in self.requests)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PortalSimulator
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.misbehaves():
            return
        if self.path == "/services/searchtp":
            self.reply(b"<html>Search Taxpayer</html>", "text/html")
        elif self.path.startswith("/services/captcha"):
            cookie, answer = secrets.token_hex(16), f"{secrets.randbelow(10**6):06}"
            self.server.answers[cookie] = answer
            self.reply(picture(answer), "image/png", cookie=f"CaptchaCookie={cookie}; Path=/; HttpOnly")
        elif self.path.startswith("/gsp/"):
            self.as_gsp(self.path.removeprefix("/gsp/"))
        else:
            self.reply(REJECTED.encode(), "text/html")  # as the real one does for paths it does not know

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.misbehaves():
            return
        question = json.loads(body)
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("CaptchaCookie")
        expected = self.server.answers.pop(cookie.value, None) if cookie else None
        if expected is None or question["captcha"] != expected:
            self.reply_json({"url": "/", "message": None, "errorCode": "SWEB_9000"})
        elif (record := self.server.registrations.get(question["gstin"])) is None:
            error = {"message": "Invalid GSTIN / UID", "error_cd": "SWEB_9035"}
            self.reply_json({"status_cd": "0", "error": error, "cmpRt": "NA"})
        else:
            self.reply_json(record)

    def as_gsp(self, gstin: str) -> None:
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            self.reply(b"{}", "application/json", status=401)
        elif (record := self.server.registrations.get(gstin)) is None:
            self.reply(b"{}", "application/json", status=404)
        else:
            self.reply_json({"status_cd": "1", "data": record})

    def misbehaves(self) -> bool:
        """Note the request, and commit the fault that is due."""
        self.server.requests.append(f"{self.command} {self.path}")
        fault = self.server.faults.popleft() if self.server.faults else None
        if fault is None and not self.looks_like_a_browser():
            fault = Fault.CUT
        if fault is not None:
            self.commit(fault)
        return fault is not None

    def looks_like_a_browser(self) -> bool:
        genuine = "Mozilla" in self.headers.get("User-Agent", "") and "Referer" in self.headers
        return genuine or self.path.startswith("/gsp/")

    def commit(self, fault: Fault) -> None:
        if fault in WRONG_BODIES:
            status, body = WRONG_BODIES[fault]
            self.reply(body, "text/html" if body.startswith(b"<") else "application/json", status=status)
        elif fault is Fault.HANG:
            self.server.released.wait(30)
        elif fault is Fault.CUT:
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault is Fault.DRIP:
            self.drip()
        elif fault is Fault.MOVED:
            port = self.server.server_address[1]
            self.reply(b"", "text/html", status=307, location=f"http://localhost:{port}{TRAP}")
        elif fault is Fault.SOMEBODY_ELSE:
            self.reply_json(next(iter(self.server.registrations.values())) | {"gstin": "27AAPFU0939F1ZV"})
        self.close_connection = fault in {Fault.HANG, Fault.CUT, Fault.DRIP}

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            while not self.server.released.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()
        except OSError:
            pass

    def reply_json(self, value: object) -> None:
        self.reply(json.dumps(value).encode(), "application/json;charset=ISO-8859-1")

    def reply(
        self, body: bytes, media_type: str, *, status: int = 200, cookie: str = "", location: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def picture(answer: str) -> bytes:
    """A picture of digits."""
    image = Image.new("RGB", (180, 60), "white")
    ImageDraw.Draw(image).text((20, 12), answer, fill="black", font_size=36)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@contextmanager
def running() -> Iterator[PortalSimulator]:
    """A simulator that answers until the end of the block."""
    simulator = PortalSimulator()
    thread = threading.Thread(target=simulator.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield simulator
    finally:
        simulator.released.set()
        simulator.shutdown()
        simulator.server_close()
        thread.join(5)
