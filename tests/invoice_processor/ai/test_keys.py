"""The key pool: failover, cool-down by the server's word, counters for a day, and never a key in the open."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings
from structlog.testing import capture_logs

from extraction.ai.errors import AiError
from invoice_processor.ai import keys
from invoice_processor.models import AiCall, AiJob, AiOutcome, APIKeyUsage, JobState
from tests import ai_simulator as ai
from tests.ai_simulator import Simulator
from tests.invoice_processor.ai.conftest import KEYS, ReadOffline, read_with_ai

pytestmark = pytest.mark.django_db(transaction=True)
ONE, TWO = KEYS


def row(key: str) -> APIKeyUsage:
    return APIKeyUsage.objects.get(key_hash=keys.hash_of(key))


def rests(key: str) -> float:
    """For how many seconds a key still rests."""
    until = row(key).cool_until
    return (until - timezone.now()).total_seconds() if until else 0.0


@pytest.mark.parametrize(("mood", "least", "most"), [(ai.used_up(37), 30, 37), (ai.bad_key, 3500, 3600)])
def test_the_next_key_takes_over_and_the_first_rests(
    server: Simulator, read_offline: ReadOffline, mood: ai.Mood, least: float, most: float
) -> None:
    server.by_key[ONE] = mood
    job = read_with_ai(read_offline())
    assert (job.outcome, server.keys) == (AiOutcome.READ, KEYS)
    assert least <= rests(ONE) <= most
    assert rests(TWO) == 0
    assert (row(ONE).failures_today, row(TWO).failures_today) == (1, 0)
    assert AiCall.objects.count() == 2


def test_a_failover_is_one_line_without_the_key(server: Simulator, read_offline: ReadOffline) -> None:
    server.by_key[ONE] = ai.used_up(37)
    with capture_logs() as lines:
        read_with_ai(read_offline())
    (line,) = [line for line in lines if line["event"] == "AI key failover"]
    assert line["key"] == keys.hash_of(ONE)[-4:]
    assert (line["next"], line["reason"], line["rests_seconds"]) == (keys.hash_of(TWO)[-4:], "quota", 37)
    assert not [key for key in KEYS if key in str(lines)]


def test_a_resting_key_is_not_asked(server: Simulator, read_offline: ReadOffline) -> None:
    server.by_key[ONE] = ai.used_up(3600)
    read_with_ai(read_offline())
    AiCall.objects.all().delete()
    AiJob.objects.update(state=JobState.QUEUED, attempts=0)
    read_with_ai(AiJob.objects.get().invoice)
    assert server.count() == {ONE: 1, TWO: 2}


def test_when_all_are_used_up_the_work_waits_and_resumes_by_itself(
    server: Simulator, read_offline: ReadOffline
) -> None:
    server.by_key[ONE], server.by_key[TWO] = ai.used_up(100), ai.used_up(50)
    invoice = read_offline()
    job = read_with_ai(invoice)
    assert (job.state, job.attempts, job.outcome) == (JobState.QUEUED, 0, AiOutcome.PENDING)
    assert job.waits_for.startswith("All AI keys are used up or refused; the first may be used again at ")
    assert 45 <= (job.next_attempt_at - timezone.now()).total_seconds() <= 55

    read_with_ai(invoice)  # too early: nobody is asked
    assert len(server.asked) == 2

    server.by_key.clear()
    APIKeyUsage.objects.update(cool_until=timezone.now() - timedelta(seconds=1))
    job = read_with_ai(invoice)
    assert (job.outcome, job.waits_for) == (AiOutcome.READ, "")


def test_work_is_spread_over_the_keys(server: Simulator, read_offline: ReadOffline) -> None:
    for _ in range(4):
        key = keys.pick("google", KEYS)
        assert key
        keys.count(key)
    assert {usage.requests_today for usage in APIKeyUsage.objects.all()} == {2}


def test_the_counters_of_a_day_begin_anew(server: Simulator) -> None:
    keys.usage_of("google", KEYS)
    keys.count(ONE, AiError("quota"))
    APIKeyUsage.objects.update(day=timezone.localdate() - timedelta(days=1))
    keys.count(ONE)
    found = row(ONE)
    assert (found.requests_today, found.failures_today, found.requests, found.failures) == (1, 0, 2, 1)
    assert found.last_error.startswith("quota")


def test_without_a_word_of_the_server_a_used_up_key_rests_as_configured(
    settings: Settings, server: Simulator
) -> None:
    settings.AI_COOL_DOWN = 77
    assert keys.rest_for(AiError("quota")) == timedelta(seconds=77)
    assert keys.rest_for(AiError("quota", retry_after=10.0**300)) == timedelta(days=1)
