"""The operator's settings: off by default, Gemini by its keys, or a server of one's own and nothing else."""

import os
import subprocess
import sys

import pytest
from pytest_django import Settings

from extraction.engines.ai import COMPATIBLE, GOOGLE
from invoice_processor.ai.config import endpoint, is_enabled, keys
from invoice_processor.checks import ai_model_named


def test_a_desk_without_a_key_is_off_and_loads_nothing() -> None:
    assert not is_enabled()
    code = (
        "import sys, django; django.setup(); import invoice_processor.tasks, web.urls; "
        "print([m for m in ('pydantic_ai', 'google.genai', 'openai', 'genai_prices') if m in sys.modules])"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "smartinvoice.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"


def test_gemini_is_asked_with_its_keys(settings: Settings) -> None:
    settings.GEMINI_API_KEYS = ["a", "b", "a"]
    assert (endpoint().provider, endpoint().base_url, keys()) == (GOOGLE, None, ("a", "b"))


def test_a_server_of_ones_own_is_asked_alone(settings: Settings) -> None:
    settings.GEMINI_API_KEYS = ["a"]
    settings.AI_BASE_URL, settings.AI_MODEL = "http://localhost:11434/v1", "qwen3-vl"
    assert (endpoint().provider, endpoint().model, keys()) == (COMPATIBLE, "qwen3-vl", ("none",))


@pytest.mark.parametrize(("model", "problems"), [("", ["smartinvoice.E002"]), ("qwen3-vl", [])])
def test_a_server_without_a_model_is_an_error(settings: Settings, model: str, problems: list[str]) -> None:
    settings.AI_BASE_URL, settings.AI_MODEL = "http://localhost:11434/v1", model
    assert [problem.id for problem in ai_model_named()] == problems
