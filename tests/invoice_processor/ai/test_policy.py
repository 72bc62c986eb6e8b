"""What may leave the house: policy, marks and vendors, each with a reason that is kept."""

import pytest
from pytest_django import Settings

from accounts.models import Organisation
from extraction.reading import Reading
from invoice_processor.models import AiJob, AiOutcome, AiPolicy, AiSettings, Batch
from tests.ai_simulator import Simulator
from tests.extraction.ai.said import offline
from tests.extraction.papers import VENDOR
from tests.invoice_processor.ai.conftest import ReadOffline, read_with_ai
from tests.invoice_processor.ai.test_second_reading import copy_of

pytestmark = pytest.mark.django_db(transaction=True)


def allow(organisation: Organisation, **allowed: object) -> None:
    AiSettings.objects.update_or_create(organisation=organisation, defaults=allowed)


def test_off_is_off(server: Simulator, read_offline: ReadOffline, organisation: Organisation) -> None:
    allow(organisation, policy=AiPolicy.OFF)
    job = read_with_ai(read_offline())
    assert (job.policy, job.outcome, server.asked) == ("off", AiOutcome.NOT_NEEDED, [])
    assert "switched off" in job.reason


def test_always_asks_also_about_proved_readings(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation, well: Reading
) -> None:
    allow(organisation, policy=AiPolicy.ALWAYS)
    job = read_with_ai(read_offline(well))
    assert (job.policy, job.outcome, len(server.asked)) == ("always", AiOutcome.READ, 1)


def test_a_batch_that_is_kept_in_the_house_is_never_sent(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    allow(organisation, policy=AiPolicy.ALWAYS)
    Batch.objects.update(keep_in_house=True)
    invoice = read_offline()
    Batch.objects.update(keep_in_house=True)
    job = read_with_ai(invoice)
    assert (job.outcome, server.asked) == (AiOutcome.NOT_NEEDED, [])
    assert job.reason == "It was uploaded to be kept in the house."


def test_the_same_bytes_marked_once_are_never_sent_from_another_batch(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    invoice = read_offline()
    assert AiJob.objects.get().outcome == AiOutcome.PENDING
    copy_of(invoice, organisation, keep_in_house=True)
    assert read_with_ai(invoice).outcome == AiOutcome.NOT_NEEDED
    assert server.asked == []


@pytest.mark.parametrize("misread", [VENDOR, VENDOR[:4] + "Q" + VENDOR[5:]])
def test_a_vendor_kept_in_the_house_is_never_sent_even_where_misread(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation, misread: str
) -> None:
    allow(organisation, policy=AiPolicy.ALWAYS, in_house_vendors=[VENDOR])
    job = read_with_ai(read_offline(offline(vendor=f"GSTIN: {misread}")))
    assert (job.outcome, server.asked) == (AiOutcome.NOT_NEEDED, [])
    assert job.reason == "The vendor's papers are kept in the house."


def test_what_is_switched_off_while_it_waits_is_not_sent(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    invoice = read_offline()
    allow(organisation, policy=AiPolicy.OFF)
    assert read_with_ai(invoice).outcome == AiOutcome.NOT_NEEDED
    assert server.asked == []


def test_a_key_that_is_taken_away_leaves_the_work_waiting(
    server: Simulator, read_offline: ReadOffline, settings: Settings
) -> None:
    invoice = read_offline()
    settings.AI_ENABLED = False
    assert read_with_ai(invoice).outcome == AiOutcome.PENDING
    assert server.asked == []
