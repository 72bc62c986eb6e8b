"""One structured line an event. Task id and invoice id come with it; content and secrets never do."""

import re
from typing import Any

import structlog

from smartinvoice.settings.environment import env
from smartinvoice.settings.tracebacks import KindAlone, told

SECRET = re.compile(r"(password|secret|(^|_)token|api_?key|authorization|cookie|captcha)$", re.IGNORECASE)


def redact(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Blacken what is called a secret: a line of the log must never give one away."""
    return {name: "***" if SECRET.search(name) else value for name, value in event.items()}


def blacken(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Blacken secrets inside texts, as in the message of an exception."""
    from smartinvoice.settings.redaction import blackened  # noqa: PLC0415 - once the settings are there

    return {name: blackened(value) if isinstance(value, str) else value for name, value in event.items()}


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    redact,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.ExceptionRenderer(told),
    blacken,
]

LEVEL = env.one_of("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
AT_MOST_WARNINGS = {"level": "WARNING"}
WARNINGS_UNLESS_DEBUG = {"level": LEVEL if LEVEL == "DEBUG" else "WARNING"}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer()
                if env.bool("LOG_JSON", False)
                else structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "event"], drop_missing=True, bool_as_flag=False
                ),
            ],
        }
    },
    "filters": {"kind-alone": {"()": KindAlone}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LEVEL},
    "loggers": {
        # A line for each message that comes or goes; what becomes of an invoice is told by ourselves.
        "celery.beat": WARNINGS_UNLESS_DEBUG,
        "celery.worker.strategy": WARNINGS_UNLESS_DEBUG,
        "celery.app.trace": {**WARNINGS_UNLESS_DEBUG, "filters": ["kind-alone"]},
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "INFO"},  # with DEBUG it would write every value of every query
        # These tell of each request of theirs, and when asked for more, what was in it.
        **dict.fromkeys(("google_genai", "openai", "httpx", "httpx2", "httpcore"), AT_MOST_WARNINGS),
    },
}

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

__all__ = ["LOGGING"]
