"""How often models are asked, by all workers together: a meeting point in Redis that hands out times.

Each question takes the next free time and waits for it, so that a pile of a thousand files is asked about one
after the other and not at once. Without a Redis, each process keeps the pace by itself.
"""

import threading
import time
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import redis
import structlog
from django.conf import settings

BURST = 3
"""Questions that may be asked at once after a pause."""
MOST_WAITING = 500
"""Questions; a time that is further ahead was handed out by a clock that has been set back since."""
KEY = "smartinvoice:ai:next"
# Times are the server's own, in seconds: clocks of several machines differ.
TAKE_TURN = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local every, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local turn = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now - every * (burst - 1))
if turn > now + every * tonumber(ARGV[3]) then turn = now end
redis.call('SET', KEYS[1], string.format('%.6f', turn + every), 'EX', 3600)
return string.format('%.6f', math.max(0, turn - now))
"""

log = structlog.get_logger(__name__)


def wait_for_turn() -> float:
    """Wait until the next question may be asked; returns for how many seconds."""
    seconds = turn()
    time.sleep(seconds)
    return seconds


def turn() -> float:
    """Take the next free time; returns how far ahead it is, in seconds."""
    every = 60 / max(1, settings.AI_REQUESTS_PER_MINUTE)
    server = meeting_point(settings.CELERY_BROKER_URL)
    if server is not None:
        try:
            return float(server.eval(TAKE_TURN, 1, KEY, every, BURST, MOST_WAITING))
        except redis.RedisError as error:
            log.warning("AI pace kept by this process alone", error=type(error).__name__)
    return own_turn(every)


@cache
def meeting_point(broker_url: str) -> Any:  # noqa: ANN401 - its stubs mix answers and awaitables
    """A connection to the broker, if that is a Redis; None for any other."""
    address = urlsplit(broker_url)
    patience: dict[str, Any] = {"socket_timeout": 5, "socket_connect_timeout": 3}
    if address.scheme == "redis+socket":
        return redis.Redis(unix_socket_path=unquote(address.path), **patience)
    if address.scheme in ("redis", "rediss"):
        return redis.Redis.from_url(broker_url, **patience)
    return None


_own = threading.Lock()
_next = 0.0


def own_turn(every: float) -> float:
    """The same without a server, for the threads of this process."""
    global _next  # noqa: PLW0603 - the pace of the process
    with _own:
        now = time.monotonic()
        mine = max(_next, now - every * (BURST - 1))
        _next = mine + every
        return max(0.0, mine - now)
