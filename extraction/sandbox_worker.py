"""The child of :mod:`extraction.sandbox`: loads one opener, then opens document after document within limits.

Requests (JSON) and answers (the opener's bytes) are messages on stdin and on what was stdout, each after its
length as four bytes and one that tells an answer from the code of an error.
"""

import ctypes
import importlib
import inspect
import json
import math
import os
import signal
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from extraction.errors import ReadingError
from extraction.limits import Limits
from extraction.reading import Reading

try:
    import resource
except ImportError:  # Windows knows no such limits; wall time is kept by the parent everywhere
    resource = None  # type: ignore[assignment]

HEADER = struct.Struct(">I?")
PR_SET_PDEATHSIG = 1
NO_MEMORY_SIGNS = ("bad_alloc", "Insufficient memory", "Failed to allocate", "cannot allocate memory")


class Message(NamedTuple):
    """What goes through the pipe; an error is a code of :data:`extraction.errors.FAULTS`."""

    body: bytes
    is_error: bool = False


OUT_OF_MEMORY = Message(b"out_of_memory", is_error=True)


class Reader(Protocol):
    """Anything that turns a file into a reading; raises ReadingError.

    One that tells the invoices of a file apart has ``read_all(path) -> Sequence[Reading]`` besides.
    """

    def read(self, path: Path) -> Reading: ...


def send(pipe: BinaryIO, message: Message) -> None:
    """Write one message."""
    pipe.write(HEADER.pack(len(message.body), message.is_error) + message.body)
    pipe.flush()


def receive(pipe: BinaryIO, max_bytes: int) -> Message | None:
    """The next message, or None when the other side is gone. Raises ValueError for what is none."""
    header = pipe.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    length, is_error = HEADER.unpack(header)
    if length > max_bytes:
        raise ValueError(f"a message of {length} bytes")
    body = pipe.read(length)
    return Message(body, is_error) if len(body) == length else None


def private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Stdin and stdout for the protocol alone: whatever libraries print goes to stderr instead."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return requests, answers


def die_with_parent(parent: int) -> None:
    """Never outlive the parent, not even in the middle of a document (Linux; elsewhere: at end of input)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            sys.exit(1)


def limit_memory(memory_bytes: int) -> None:
    """Bound the address space, and leave no core dumps of customers' papers."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform != "darwin":  # macOS accepts and ignores it, or refuses
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def allow_cpu(seconds: int) -> None:
    """Grant the next document its CPU seconds, counted from what was used so far."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


class Renderer(Protocol):
    """Anything that answers other requests about a file; raises ReadingError."""

    def answer(self, path: Path, request: dict[str, Any]) -> bytes: ...


Opener = Reader | Renderer


def load_opener(name: str, limits: Limits) -> Opener:
    """The opener of a dotted name such as ``package.module:Class``; it is told the limits if it takes any."""
    module, _, attribute = name.partition(":")
    factory = getattr(importlib.import_module(module), attribute)
    takes = "limits" in inspect.signature(factory).parameters
    opener: Opener = factory(limits=limits) if takes else factory()
    return opener


def answer(opener: Opener, request: dict[str, Any]) -> Message:
    """What to say about one document."""
    path = Path(request["path"])
    try:
        if hasattr(opener, "read"):
            found = opener.read_all(path) if hasattr(opener, "read_all") else [opener.read(path)]
            return Message(b"\n".join(reading.model_dump_json().encode() for reading in found))
        return Message(opener.answer(path, request))
    except ReadingError as error:
        return Message(error.code.encode(), is_error=True)
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:
        if any(sign in str(error) for sign in NO_MEMORY_SIGNS):  # how native libraries say it
            return OUT_OF_MEMORY
        raise


def main(opener_name: str, parent: int, limits: Limits) -> None:
    """Serve until the parent closes its end.

    An opener's bug ends the process with its traceback: its state can no longer be trusted.
    """
    die_with_parent(parent)
    limit_memory(limits.memory_bytes)
    requests, answers = private_pipes()
    opener = load_opener(opener_name, limits)
    send(answers, Message(b"ready"))
    while (request := receive(requests, max_bytes=1 << 20)) is not None:
        asked = json.loads(request.body)
        allow_cpu(asked["cpu_seconds"])
        send(answers, answer(opener, asked))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Limits(**json.loads(sys.argv[3])))
