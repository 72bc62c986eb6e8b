"""A provider of AI models for tests, over real HTTP: Gemini's and OpenAI's wire formats, in every mood."""

import contextlib
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Mood = Callable[["Exchange"], None]
TOKENS = {"in": 1200, "out": 300}
STATUS = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 503: "UNAVAILABLE"}


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    key: str
    path: str
    body: dict[str, Any]


@dataclass
class Simulator:
    """A running server; ``moods`` are used up one by one, then ``always`` or the key's own mood holds."""

    url: str = ""
    always: Mood = field(default_factory=lambda: answering({}))
    moods: deque[Mood] = field(default_factory=deque)
    by_key: dict[str, Mood] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    freed: threading.Event = field(default_factory=threading.Event)

    def mood(self, key: str) -> Mood:
        """How the next request is met."""
        with self.lock:
            if key in self.by_key:
                return self.by_key[key]
            return self.moods.popleft() if self.moods else self.always

    @property
    def keys(self) -> list[str]:
        """The keys that were used, in order."""
        return [one.key for one in self.asked]

    def count(self) -> dict[str, int]:
        """How often each key was used."""
        counts: dict[str, int] = defaultdict(int)
        for one in self.asked:
            counts[one.key] += 1
        return dict(counts)


class Exchange(BaseHTTPRequestHandler):
    """One request and its answer."""

    simulator: Simulator
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers.get("x-goog-api-key") or self.headers["Authorization"].removeprefix("Bearer ")
        simulator = self.simulator
        with simulator.lock:
            simulator.asked.append(Asked(key, self.path, body))
            simulator.open += 1
            simulator.most_open = max(simulator.open, simulator.most_open)
        try:
            with contextlib.suppress(OSError):
                simulator.mood(key)(self)
        finally:
            with simulator.lock:
                simulator.open -= 1

    @property
    def is_gemini(self) -> bool:
        return ":generateContent" in self.path

    def reply(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests need no log of it."""


def gemini(text: str | None, finish: str = "STOP") -> dict[str, Any]:
    """A response of generateContent."""
    parts = [] if text is None else [{"text": text}]
    return {
        "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": finish, "index": 0}],
        "usageMetadata": {
            "promptTokenCount": TOKENS["in"],
            "candidatesTokenCount": TOKENS["out"],
            "totalTokenCount": TOKENS["in"] + TOKENS["out"],
        },
        "modelVersion": "simulated",
        "responseId": "r1",
    }


def chat(text: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """A response of chat/completions."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "simulated",
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {
            "prompt_tokens": TOKENS["in"],
            "completion_tokens": TOKENS["out"],
            "total_tokens": TOKENS["in"] + TOKENS["out"],
        },
    }


def saying(text: str | None) -> Mood:
    """Any text, or none."""
    return lambda exchange: exchange.reply(200, gemini(text) if exchange.is_gemini else chat(text))


def answering(answer: dict[str, Any]) -> Mood:
    """An answer in the form asked for."""
    return saying(json.dumps(answer))


def refusing(exchange: Exchange) -> None:
    """A refusal to read the document, as each provider words it."""
    body = gemini(None, "SAFETY") if exchange.is_gemini else chat(None, refusal="I cannot help with that.")
    exchange.reply(200, body)


def failing(status: int, code: str = "", message: str = "It broke.", **headers: str) -> Mood:
    """An error of the server."""
    code = code or STATUS.get(status, "INTERNAL")
    body = {"error": {"code": status, "status": code, "message": message, "type": code}}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.reply(status, body, names)


def failing_in_detail(status: int, code: str, detail: dict[str, str]) -> Mood:
    """An error as Google's services explain it."""
    error = {"code": status, "status": code, "message": "It broke.", "details": [detail]}
    return lambda exchange: exchange.reply(status, {"error": error})


def used_up(seconds: float) -> Mood:
    """429, with the word on when to come back: in the body as Gemini says it, in a header as others do."""

    def answer(exchange: Exchange) -> None:
        if not exchange.is_gemini:
            failing(429, "rate_limit_exceeded", Retry_After=f"{seconds:g}")(exchange)
            return
        detail = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds:g}s"}
        error = {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota.", "details": [detail]}
        exchange.reply(429, {"error": error})

    return answer


bad_key_400 = failing_in_detail(400, "INVALID_ARGUMENT", {"reason": "API_KEY_INVALID"})
"""As Gemini tells a wrong key from a wrong question."""
bad_key = failing(403, "PERMISSION_DENIED", "The key is not valid.")


def hanging(exchange: Exchange) -> None:
    """No answer, ever."""
    exchange.simulator.freed.wait(60)


def dripping(exchange: Exchange) -> None:
    """An answer that comes byte by byte and never ends."""
    exchange.send_response(200)
    exchange.send_header("Content-Type", "application/json")
    exchange.send_header("Content-Length", "100000")
    exchange.end_headers()
    while not exchange.simulator.freed.wait(0.05):
        exchange.wfile.write(b" ")
        exchange.wfile.flush()


def cutting(exchange: Exchange) -> None:
    """A connection that breaks in the middle of the answer."""
    exchange.send_response(200)
    exchange.send_header("Content-Type", "application/json")
    exchange.send_header("Content-Length", "100000")
    exchange.end_headers()
    exchange.wfile.write(b'{"candidates": [')
    exchange.wfile.flush()
    exchange.close_connection = True


def elsewhere(url: str) -> Mood:
    """A redirect to another server."""
    return lambda exchange: exchange.reply(307, {}, {"Location": url})


def slowly(seconds: float, mood: Mood) -> Mood:
    """The same, after a while."""

    def answer(exchange: Exchange) -> None:
        time.sleep(seconds)
        mood(exchange)

    return answer


@contextlib.contextmanager
def simulator() -> Iterator[Simulator]:
    """A server on a free port of this machine."""
    running = Simulator()
    handler = type("Bound", (Exchange,), {"simulator": running})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        running.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield running
        finally:
            running.freed.set()
            server.shutdown()
            thread.join()
