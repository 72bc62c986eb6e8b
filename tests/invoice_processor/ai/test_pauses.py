"""Owners and admins are told once that AI reading has to wait for long, and once that it goes on."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Membership, Notice, Organisation, Role, User
from accounts.selectors import Wish, wishes_of
from accounts.services.notices import set_wishes
from extraction.reading import Reading
from invoice_processor.models import (
    AiCall,
    AiJob,
    AiOutcome,
    AiPause,
    AiSettings,
    APIKeyUsage,
    Invoice,
    Notification,
)
from invoice_processor.services import ai_pauses, notices
from invoice_processor.tasks import reap
from tests import ai_simulator as ai
from tests.accounts.test_invitations import member
from tests.ai_simulator import Simulator
from tests.conftest import Take
from tests.invoice_processor.ai.conftest import KEYS, ReadOffline, read_with_ai

pytestmark = pytest.mark.django_db(transaction=True)
CAUSE = AiPause.Cause


def told() -> list[tuple[str, str]]:
    """Who was told what, in order."""
    return list(Notification.objects.order_by("pk").values_list("user__email", "title"))


@pytest.fixture
def two(server: Simulator, take: Take, read_offline: ReadOffline, badly: Reading) -> list[Invoice]:
    """Two bad scans, of which a model is asked."""
    return [read_offline(badly, invoice) for invoice in take("", "")]


def let_keys_rest(server: Simulator, seconds: int) -> None:
    server.by_key.update(dict.fromkeys(KEYS, ai.used_up(seconds)))


def wake_keys(server: Simulator) -> None:
    server.by_key.clear()
    APIKeyUsage.objects.update(cool_until=timezone.now() - timedelta(seconds=1))


def test_a_used_up_quota_is_told_once_and_so_is_its_end(
    server: Simulator, two: list[Invoice], organisation: Organisation, user: User
) -> None:
    admin = member(organisation, Role.ADMIN).user
    member(organisation, Role.ACCOUNTANT, "accounts@example.in")
    let_keys_rest(server, 3600)
    for _ in range(2):
        for invoice in two:
            read_with_ai(invoice)
            reap()
    both = sorted((user.email, admin.email))
    assert sorted(told()) == [(one, "AI reading waits") for one in both]
    assert "may be used again at" in Notification.objects.all()[0].text

    wake_keys(server)
    for invoice in two:
        read_with_ai(invoice)
        reap()
    assert sorted(told()[2:]) == [(one, "AI reading goes on") for one in both]


def test_a_short_rest_is_not_told_unless_it_lasts(server: Simulator, two: list[Invoice], user: User) -> None:
    let_keys_rest(server, 40)
    read_with_ai(two[0])
    ai_pauses.tend()
    assert told() == []
    AiPause.objects.update(began_at=timezone.now() - ai_pauses.LONG)
    ai_pauses.tend()
    assert told() == [(user.email, "AI reading waits")]


def test_a_rest_that_nobody_heard_of_ends_unheard(server: Simulator, two: list[Invoice]) -> None:
    let_keys_rest(server, 40)
    read_with_ai(two[0])
    wake_keys(server)
    read_with_ai(two[0])
    ai_pauses.tend()
    assert told() == []
    assert not AiPause.objects.exists()


def test_a_used_up_budget_is_told_and_goes_on_when_it_is_raised(
    server: Simulator, two: list[Invoice], organisation: Organisation, user: User
) -> None:
    AiSettings.objects.create(organisation=organisation, monthly_budget=Decimal(0))
    read_with_ai(two[0])
    ai_pauses.tend()
    assert "budget of this month is used up" in Notification.objects.get().text
    AiSettings.objects.update(monthly_budget=None)
    read_with_ai(two[0])
    ai_pauses.tend()
    assert told() == [(user.email, "AI reading waits"), (user.email, "AI reading goes on")]


def test_an_answer_to_an_earlier_question_ends_no_pause(
    two: list[Invoice], organisation: Organisation
) -> None:
    """Of several workers one is still waiting for its answer when another finds the budget used up."""
    ai_pauses.note(organisation.pk, CAUSE.BUDGET, "The budget is used up.", timedelta(hours=1))
    call = {"organisation": organisation, "document": two[0].document, "outcome": "answered"}
    AiCall.objects.create(**call, seconds=9)
    ai_pauses.tend()
    assert [title for _, title in told()] == ["AI reading waits"]


def test_a_pause_after_an_answer_is_another_one(two: list[Invoice], organisation: Organisation) -> None:
    """Keys that are free once a minute are no long pause."""
    ai_pauses.note(organisation.pk, CAUSE.KEYS, "All keys rest.", timedelta(seconds=40))
    AiPause.objects.update(began_at=timezone.now() - ai_pauses.LONG)
    AiCall.objects.create(organisation=organisation, document=two[0].document, outcome="answered")
    ai_pauses.note(organisation.pk, CAUSE.KEYS, "All keys rest.", timedelta(seconds=40))
    ai_pauses.tend()
    assert told() == []


def test_a_pause_in_which_nothing_is_left_ends_without_a_word(
    two: list[Invoice], organisation: Organisation
) -> None:
    ai_pauses.note(organisation.pk, CAUSE.OPERATOR, "No such model.", timedelta(minutes=10))
    ai_pauses.tend()
    AiJob.objects.update(outcome=AiOutcome.NOT_NEEDED)
    ai_pauses.tend()
    assert [title for _, title in told()] == ["AI reading waits"]
    assert AiPause.objects.get().ended_at


def test_each_cause_and_each_organisation_has_its_own_pause(
    two: list[Invoice], organisation: Organisation
) -> None:
    other = Organisation.objects.create(name="Neem Foods")
    member(other, Role.OWNER)
    for one in (organisation, other):
        for cause in (CAUSE.KEYS, CAUSE.BUDGET):
            ai_pauses.note(one.pk, cause, f"{cause} of {one}", timedelta(hours=1))
    ai_pauses.tend()
    assert [notice.organisation for notice in Notification.objects.all()] == [organisation] * 2
    assert AiPause.objects.filter(organisation=other, ended_at=None).count() == 0  # nothing waits there


@pytest.mark.parametrize("wish", [Wish(in_desk=False, by_mail=True), Wish(in_desk=False, by_mail=False)])
def test_it_is_told_as_wanted(two: list[Invoice], organisation: Organisation, user: User, wish: Wish) -> None:
    membership = Membership.objects.get(user=user)
    set_wishes(membership, wishes_of(membership) | {Notice.AI_READING: wish})
    ai_pauses.note(organisation.pk, CAUSE.BUDGET, "The budget is used up.", timedelta(hours=1))
    ai_pauses.tend()
    assert notices.send_due_mails() == wish.by_mail
    if wish.by_mail:
        (message,) = mail.outbox
        assert message.subject == "AI reading waits"
        assert "/settings/ai/" in message.body
    else:
        assert told() == []
