"""Asking a model over real HTTP, in Gemini's and in OpenAI's wire format: what a server's moods become."""

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from extraction.ai.answer import parse
from extraction.ai.document import Part
from extraction.ai.errors import AiError, Next
from extraction.engines.ai import COMPATIBLE, GOOGLE, Endpoint, ask
from tests import ai_simulator as ai
from tests.ai_simulator import Simulator, simulator

ANSWER = {"kind": "tax_invoice", "number": {"text": "A/7", "page": 1}, "vendor": {"name": {"text": "Asha"}}}
DOCUMENT = (Part("The document", "application/pdf", b"%PDF-1.7 invented"),)
PAGE = (Part("Page 1", "image/jpeg", b"\xff\xd8\xff invented"),)


@pytest.fixture
def server() -> Iterator[Simulator]:
    with simulator() as running:
        running.always = ai.answering(ANSWER)
        yield running


@pytest.fixture(params=[GOOGLE, COMPATIBLE])
def endpoint(request: pytest.FixtureRequest, server: Simulator) -> Endpoint:
    base = server.url if request.param == GOOGLE else f"{server.url}/v1"
    return Endpoint(provider=request.param, model="gemini-3.8-flash", base_url=base, seconds=10)


def hasty(endpoint: Endpoint) -> Endpoint:
    return Endpoint(provider=endpoint.provider, model=endpoint.model, base_url=endpoint.base_url, seconds=1)


def fault(endpoint: Endpoint) -> AiError:
    with pytest.raises(AiError) as caught:
        ask(endpoint, "key-1", PAGE)
    return caught.value


def test_a_good_answer_comes_with_what_it_cost(server: Simulator, endpoint: Endpoint) -> None:
    reply = ask(endpoint, "key-1", PAGE)
    assert parse(reply.answer).values["number"].text == "A/7"
    assert (reply.usage.requests, reply.usage.input_tokens, reply.usage.output_tokens) == (1, 1200, 300)
    assert server.keys == ["key-1"]


def test_a_question_may_be_put_where_a_loop_runs_already(endpoint: Endpoint) -> None:
    async def in_a_notebook() -> str:
        return ask(endpoint, "key-1", PAGE).answer

    assert parse(asyncio.run(in_a_notebook())).values["number"].text == "A/7"


def test_the_document_the_instructions_and_the_schema_travel(server: Simulator, endpoint: Endpoint) -> None:
    ask(endpoint, "key-1", DOCUMENT if endpoint.takes_pdf else PAGE)
    (asked,) = server.asked
    sent = json.dumps(asked.body)
    part = (DOCUMENT if endpoint.takes_pdf else PAGE)[0]
    assert base64.b64encode(part.data).decode() in sent.replace("-", "+").replace("_", "/")
    assert "second reader" in sent
    assert "grand_total" in sent
    assert "key-1" not in sent + asked.path


def test_what_is_known_is_not_asked(server: Simulator, endpoint: Endpoint) -> None:
    ask(endpoint, "key-1", PAGE, frozenset({"irn", "vendor.gstin"}))
    properties = schema(server)["properties"]
    assert "irn" not in properties
    assert "grand_total" in json.dumps(schema(server))
    assert json.dumps(schema(server)).count('"gstin"') < 6


def schema(server: Simulator) -> dict[str, Any]:
    """The schema of the latest question, in either format."""
    body = server.asked[-1].body
    if "generationConfig" in body:
        config = body["generationConfig"]
        found: dict[str, Any] = config.get("responseJsonSchema") or config["responseSchema"]
        return found
    wanted: dict[str, Any] = body["response_format"]["json_schema"]["schema"]
    return wanted


@pytest.mark.parametrize("first", ["{not json", '{"lines": "none"}', '{"number": {"text": 7}}'])
def test_a_bad_answer_is_asked_for_again_once(server: Simulator, endpoint: Endpoint, first: str) -> None:
    server.moods.append(ai.saying(first))
    reply = ask(endpoint, "key-1", PAGE)
    assert parse(reply.answer).values["number"].text == "A/7"
    assert (reply.usage.requests, reply.usage.input_tokens) == (2, 2400)


