"""The pace: times are handed out one after the other, by one meeting point for all workers."""

import time

import pytest
from pytest_django import Settings

from invoice_processor.ai import rate
from tests.processes.broker import Broker
from tests.processes.conftest import broker
from tests.threads import at_once

__all__ = ["broker"]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "_next", 0.0)


def waits(number: int) -> list[float]:
    """The turns that several threads are given at once, in order."""
    return sorted(
        turn for turns in at_once(lambda: [rate.turn() for _ in range(number // 4)]) for turn in turns
    )


def assert_spread(turns: list[float], every: float) -> None:
    """After the burst each turn is one step behind the one before it."""
    assert turns[: rate.BURST - 1] == [0.0] * (rate.BURST - 1)
    assert turns[-1] > every * (len(turns) - rate.BURST - 1)
    steps = [
        later - earlier for earlier, later in zip(turns[rate.BURST :], turns[rate.BURST + 1 :], strict=False)
    ]
    assert all(step > 0.9 * every for step in steps)


@pytest.mark.django_db(transaction=True)
def test_without_a_redis_the_threads_of_a_process_share_a_pace(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    settings.AI_REQUESTS_PER_MINUTE = 1
    assert_spread(waits(12), 60)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_all_workers_share_a_pace_in_redis(settings: Settings, broker: Broker) -> None:
    settings.AI_REQUESTS_PER_MINUTE = 1
    assert_spread(waits(12), 60)
    assert broker.client.exists(rate.KEY)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_clock_that_was_set_back_makes_nobody_wait_for_hours(settings: Settings, broker: Broker) -> None:
    settings.AI_REQUESTS_PER_MINUTE = 60
    broker.client.set(rate.KEY, time.time() + 86_400)
    assert rate.turn() == 0.0


def test_a_broker_that_is_away_slows_nobody_down(settings: Settings) -> None:
    settings.AI_REQUESTS_PER_MINUTE = 1
    assert rate.turn() == 0.0
