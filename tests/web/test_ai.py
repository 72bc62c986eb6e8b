"""AI reading on the pages: who may decide, what is shown, and the tick that keeps files in the house."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from invoice_processor.ai import keys
from invoice_processor.models import (
    AiCall,
    AiJob,
    AiOutcome,
    AiSettings,
    APIKeyUsage,
    Batch,
    Event,
    Invoice,
    JobState,
)
from tests.conftest import Take, pdf
from tests.extraction.papers import VENDOR
from tests.web.test_uploads import files

KEY = "an-invented-key"
SECRET = "ab12" * 16


@pytest.fixture
def enabled(settings: Settings) -> None:
    settings.AI_ENABLED, settings.GEMINI_API_KEYS = True, [KEY]


def page(client: Client, url: str = "/settings/ai/") -> str:
    return client.get(url).content.decode()


def job_of(invoice: Invoice, **changes: object) -> AiJob:
    values = {"policy": "when_unsure", "reason": "No number.", "document": invoice.document} | changes
    return AiJob.objects.create(invoice=invoice, **values)


def test_without_a_key_the_page_says_how_to_switch_it_on(desk: Client) -> None:
    content = page(desk)
    assert "It is switched off" in content
    assert "GEMINI_API_KEYS" in content


def test_what_is_saved_holds_and_leaves_a_trace(desk: Client, organisation: Organisation) -> None:
    form = {"policy": "always", "monthly_budget": "12.50", "in_house_vendors": VENDOR.lower()}
    assert desk.post("/settings/ai/", form).status_code == 302
    saved = AiSettings.objects.get(organisation=organisation)
    assert (saved.policy, saved.monthly_budget, saved.in_house_vendors) == (
        "always",
        Decimal("12.50"),
        [VENDOR],
    )
    event = Event.objects.get(action="ai.settings_changed")
    assert event.data["before"]["policy"] == "when_unsure"
    assert "12.50" in page(desk)


@pytest.mark.parametrize(
    "wrong", [{"policy": "sometimes"}, {"monthly_budget": "-1"}, {"in_house_vendors": "27AAA"}]
)
def test_nonsense_is_refused_and_nothing_is_saved(desk: Client, wrong: dict[str, str]) -> None:
    response = desk.post("/settings/ai/", {"policy": "off"} | wrong)
    assert response.status_code == 200
    assert not AiSettings.objects.exists()


def test_raising_the_budget_wakes_what_waits(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    later = timezone.now() + timedelta(hours=1)
    job_of(invoice, waits_for="The AI budget of this month is used up.", next_attempt_at=later)
    desk.post("/settings/ai/", {"policy": "always"})
    assert AiJob.objects.get().next_attempt_at < timezone.now() + timedelta(minutes=1)


def test_keys_are_shown_by_their_hash_only(desk: Client, enabled: None) -> None:
    content = page(desk)
    assert f"…{keys.hash_of(KEY)[-4:]}" in content
    assert KEY not in content
    assert keys.hash_of(KEY) not in content


def test_usage_of_the_month_is_that_of_the_organisation(desk: Client, enabled: None, take: Take) -> None:
    (invoice,) = take("")
    for organisation, cost in ((invoice.organisation, "1.25"), (Organisation.objects.create(name="O"), "7")):
        AiCall.objects.create(
            organisation=organisation, document=invoice.document, outcome="refused", cost=Decimal(cost)
        )
    assert "US$ 1.25" in page(desk)


def test_the_batch_and_the_invoice_say_what_ai_reading_waits_for(
    desk: Client, enabled: None, take: Take, batch: Batch
) -> None:
    (invoice,) = take("")
    job_of(invoice, waits_for="All AI keys are used up or refused.")
    for url in (f"/batches/{batch.pk}/", f"/invoices/{invoice.pk}/", "/settings/ai/"):
        assert "All AI keys are used up or refused." in page(desk, url), url


def test_work_that_was_asked_for_before_the_key_was_taken_away_says_so(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    job_of(invoice)
    assert "no key for an AI model at present" in page(desk, f"/invoices/{invoice.pk}/")


def test_what_failed_is_asked_again_by_a_press_but_not_what_was_paid_for_in_vain(
    desk: Client, enabled: None, take: Take, organisation: Organisation
) -> None:
    for invoice, code in zip(take("", ""), ("rejected", "refused"), strict=True):
        job_of(invoice, outcome=AiOutcome.FAILED, state=JobState.FAILED, attempts=4, error_code=code)
    assert "1 invoice could not be read by AI" in page(desk)
    assert b"1 invoice will be read again" in desk.post("/settings/ai/again/", follow=True).content
    again, stays = AiJob.objects.order_by("pk")
    assert (again.state, again.outcome, again.attempts, again.error_code) == ("QUEUED", "pending", 0, "")
    assert stays.outcome == AiOutcome.FAILED
    assert Event.objects.get().action == "ai.asked_again"


def test_the_invoice_says_which_readers_read_it_and_why(desk: Client, take: Take) -> None:
    (invoice,) = take("")
    proved = "The offline reading is proved."
    job_of(invoice, state=JobState.DONE, outcome=AiOutcome.NOT_NEEDED, reason=proved)
    content = page(desk, f"/invoices/{invoice.pk}/")
    assert "Read by the offline reader alone" in content
    assert proved in content


@pytest.mark.parametrize("tick", [{}, {"keep_in_house": "on"}])
def test_a_tick_keeps_a_batch_in_the_house(desk: Client, tick: dict[str, str]) -> None:
    desk.post("/batches/", {"name": "August", "expected_files": 4} | tick)
    desk.post("/upload/", files(a_pdf=pdf("a")) | tick)
    assert [batch.keep_in_house for batch in Batch.objects.all()] == [bool(tick)] * 2


@pytest.mark.parametrize("on", [False, True])
def test_the_tick_is_offered_where_a_model_may_be_asked(desk: Client, settings: Settings, on: bool) -> None:
    settings.AI_ENABLED = on
    assert ("data-keep-in-house" in page(desk, "/upload/")) == on


def test_secrets_and_papers_are_not_shown(take: Take) -> None:
    (invoice,) = take("")
    key = APIKeyUsage.objects.create(key_hash=SECRET, provider="google", day=timezone.localdate())
    call = AiCall.objects.create(
        organisation=invoice.organisation,
        document=invoice.document,
        invoice=invoice,
        key_hash=SECRET,
        outcome="answered",
        answer="what the paper says",
    )
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.in", "a-long-passphrase"))
    for path in (f"apikeyusage/{key.pk}/change/", f"aicall/{call.pk}/change/", "aicall/", "apikeyusage/"):
        response = client.get(f"/admin/invoice_processor/{path}")
        assert response.status_code == 200, path
        assert SECRET not in response.content.decode(), path
        assert "what the paper says" not in response.content.decode(), path
