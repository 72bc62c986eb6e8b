"""The way of an AI reading: asked for when needed, merged, judged, and never in the way of anything else."""

import json
from decimal import Decimal

import cv2
import numpy as np
import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation
from extraction.reading import Reading
from invoice_processor.ai import calls
from invoice_processor.judging.current import current_reading
from invoice_processor.models import (
    AiCall,
    AiJob,
    AiOutcome,
    APIKeyUsage,
    Batch,
    Decision,
    Event,
    Invoice,
    InvoiceVersion,
    JobState,
    ProcessingJob,
)
from invoice_processor.pipeline import second_reading
from invoice_processor.pipeline.run import process
from invoice_processor.services.intake import Accepted, accept, open_batch
from tests import ai_simulator as ai
from tests.ai_simulator import Exchange, Simulator
from tests.conftest import Take, incoming
from tests.extraction.ai.said import ANSWER
from tests.invoice_processor.ai.conftest import KEYS, ReadOffline, fresh, read_with_ai
from tests.invoice_processor.known import know

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_a_key_nothing_is_asked_and_nothing_written(read_offline: ReadOffline) -> None:
    read_offline()
    assert not AiJob.objects.exists()


def test_an_unsure_reading_is_read_again_and_judged_by_both(
    server: Simulator, read_offline: ReadOffline
) -> None:
    invoice = read_offline()
    job = AiJob.objects.get()
    assert (job.state, job.policy, server.asked) == (JobState.QUEUED, "when_unsure", [])
    assert "did not find: invoice number" in job.reason
    assert invoice.number == ""
    before = invoice.confidence or 0
    job = read_with_ai(invoice)
    after = fresh(invoice)
    assert (job.state, job.outcome) == (JobState.DONE, AiOutcome.READ)
    assert (after.number, after.grand_total) == ("SP/25-26/117", Decimal("25375.00"))
    assert (after.confidence or 0) > before
    reading = current_reading(after)
    assert reading
    assert reading.engine == "local + google/gemini-3.8-flash"
    assert after.reading_id == invoice.reading_id  # what the offline reader found is kept as well
    entry = Event.objects.get(invoice=invoice, action="invoice.read_by_ai")
    assert (entry.actor, entry.data["engine"]) == (None, reading.engine)
    assert {"field": "invoice_number", "before": "", "after": "SP/25-26/117"} in entry.data["changes"]


def test_a_proved_reading_is_not_sent_and_the_reason_is_kept(
    server: Simulator, read_offline: ReadOffline, well: Reading
) -> None:
    job = read_with_ai(read_offline(well))
    assert (job.outcome, job.reason, server.asked) == (
        AiOutcome.NOT_NEEDED,
        "The offline reading is proved.",
        [],
    )


def test_what_it_cost_is_written_down(server: Simulator, read_offline: ReadOffline) -> None:
    read_with_ai(read_offline())
    call = AiCall.objects.get()
    assert (call.outcome, call.input_tokens, call.output_tokens) == ("answered", 1200, 300)
    assert call.cost
    assert Decimal("0.0001") < call.cost < Decimal("0.1")
    assert len(call.prompt) == 64


def test_each_invoice_of_a_file_is_asked_about_and_paid_for_itself(
    server: Simulator, take: Take, badly: Reading
) -> None:
    (invoice,) = take("")
    (page,) = badly.pages
    know(
        invoice.document, badly, badly.model_copy(update={"pages": (page.model_copy(update={"number": 2}),)})
    )
    process(invoice.pk)
    jobs = [read_with_ai(one) for one in Invoice.objects.order_by("first_page")]
    assert [(job.first_page, job.outcome) for job in jobs] == [(1, AiOutcome.READ), (2, AiOutcome.READ)]
    assert [call.first_page for call in AiCall.objects.order_by("pk")] == [1, 2]
    assert len({job.reading_id for job in jobs}) == len(server.asked) == 2
    assert [one.number for one in Invoice.objects.all()] == ["SP/25-26/117"] * 2


def test_no_key_is_ever_stored(server: Simulator, read_offline: ReadOffline) -> None:
    server.moods.append(ai.bad_key)
    read_with_ai(read_offline())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = str(cursor.fetchall())
            assert not [key for key in KEYS if key in stored], table
    assert APIKeyUsage.objects.count() == 2


def test_the_same_bytes_are_paid_for_once(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation
) -> None:
    first = read_offline()
    read_with_ai(first)
    again = copy_of(first, organisation)
    read_offline(invoice=again)
    job = read_with_ai(again)
    assert (job.outcome, len(server.asked)) == (AiOutcome.READ, 1)
    assert fresh(again).number == "SP/25-26/117"


