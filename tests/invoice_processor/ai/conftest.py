"""A desk with keys, and a provider that answers over real HTTP."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from extraction.reading import Reading
from invoice_processor.models import AiJob, Invoice, JobState
from invoice_processor.pipeline import second_reading
from invoice_processor.pipeline.run import process
from tests import ai_simulator as ai
from tests.ai_simulator import Simulator, simulator
from tests.conftest import Take
from tests.extraction.ai.said import ANSWER, UNPROVED, offline
from tests.invoice_processor.known import know

ReadOffline = Callable[..., Invoice]
KEYS = ["key-one-secret", "key-two-secret"]


@pytest.fixture
def server(settings: Settings) -> Iterator[Simulator]:
    """Gemini, simulated, with two keys for it."""
    with simulator() as running:
        running.always = ai.answering(ANSWER)
        settings.AI_ENABLED = True
        settings.GEMINI_API_KEYS = KEYS
        settings.GEMINI_BASE_URL = running.url
        settings.AI_TIMEOUT = 10
        settings.AI_REQUESTS_PER_MINUTE = 1_000_000
        yield running


@pytest.fixture(scope="session")
def badly() -> Reading:
    """What the offline reader makes of a bad scan."""
    return offline(**UNPROVED)


@pytest.fixture(scope="session")
def well() -> Reading:
    """What the offline reader makes of a good one."""
    return offline()


@pytest.fixture
def read_offline(take: Take, badly: Reading) -> ReadOffline:
    """Takes a file in and processes it as the offline reader's job does."""

    def run(reading: Reading = badly, invoice: Invoice | None = None) -> Invoice:
        found = invoice or take("")[0]
        know(found.document, reading)
        process(found.pk)
        return fresh(found)

    return run


def fresh(invoice: Invoice) -> Invoice:
    """The invoice as it is stored now."""
    return Invoice.objects.select_related("document", "organisation").get(pk=invoice.pk)


def read_with_ai(invoice: Invoice, **changes: Any) -> AiJob:
    """The invoice's AI job after one attempt, its wait for the next cut short."""
    AiJob.objects.filter(invoice=invoice, state=JobState.QUEUED).update(next_attempt_at=Now(), **changes)
    second_reading.process(AiJob.objects.get(invoice=invoice).pk)
    return AiJob.objects.get(invoice=invoice)
