"""Asking a vision model through pydantic-ai: Gemini, or anything that speaks OpenAI's chat completions.

The library is loaded with the first question, so that a desk without a key pays nothing for it. Addresses
come from the operator; redirects are not followed: a document goes where the operator said, nowhere else.
"""

import asyncio
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extraction.ai.answer import answer_type
from extraction.ai.errors import AiError, Usage
from extraction.prompts.invoice import INSTRUCTIONS

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage
    from pydantic_ai.models import Model

    from extraction.ai.document import Part  # what opens documents is loaded by those who do

GOOGLE, COMPATIBLE = "google", "openai"
ASKED_AGAIN = 1  # times, after an answer that is not in the form asked for
MOST_TOKENS = 16_384  # of an answer: some 150 lines
CONNECT_SECONDS = 10
ACCOUNT_LACKS = "FAILED_PRECONDITION"  # Google's word: not the question is wrong, but who asks, or from where
LONGEST_SAID = 200  # characters of a server's own words
NO_KEY = "none"  # servers of one's own ask for none, clients insist on one


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A model and where it is asked; ``seconds`` bounds one question with all that belongs to it."""

    provider: str  # GOOGLE or COMPATIBLE
    model: str
    base_url: str | None = None
    seconds: float = 120

    @property
    def name(self) -> str:
        """What people see."""
        return f"{self.provider}/{self.model}"

    @property
    def takes_pdf(self) -> bool:
        """Whether it reads PDF files; servers of the OpenAI kind take pictures in common only."""
        return self.provider == GOOGLE


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as JSON (see :mod:`extraction.ai.answer`), and what it cost."""

    answer: str
    usage: Usage
    seconds: float


def ask(endpoint: Endpoint, key: str, parts: "Iterable[Part]", known: frozenset[str] = frozenset()) -> Reply:
    """Put a document before a model; ``known`` is what need not be asked. Raises AiError."""
    started = time.monotonic()
    with ThreadPoolExecutor(1) as pool:  # a loop of its own: in a notebook one runs already
        answer, usage = pool.submit(asyncio.run, _asked(endpoint, key, list(parts), known)).result()
    return Reply(answer, usage, time.monotonic() - started)


async def _asked(
    endpoint: Endpoint, key: str, parts: "list[Part]", known: frozenset[str]
) -> tuple[str, Usage]:
    import httpx2  # noqa: PLC0415 - see the module
    from pydantic_ai import Agent, BinaryContent, NativeOutput, capture_run_messages  # noqa: PLC0415

    timeout = httpx2.Timeout(endpoint.seconds, connect=min(CONNECT_SECONDS, endpoint.seconds))
    prompt = [x for part in parts for x in (part.title, BinaryContent(part.data, media_type=part.media_type))]
    async with httpx2.AsyncClient(timeout=timeout, follow_redirects=False) as client:
        agent = Agent(
            _model(endpoint, key, client),
            output_type=NativeOutput(answer_type(known), name="invoice", strict=False),
            instructions=INSTRUCTIONS,
            retries={"output": ASKED_AGAIN},
        )
        with capture_run_messages() as messages:
            try:
                async with asyncio.timeout(endpoint.seconds):
                    result = await agent.run(prompt, model_settings=_settings(endpoint))
            except Exception as error:
                raise _fault(error, messages) from error
    return result.output.model_dump_json(exclude_none=True), _usage(messages)


def _model(endpoint: Endpoint, key: str, client: Any) -> "Model":  # noqa: ANN401 - loaded lazily
    if endpoint.provider == GOOGLE:
        from google.genai.types import HttpRetryOptions  # noqa: PLC0415
        from pydantic_ai.models.google import GoogleModel  # noqa: PLC0415
        from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415

        google = GoogleProvider(
            api_key=key,
            http_client=client,
            base_url=endpoint.base_url,
            retry_options=HttpRetryOptions(attempts=1),
        )
        return GoogleModel(endpoint.model, provider=google)
    from openai import AsyncOpenAI  # noqa: PLC0415
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

    server = AsyncOpenAI(base_url=endpoint.base_url, api_key=key or NO_KEY, http_client=client, max_retries=0)
    return OpenAIChatModel(endpoint.model, provider=OpenAIProvider(openai_client=server))


def _settings(endpoint: Endpoint) -> Any:  # noqa: ANN401 - a typed dict of the library
    settings: dict[str, Any] = {"max_tokens": MOST_TOKENS, "timeout": endpoint.seconds}
    if endpoint.provider == GOOGLE:
        return settings | {"thinking": "low"}  # copying needs little thought, and thoughts are paid for
    return settings | {"temperature": 0.0}


def _usage(messages: "list[ModelMessage]") -> Usage:
    """What all requests of a run took, also those whose answers were refused."""
    from pydantic_ai.messages import ModelResponse  # noqa: PLC0415

    used = [message.usage for message in messages if isinstance(message, ModelResponse)]
    return Usage(len(used), sum(one.input_tokens for one in used), sum(one.output_tokens for one in used))


def _fault(error: Exception, messages: "list[ModelMessage]") -> AiError:
    """The library's error as one of ours, with what was paid and the server's word on when to come back."""
    retry_after = getattr(error, "retry_after", None)
    code, usage = _code(error, messages), _usage(messages)
    return AiError(code, retry_after=retry_after, usage=usage, said=_said(error))


def _said(error: Exception) -> str:
    """The server's own words on an error; an answer is none of them: it tells what the paper says."""
    from pydantic_ai.exceptions import ModelHTTPError  # noqa: PLC0415

    body = error.body if isinstance(error, ModelHTTPError) else None
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = inner.get("message") if isinstance(inner, dict) else inner
    return message[:LONGEST_SAID] if isinstance(message, str) else ""


def _code(error: Exception, messages: "list[ModelMessage]") -> str:
    from pydantic_ai import exceptions as failed  # noqa: PLC0415

    if isinstance(error, failed.ModelConnectionError) and error.phase in ("pool", "connect"):
        return "unreachable"  # nothing was sent
    if isinstance(error, failed.ModelRequestRejectedError) and error.provider_error_code == ACCOUNT_LACKS:
        return "misconfigured"
    codes: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        ((failed.ModelTimeoutError, failed.ModelRequestTimeout, TimeoutError), "timeout"),
        ((failed.ModelRateLimitError, failed.ModelQuotaExceededError), "quota"),
        (failed.ModelAuthenticationError, "authentication"),
        ((failed.ModelNotFoundError, failed.UserError), "misconfigured"),
        (failed.ModelContextWindowExceededError, "too_large"),
        (failed.ModelRequestRejectedError, "rejected"),
        (failed.ModelUnavailableError, "overloaded"),
        (failed.ModelAPIError, "unavailable"),
        (failed.ContentFilterError, "refused"),
        (failed.UnexpectedModelBehavior, "schema" if _said_something(messages) else "empty"),
    )
    return next((code for kinds, code in codes if isinstance(error, kinds)), "unavailable")


def _said_something(messages: "list[ModelMessage]") -> bool:
    """Whether the latest answer holds any text."""
    from pydantic_ai.messages import ModelResponse, TextPart  # noqa: PLC0415

    answers = [message for message in messages if isinstance(message, ModelResponse)]
    parts = answers[-1].parts if answers else []
    return any(isinstance(part, TextPart) and part.content.strip() for part in parts)