def copy_of(invoice: Invoice, organisation: Organisation, *, keep_in_house: bool = False) -> Invoice:
    """The same bytes taken in again, in a batch of their own."""
    batch = open_batch(organisation, None, "again", 1)
    batch.keep_in_house = keep_in_house
    batch.save(update_fields=["keep_in_house"])
    with invoice.document.file.open("rb") as stored:
        (taken,) = accept(batch, [incoming("again.pdf", stored.read())])
    assert isinstance(taken, Accepted)
    return taken.invoice


@pytest.mark.parametrize(("mood", "asked"), [(ai.refusing, 1), (ai.saying("{"), 2), (ai.failing(400), 2)])
def test_what_was_paid_for_in_vain_is_not_paid_for_again(
    server: Simulator, read_offline: ReadOffline, organisation: Organisation, mood: ai.Mood, asked: int
) -> None:
    """A question that was rejected cost nothing, and is put again: the server may have learnt."""
    server.always = mood
    codes = []
    first = read_offline()
    codes.append(read_with_ai(first).error_code)
    again = read_offline(invoice=copy_of(first, organisation))
    codes.append(read_with_ai(again).error_code)
    assert codes[0] == codes[1] != ""
    assert len(server.asked) == asked


def test_an_answer_outlives_a_database_that_is_away_when_it_comes(
    server: Simulator, read_offline: ReadOffline, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice, create, away = read_offline(), AiCall.objects.create, [1, 2]

    def created(**columns: object) -> AiCall:
        if away:
            away.pop()
            raise OperationalError
        return create(**columns)

    monkeypatch.setattr(AiCall.objects, "create", created)
    monkeypatch.setattr(calls, "PATIENCE", (0.0, 0.0, 0.0))
    assert read_with_ai(invoice).outcome == AiOutcome.READ
    assert (len(server.asked), AiCall.objects.count()) == (1, 1)


def test_another_organisation_does_not_read_from_the_first_ones_answers(
    server: Simulator, read_offline: ReadOffline, db: None
) -> None:
    first = read_offline()
    read_with_ai(first)
    other = copy_of(first, Organisation.objects.create(name="Other Traders"))
    read_offline(invoice=other)
    read_with_ai(other)
    assert len(server.asked) == 2
    assert set(AiCall.objects.values_list("organisation", flat=True)) == {
        first.organisation_id,
        other.organisation_id,
    }


def test_retrying_a_document_recalls_its_answer(server: Simulator, read_offline: ReadOffline) -> None:
    invoice = read_offline()
    read_with_ai(invoice)
    ProcessingJob.objects.update(state=JobState.QUEUED)
    read_offline(invoice=invoice)
    assert AiJob.objects.get().state == JobState.QUEUED
    assert read_with_ai(invoice).outcome == AiOutcome.READ
    assert (fresh(invoice).number, len(server.asked)) == ("SP/25-26/117", 1)


def test_a_persons_correction_is_not_overwritten_while_the_model_thinks(
    server: Simulator, read_offline: ReadOffline, badly: Reading
) -> None:
    invoice = read_offline()

    def meanwhile(exchange: Exchange) -> None:
        typed = type(badly.invoice)(kind=badly.invoice.kind, number="TYPED/1")
        version = badly.model_copy(update={"invoice": typed})
        InvoiceVersion.objects.create(
            invoice=invoice, number=1, reading=version.model_dump_json(), changes=[]
        )
        connection.close()  # of the server's thread
        server.always(exchange)

    server.moods.append(meanwhile)
    job = read_with_ai(invoice)
    assert job.outcome == AiOutcome.READ
    assert fresh(invoice).number == "TYPED/1"


def test_a_corrected_invoice_is_not_sent(
    server: Simulator, read_offline: ReadOffline, badly: Reading
) -> None:
    invoice = read_offline()
    InvoiceVersion.objects.create(invoice=invoice, number=1, reading=badly.model_dump_json(), changes=[])
    job = read_with_ai(invoice)
    assert (job.outcome, job.reason, server.asked) == (
        AiOutcome.NOT_NEEDED,
        "A person has corrected it.",
        [],
    )


def test_what_a_person_approved_stays_as_they_saw_it(server: Simulator, read_offline: ReadOffline) -> None:
    invoice = read_offline()

    def meanwhile(exchange: Exchange) -> None:
        Invoice.objects.filter(pk=invoice.pk).update(decision=Decision.APPROVED)
        connection.close()  # of the server's thread
        server.always(exchange)

    server.moods.append(meanwhile)
    job = read_with_ai(invoice)
    assert (job.outcome, job.reading_id) == (AiOutcome.NOT_NEEDED, None)
    assert fresh(invoice).number == ""
    assert AiCall.objects.get().outcome == "answered"  # it was paid for all the same


@pytest.mark.parametrize(
    ("mood", "code"),
    [
        (ai.refusing, "refused"),
        (ai.saying("{"), "schema"),
        (ai.saying(None), "empty"),
        (ai.failing(400), "rejected"),
    ],
)
def test_what_no_further_try_can_mend_ends_with_its_reason_and_the_offline_reading(
    server: Simulator, read_offline: ReadOffline, mood: ai.Mood, code: str
) -> None:
    invoice = read_offline()
    server.always = mood
    job = read_with_ai(invoice)
    assert (job.state, job.outcome, job.error_code) == (JobState.FAILED, AiOutcome.FAILED, code)
    assert job.error_message
    assert fresh(invoice).state == invoice.state
    assert AiCall.objects.get().outcome == code


def test_trouble_of_the_provider_is_tried_four_times(server: Simulator, read_offline: ReadOffline) -> None:
    invoice = read_offline()
    server.always = ai.failing(500)
    states = [read_with_ai(invoice).state for _ in range(4)]
    assert states == [JobState.QUEUED] * 3 + [JobState.FAILED]
    assert "trouble of its own" in AiJob.objects.get().error_message


def test_a_wait_says_what_for(server: Simulator, read_offline: ReadOffline) -> None:
    server.always = ai.failing(500)
    job = read_with_ai(read_offline())
    assert job.waits_for == "The provider had trouble of its own, or broke off."


@pytest.mark.parametrize(
    ("url", "mood", "wait"),
    [
        ("http://127.0.0.1:9", None, 120),
        (None, ai.failing(503, Retry_After="600"), 600),
    ],
)
def test_a_provider_that_is_away_costs_no_attempt(
    server: Simulator,
    read_offline: ReadOffline,
    settings: Settings,
    url: str | None,
    mood: ai.Mood | None,
    wait: int,
) -> None:
    invoice = read_offline()
    settings.GEMINI_BASE_URL, server.always = url or server.url, mood or server.always
    jobs = [read_with_ai(invoice) for _ in range(2)]
    assert {(job.state, job.attempts) for job in jobs} == {(JobState.QUEUED, 0)}
    assert wait - 5 <= (jobs[-1].next_attempt_at - timezone.now()).total_seconds() <= wait
    assert AiCall.objects.exists() == (url is None)  # what never arrived was not asked
    settings.GEMINI_BASE_URL, server.always = server.url, ai.answering(ANSWER)
    assert read_with_ai(invoice).outcome == AiOutcome.READ


def test_a_wrong_model_name_waits_for_the_operator_and_counts_no_attempt(
    server: Simulator, read_offline: ReadOffline
) -> None:
    server.always = ai.failing(404)
    job = read_with_ai(read_offline())
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert "the operator has to look" in job.waits_for


def test_a_server_of_ones_own_gets_pictures_and_needs_no_key(
    server: Simulator, read_offline: ReadOffline, settings: Settings, batch: Batch
) -> None:
    settings.GEMINI_API_KEYS = []
    settings.AI_BASE_URL, settings.AI_MODEL = f"{server.url}/v1", "qwen-vl"
    photo = cv2.imencode(".jpg", np.full((300, 200), 255, np.uint8))[1].tobytes()
    (taken,) = accept(batch, [incoming("photo.jpg", photo)])
    assert isinstance(taken, Accepted)
    job = read_with_ai(read_offline(invoice=taken.invoice))
    assert job.outcome == AiOutcome.READ
    assert server.keys == ["none"]
    assert "data:image/jpeg;base64," in json.dumps(server.asked[0].body)
    assert AiCall.objects.get().cost is None  # nobody knows what one's own machine costs


def test_a_file_that_cannot_be_opened_is_not_sent(
    server: Simulator, read_offline: ReadOffline, settings: Settings
) -> None:
    settings.AI_BASE_URL, settings.AI_MODEL = f"{server.url}/v1", "qwen-vl"
    job = read_with_ai(read_offline())  # a PDF by its head only, of which no pages can be made
    assert (job.state, job.error_code, server.asked) == (JobState.FAILED, "unreadable", [])


def test_an_invoice_that_was_deleted_meanwhile_is_not_sent(
    server: Simulator, read_offline: ReadOffline
) -> None:
    invoice = read_offline()
    Invoice.objects.update(deleted_at=timezone.now())
    assert (read_with_ai(invoice).reason, server.asked) == ("It was deleted.", [])


def test_a_job_of_an_invoice_that_is_gone_asks_nothing(server: Simulator, read_offline: ReadOffline) -> None:
    invoice = read_offline()
    job = AiJob.objects.get()
    invoice.delete()
    second_reading.process(job.pk)
    assert server.asked == []
