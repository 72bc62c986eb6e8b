"""Money: what the month has cost, and a budget that parks the work when it is used up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation
from invoice_processor.ai.calls import month_start, spent_this_month
from invoice_processor.models import AiCall, AiOutcome, AiSettings, JobState
from tests.ai_simulator import Simulator
from tests.invoice_processor.ai.conftest import ReadOffline, read_with_ai

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_used_up_budget_parks_the_work_until_it_is_raised(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    allowed = AiSettings.objects.create(organisation=organisation, monthly_budget=Decimal(0))
    invoice = read_offline()
    job = read_with_ai(invoice)
    assert (job.state, job.attempts, server.asked) == (JobState.QUEUED, 0, [])
    assert "budget of this month is used up (US$ 0.00 of 0.00)" in job.waits_for
    allowed.monthly_budget = Decimal(5)
    allowed.save()
    assert read_with_ai(invoice).outcome == AiOutcome.READ


def test_all_organisations_together_keep_to_the_desks_own_limit(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation, settings: Settings
) -> None:
    settings.AI_MONTHLY_LIMIT = 10
    invoice, other = read_offline(), Organisation.objects.create(name="Other Traders")
    spent = AiCall.objects.create(organisation=other, document=invoice.document, cost=Decimal(10))
    job = read_with_ai(invoice)
    assert (job.state, job.attempts, server.asked) == (JobState.QUEUED, 0, [])
    assert job.waits_for.startswith("What this desk may spend on AI this month is used up.")
    spent.delete()
    assert read_with_ai(invoice).outcome == AiOutcome.READ


def test_an_answer_that_is_paid_for_needs_no_budget(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    invoice = read_offline()
    read_with_ai(invoice)
    AiSettings.objects.create(organisation=organisation, monthly_budget=Decimal(0))
    assert read_with_ai(invoice, state=JobState.QUEUED).outcome == AiOutcome.READ


def test_only_this_month_and_this_organisation_count(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    invoice = read_offline()
    other = Organisation.objects.create(name="Other Traders")
    for when, whose, cost in (
        (timezone.now(), organisation, "0.25"),
        (timezone.now(), organisation, None),
        (timezone.now(), other, "9"),
        (month_start() - timedelta(seconds=1), organisation, "9"),
    ):
        call = AiCall.objects.create(
            organisation=whose, document=invoice.document, outcome="refused", cost=cost and Decimal(cost)
        )
        AiCall.objects.filter(pk=call.pk).update(created_at=when)
    assert spent_this_month(organisation.pk) == Decimal("0.25")
