"""Exceptions as the log keeps them: of what kind and from where, but no message that may quote a document."""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

TELLING = frozenset(
    {
        *(
            "OSError",
            "MemoryError",
            "ImportError",
            "NameError",
            "AttributeError",
            "TypeError",
            "RuntimeError",
        ),
        *("OperationalError", "InterfaceError", "ProgrammingError", "NotSupportedError"),
        *("ImproperlyConfigured", "TemplateSyntaxError", "CommandError"),
    }
)
"""Classes, with those derived from them, whose messages speak of the program or the machine.

Others quote what they were given, such as ValueError, KeyError, or a database's IntegrityError.
"""


def told(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """An exception and what led to it, in the order in which they came."""
    return "".join(parts(exc_info[1])).rstrip()


def parts(error: BaseException) -> Iterator[str]:
    """The pieces of what is told."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from parts(before)
        yield "\nWhat followed from it:\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}{message_of(error)}\n"


def message_of(error: BaseException) -> str:
    """An exception's message, if its kind is one of those that quote nothing."""
    is_telling = any(kind.__name__ in TELLING for kind in type(error).__mro__)
    return f": {error}" if is_telling else " (its message may quote a document and is left out)"


class KindAlone(logging.Filter):
    """Keeps Celery's line of a failed task from quoting the exception; the traceback follows anyway."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Pass every line, with the kind in place of the exception's text."""
        if isinstance(record.args, dict) and "exc" in record.args:
            record.args = {**record.args, "exc": str(record.args["exc"]).partition("(")[0]}
        return True
