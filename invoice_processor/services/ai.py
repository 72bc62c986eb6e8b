"""What an organisation allows AI models to do."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from accounts.models import Organisation, User
from invoice_processor.ai import queue
from invoice_processor.ai.policy import settings_of
from invoice_processor.models import AiJob, AiPolicy, AiSettings, Event


def set_settings(
    organisation: Organisation,
    by: User,
    *,
    policy: AiPolicy,
    monthly_budget: Decimal | None,
    in_house_vendors: Sequence[str],
) -> None:
    """Change what is allowed; work that waits looks again at once. ``monthly_budget`` is in US dollars."""
    wanted = {
        "policy": policy,
        "monthly_budget": monthly_budget,
        "in_house_vendors": list(in_house_vendors),
    }
    with transaction.atomic():
        before = shown(settings_of(organisation.pk))
        after, _ = AiSettings.objects.update_or_create(organisation=organisation, defaults=wanted)
        Event.objects.create(
            organisation=organisation,
            actor=by,
            action="ai.settings_changed",
            data={"before": before, "after": shown(after)},
        )
        queue.wake(AiJob.objects.filter(invoice__organisation=organisation))


def ask_again(organisation: Organisation, by: User) -> int:
    """Have what failed read again; returns how many invoices."""
    with transaction.atomic():
        again = queue.ask_again(queue.worth_asking_again(organisation))
        if again:
            Event.objects.create(
                organisation=organisation, actor=by, action="ai.asked_again", data={"invoices": again}
            )
    return again


def shown(settings: AiSettings) -> dict[str, object]:
    """The settings as the audit trail keeps them."""
    budget = settings.monthly_budget
    return {
        "policy": str(settings.policy),
        "monthly_budget": None if budget is None else str(budget),
        "in_house_vendors": settings.in_house_vendors,
    }