def test_a_second_bad_answer_is_a_violation_and_its_cost_is_known(
    server: Simulator, endpoint: Endpoint
) -> None:
    server.always = ai.saying('{"lines": "none"}')
    error = fault(endpoint)
    assert (error.code, error.permanent, len(server.asked)) == ("schema", True, 2)
    assert (error.usage.input_tokens, error.usage.output_tokens) == (2400, 600)


def test_an_empty_answer_is_asked_for_again_and_then_given_up(server: Simulator, endpoint: Endpoint) -> None:
    server.always = ai.saying(None)
    assert fault(endpoint).code == "empty"
    assert len(server.asked) == 2


def test_a_refusal_is_taken_at_its_word(server: Simulator, endpoint: Endpoint) -> None:
    server.always = ai.refusing
    error = fault(endpoint)
    assert (error.code, error.next, len(server.asked)) == ("refused", Next.GIVE_UP, 1)


def test_a_quota_says_when_to_come_back(server: Simulator, endpoint: Endpoint) -> None:
    server.always = ai.used_up(37)
    error = fault(endpoint)
    assert (error.code, error.next, error.retry_after) == ("quota", Next.OTHER_KEY, 37)
    assert len(server.asked) == 1  # no retries of the client's own


@pytest.mark.parametrize("mood", [ai.bad_key, ai.failing(401, "invalid_api_key")])
def test_a_bad_key_is_told_from_a_bad_question(server: Simulator, endpoint: Endpoint, mood: ai.Mood) -> None:
    server.always = mood
    assert fault(endpoint).code == "authentication"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "rejected"),
        (404, "misconfigured"),
        (500, "unavailable"),
        (502, "unavailable"),
        (503, "overloaded"),
    ],
)
def test_an_error_of_the_server_has_its_code(
    server: Simulator, endpoint: Endpoint, status: int, code: str
) -> None:
    server.always = ai.failing(status)
    assert fault(endpoint).code == code
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("mood", "code"),
    [(ai.bad_key_400, "authentication"), (ai.failing(400, "FAILED_PRECONDITION"), "misconfigured")],
)
def test_google_says_400_also_where_the_question_is_not_at_fault(
    server: Simulator, mood: ai.Mood, code: str
) -> None:
    server.always = mood
    google = Endpoint(provider=GOOGLE, model="gemini-3.8-flash", base_url=server.url, seconds=10)
    assert fault(google).code == code


def test_the_servers_own_words_are_kept_for_the_operator(server: Simulator, endpoint: Endpoint) -> None:
    server.always = ai.failing(400, message="No such option.")
    assert fault(endpoint).said == "No such option."
    server.always = ai.saying('{"lines": "what the paper says"}')
    assert fault(endpoint).said == ""


@pytest.mark.parametrize("mood", [ai.hanging, ai.dripping])
def test_a_server_that_never_ends_is_left_in_time(
    server: Simulator, endpoint: Endpoint, mood: ai.Mood
) -> None:
    server.always = mood
    error = fault(hasty(endpoint))
    assert (error.code, error.next) == ("timeout", Next.TRY_AGAIN)


def test_a_connection_that_breaks_is_tried_later(server: Simulator, endpoint: Endpoint) -> None:
    server.always = ai.cutting
    assert fault(endpoint).code == "unavailable"


def test_a_server_that_is_not_there_is_tried_later(server: Simulator, endpoint: Endpoint) -> None:
    nowhere = Endpoint(provider=endpoint.provider, model="m", base_url="http://127.0.0.1:9", seconds=4)
    error = fault(nowhere)
    assert (error.code, error.next) == ("unreachable", Next.WAIT)


def test_a_document_is_never_sent_where_a_redirect_points(server: Simulator, endpoint: Endpoint) -> None:
    with simulator() as other:
        server.always = ai.elsewhere(other.url)
        fault(endpoint)
        assert other.asked == []


def test_nothing_of_the_library_is_loaded_before_the_first_question() -> None:
    code = (
        "import sys, extraction.engines.ai, extraction.ai.merge; "
        "print([m for m in ('pydantic_ai', 'google.genai', 'openai', 'genai_prices') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
