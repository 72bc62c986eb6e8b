"""The same work on several threads at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(work: Callable[[], Result], threads: int = 4) -> list[Result]:
    """The results of threads that start together, each with a database connection of its own."""
    ready = threading.Barrier(threads)

    def run() -> Result:
        try:
            connection.ensure_connection()
            ready.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        started = [pool.submit(run) for _ in range(threads)]
    return [one.result() for one in started]
