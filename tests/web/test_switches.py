"""Every setting, set on its page, does what the page says."""

from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership, Notice, Organisation, Role, User
from invoice_processor.ai.answering import Parked, keep_to_budget
from invoice_processor.ai.queue import ask_for
from invoice_processor.models import AiJob, AiPause, AiPolicy, Batch, Decision, Invoice
from invoice_processor.services import ai_pauses, batches, cleanup, notices
from tests.accounts.test_invitations import member
from tests.conftest import Take
from tests.extraction.ai.said import UNPROVED, offline
from tests.extraction.papers import VENDOR
from tests.invoice_processor.papers import finished
from tests.web.conftest import signed_in

TOTAL = Decimal(118)


@pytest.fixture
def ready(take: Take) -> Invoice:
    """An invoice of the owner's that nothing but a rule keeps from being approved."""
    return finished(take("")[0], number="R/1", grand_total=TOTAL, confidence=99)


def decision(client: Client, invoice: Invoice) -> str:
    """What became of it when somebody pressed Approve."""
    client.post(f"/invoices/{invoice.pk}/approve/")
    invoice.refresh_from_db()
    return invoice.decision


def happen(user: User, batch: Batch, invoice: Invoice) -> None:
    """All that anybody could be told of happens once."""
    batches.close(batch)
    colleague = member(batch.organisation, Role.ACCOUNTANT)
    mine = Membership.objects.get(user=user)
    signed_in(colleague.user).post(f"/invoices/{invoice.pk}/assign/", {"to": mine.pk})
    AiJob.objects.create(invoice=invoice, document=invoice.document, policy=AiPolicy.ALWAYS, reason="Always.")
    cause = AiPause.Cause.BUDGET
    ai_pauses.note(batch.organisation_id, cause, "The budget is used up.", timedelta(hours=1))
    ai_pauses.tend()
    notices.send_due_mails()


SAID = {
    Notice.BATCH_FINISHED: "Finished: November",
    Notice.ASSIGNED: "Assigned to you: R/1",
    Notice.AI_READING: "AI reading waits",
}


@pytest.mark.parametrize("way", ["in_desk", "by_mail"])
@pytest.mark.parametrize("notice", Notice)
def test_of_what_is_ticked_one_is_told_in_that_way_and_of_nothing_else(
    desk: Client, user: User, batch: Batch, ready: Invoice, notice: Notice, way: str
) -> None:
    finish_jobs(batch)
    desk.post("/settings/notices/", {f"{notice}_{way}": "on"})
    happen(user, batch, ready)
    page = desk.get("/notices/").content.decode()
    found = {
        "in_desk": {said for said in SAID.values() if said in page},
        "by_mail": {message.subject for message in mail.outbox},
    }
    assert found == {"in_desk": set(), "by_mail": set()} | {way: {SAID[notice]}}
    assert (b"1 unread" in desk.get("/notices/").content) == (way == "in_desk")


def finish_jobs(batch: Batch) -> None:
    """Nothing of the batch is left to do."""
    for invoice in batch.invoices.all():
        type(invoice.job).objects.filter(pk=invoice.job.pk).update(state="DONE")


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.VIEWER])
def test_how_ai_reading_is_concerns_those_who_decide_on_it(organisation: Organisation, role: Role) -> None:
    theirs = signed_in(member(organisation, role).user)
    assert b"AI reading has to wait" not in theirs.get("/settings/notices/").content


@pytest.mark.parametrize(
    ("tick", "expected"), [({}, ""), ({"uploader_may_approve": "on"}, Decision.APPROVED)]
)
def test_without_the_tick_nobody_approves_their_own(
    desk: Client, ready: Invoice, tick: dict[str, str], expected: str
) -> None:
    desk.post("/settings/approval/", tick)
    assert decision(desk, ready) == expected


@pytest.mark.parametrize(
    ("limit", "expected"), [("117.99", ""), ("118", Decision.APPROVED), ("", "approved")]
)
def test_a_member_approves_up_to_the_limit(
    desk: Client, organisation: Organisation, ready: Invoice, limit: str, expected: str
) -> None:
    ravi = member(organisation, Role.VIEWER)
    role = {"role": "accountant", "approval_limit": limit}
    desk.post(f"/settings/members/{ravi.pk}/change/", role)
    assert decision(signed_in(ravi.user), ready) == expected


@pytest.mark.parametrize(
    ("of_role", "own", "expected"),
    [("117.99", "", ""), ("118", "", Decision.APPROVED), ("1", "118", "approved"), ("118", "1", "")],
)
def test_a_role_approves_up_to_its_limit_unless_the_member_has_one(
    desk: Client, organisation: Organisation, ready: Invoice, of_role: str, own: str, expected: str
) -> None:
    desk.post("/settings/approval/", {"accountant_limit": of_role, "uploader_may_approve": "on"})
    ravi = member(organisation, Role.ACCOUNTANT)
    desk.post(f"/settings/members/{ravi.pk}/change/", {"role": "accountant", "approval_limit": own})
    assert decision(signed_in(ravi.user), ready) == expected
    assert decision(desk, ready) == Decision.APPROVED  # the owner has none


@pytest.mark.parametrize(
    ("policy", "unsure", "proved"),
    [("off", False, False), ("when_unsure", True, False), ("always", True, True)],
)
def test_a_model_reads_what_the_policy_says(
    desk: Client, take: Take, settings: Settings, policy: str, unsure: bool, proved: bool
) -> None:
    settings.AI_ENABLED = True
    desk.post("/settings/ai/", {"policy": policy})
    doubtful, clear = take("", "")
    assert (ask_for(doubtful, offline(**UNPROVED)) is not None) == unsure
    assert (ask_for(clear, offline()) is not None) == proved


def test_papers_of_the_vendors_named_are_never_sent(desk: Client, take: Take, settings: Settings) -> None:
    settings.AI_ENABLED = True
    one, other = take("", "")
    desk.post("/settings/ai/", {"policy": "always", "in_house_vendors": VENDOR})
    assert ask_for(one, offline()) is None
    desk.post("/settings/ai/", {"policy": "always"})
    assert ask_for(other, offline())


@pytest.mark.parametrize(("budget", "stops"), [("", False), ("0.01", False), ("0", True)])
def test_nobody_is_asked_beyond_the_budget(
    desk: Client, take: Take, settings: Settings, budget: str, stops: bool
) -> None:
    settings.AI_ENABLED = True
    desk.post("/settings/ai/", {"policy": "always", "monthly_budget": budget})
    job = ask_for(take("")[0], offline())
    assert job
    with pytest.raises(Parked) if stops else nullcontext():
        keep_to_budget(job)


@pytest.mark.parametrize(("years", "left"), [("8", 1), ("12", 2), ("", 3)])
def test_papers_are_kept_as_long_as_chosen(desk: Client, take: Take, years: str, left: int) -> None:
    for age, invoice in zip((7.9, 9, 13), take("", "", ""), strict=True):
        then = timezone.now() - timedelta(days=365.25 * age)
        Invoice.objects.filter(pk=invoice.pk).update(created_at=then)
    desk.post("/settings/retention/", {"years": years, "sure": "1"})
    cleanup.clean()
    assert Invoice.objects.count() == left
