"""Programs send files in and ask what became of them, as the member whose token they bear."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import ApiToken, Membership, Organisation, Role, User
from accounts.services import tokens
from invoice_processor.models import Batch, Invoice, InvoiceDuplicateLink
from invoice_processor.pipeline.run import process
from invoice_processor.services.intake import Incoming, accept, open_batch
from tests.accounts.test_invitations import member
from tests.conftest import Take, pdf
from tests.invoice_processor.papers import finished

pytestmark = pytest.mark.django_db


def program(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def membership(user: User, organisation: Organisation) -> Membership:
    return Membership.objects.get(user=user, organisation=organisation)


@pytest.fixture
def caller(membership: Membership) -> Client:
    """The owner's program."""
    return program(tokens.create(membership, "accounting"))


def send(caller: Client, *names: str, **form: str) -> tuple[int, dict[str, Any]]:
    files = [SimpleUploadedFile(name, pdf("", name) if name.endswith("pdf") else b"text") for name in names]
    answer = caller.post("/api/v1/invoices/", {"files": files, **form})
    return answer.status_code, answer.json()


def test_files_are_sent_and_asked_for(caller: Client, user: User) -> None:
    status, answer = send(caller, "a.pdf", "b.pdf", "note.txt", batch="April")
    assert status == 202
    assert [result["outcome"] for result in answer["results"]] == ["queued", "queued", "refused"]
    assert "This is not a PDF" in answer["results"][2]["reason"]
    batch = Batch.objects.get()
    assert (batch.name, batch.created_by, batch.closed_at is not None) == ("April", user, True)
    pk = answer["results"][0]["invoice"]
    process(pk)
    invoice = caller.get(f"/api/v1/invoices/{pk}/").json()
    assert (invoice["file"], invoice["state"]) == ("a.pdf", "CLEARED")
    assert invoice["fields"]["grand_total"] == "118.00"
    assert invoice["fields"]["vendor_name"] == "Asha Stationers"
    progress = caller.get(answer["batch"]["url"]).json()
    assert (progress["progress"]["done"], progress["progress"]["queued"]) == (1, 1)
    assert progress["refused"][0]["name"] == "note.txt"


@pytest.mark.parametrize(("said", "kept"), [("", False), ("false", False), ("true", True), ("yes", True)])
def test_files_can_be_kept_from_ai_models(caller: Client, said: str, kept: bool) -> None:
    _, answer = send(caller, "a", keep_in_house=said)
    assert Batch.objects.get(pk=answer["batch"]["id"]).keep_in_house == kept


def test_a_call_without_a_file_says_what_to_send(caller: Client) -> None:
    status, answer = send(caller)
    assert (status, answer["error"]["code"]) == (400, "no_files")


def test_too_many_files_in_one_call_say_so(caller: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    status, answer = send(caller, "a.pdf", "b.pdf")
    assert (status, answer["error"]["code"]) == (413, "too_much")
    assert not Batch.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer sii_guess", "Basic c2lpOg=="])
def test_without_a_valid_token_nobody_is_heard(take: Take, header: str) -> None:
    (invoice,) = take("")
    answer = Client(headers={"Authorization": header}).get(f"/api/v1/invoices/{invoice.pk}/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "Settings, API tokens" in answer.json()["error"]["message"]


def test_a_session_is_no_token(user: User) -> None:
    browser = Client()
    browser.force_login(user)
    assert send(browser, "a.pdf")[0] == 401


@pytest.mark.parametrize("role", list(Role))
def test_a_token_may_do_what_the_role_includes(organisation: Organisation, take: Take, role: Role) -> None:
    (invoice,) = take("")
    caller = program(tokens.create(member(organisation, role), "script"))
    assert caller.get(f"/api/v1/invoices/{invoice.pk}/").status_code == 200
    assert send(caller, "a.pdf")[0] == (403 if role is Role.VIEWER else 202)


def test_a_stranger_finds_nothing(take: Take) -> None:
    (invoice,) = take("")
    other = member(Organisation.objects.create(name="Neem Foods"), Role.OWNER)
    caller = program(tokens.create(other, "script"))
    for address in (f"invoices/{invoice.pk}", f"batches/{invoice.batch_id}"):
        answer = caller.get(f"/api/v1/{address}/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown")


def test_a_token_ends_with_the_membership_the_account_or_by_hand(membership: Membership, take: Take) -> None:
    (invoice,) = take("")
    address = f"/api/v1/invoices/{invoice.pk}/"
    member(membership.organisation, Role.OWNER)
    first = tokens.create(membership, "first")
    tokens.revoke(ApiToken.objects.get())
    assert program(first).get(address).status_code == 401
    second = tokens.create(membership, "second")
    User.objects.filter(pk=membership.user_id).update(is_active=False)
    assert program(second).get(address).status_code == 401
    membership.delete()
    assert not ApiToken.objects.exists()


def test_only_the_hash_is_stored_and_the_use_noted(membership: Membership, take: Take) -> None:
    text = tokens.create(membership, " accounting ")
    token = ApiToken.objects.get()
    assert (token.name, token.last_used_at) == ("accounting", None)
    assert text not in str(vars(token))
    assert text.startswith(token.hint)
    program(text).get("/api/v1/invoices/1/")
    token.refresh_from_db()
    assert token.last_used_at
    assert timezone.now() - token.last_used_at < timedelta(minutes=1)


def test_too_many_files_wait_for_the_next_hour(caller: Client, settings: Settings) -> None:
    settings.UPLOADED_FILES_PER_HOUR = 1
    assert send(caller, "a.pdf")[0] == 202
    assert send(caller, "b.pdf")[0] == 429
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(caller: Client, method: str) -> None:
    answer = caller.generic(method, "/api/v1/invoices/1/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


def test_tokens_are_made_shown_once_and_revoked_in_the_settings(user: User) -> None:
    browser = Client()
    browser.force_login(user)
    page = browser.post("/settings/tokens/", {"name": "accounting"})
    shown = page.context["fresh"]
    assert shown in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert send(program(shown), "a.pdf")[0] == 202
    again = browser.get("/settings/tokens/").content.decode()
    assert shown not in again
    assert "last used" in again
    browser.post(f"/settings/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert send(program(shown), "b.pdf")[0] == 401


def ask(caller: Client, query: str = "") -> tuple[int, Any]:
    answer = caller.get(f"/api/v1/invoices/{query}")
    return answer.status_code, answer.json()


def numbers(caller: Client, query: str = "") -> list[str]:
    """The numbers of the invoices that an address gives, in its order."""
    status, answer = ask(caller, query)
    assert status == 200, answer
    return [invoice["fields"]["number"] for invoice in answer["invoices"]]


def test_invoices_are_listed_filtered_and_sorted(caller: Client, take: Take) -> None:
    one, two, three = take("", "", "")
    finished(one, number="A/1", vendor_name="Kaveri", grand_total=50, date="2026-05-07", confidence=95)
    finished(two, number="B/2", vendor_gstin="29AAGCB7383J1Z4", grand_total=90, decision="approved")
    finished(three, number="C/3", state="FAILED")
    assert numbers(caller) == ["C/3", "B/2", "A/1"]
    assert numbers(caller, "?sort=total") == ["B/2", "A/1", "C/3"]
    for query, expected in {
        "q=kaveri": ["A/1"],
        "vendor=29aagcb7383j1z4": ["B/2"],
        "decision=open": ["C/3", "A/1"],
        "decision=approved": ["B/2"],
        "state=FAILED": ["C/3"],
        "state=FAILED&state=CLEARED": ["C/3", "B/2", "A/1"],
        "certainty_from=90": ["A/1"],
        "dated_from=2026-05-01&dated_to=2026-05-31": ["A/1"],
        "assigned=nobody&mine=true": ["C/3", "B/2", "A/1"],
        "assigned=me": [],
        f"batch={one.batch_id}": ["C/3", "B/2", "A/1"],
    }.items():
        assert numbers(caller, f"?{query}") == expected, query


@pytest.mark.parametrize("sort", ["newest", "total"])
def test_each_page_leads_to_the_next(
    caller: Client, take: Take, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr("invoice_processor.selectors.keyset.PAGE_ROWS", 2)
    expected = [finished(invoice, grand_total=invoice.pk).pk for invoice in take(*[""] * 5)][::-1]
    found, query = [], f"?sort={sort}&decision=open"
    while query:
        _, answer = ask(caller, query)
        found += [invoice["id"] for invoice in answer["invoices"]]
        query = (answer["next"] or "").removeprefix("/api/v1/invoices/")
    assert found == expected


def test_what_may_be_a_duplicate_is_marked(caller: Client, take: Take) -> None:
    first, copy = take("", "")
    link = InvoiceDuplicateLink.objects.create(invoice=copy, original=first, reason="near")
    held = {invoice["id"]: invoice["held_back"] for invoice in ask(caller)[1]["invoices"]}
    assert held == {first.pk: False, copy.pk: True}
    assert [invoice["id"] for invoice in ask(caller, "?held=true")[1]["invoices"]] == [copy.pk]
    link.verdict = "different"
    link.save()
    assert caller.get(f"/api/v1/invoices/{copy.pk}/").json()["held_back"] is False


@pytest.mark.parametrize(
    "query", ["state=PAID", "vendr=X", "dated_from=7.5.2026", "start=x", "sort=total&start=5", "batch=0"]
)
def test_a_filter_that_is_wrong_is_an_error_and_not_the_whole_list(caller: Client, query: str) -> None:
    status, answer = ask(caller, f"?{query}")
    assert (status, answer["error"]["code"]) == (400, "filter")
    assert query.rpartition("&")[2].partition("=")[0] in answer["error"]["message"]


def test_strangers_list_nothing_of_others(take: Take) -> None:
    take("")
    other = member(Organisation.objects.create(name="Neem Foods"), Role.OWNER)
    assert ask(program(tokens.create(other, "script")))[1] == {"invoices": [], "next": None}


def test_queries_do_not_grow_with_the_invoices(caller: Client, take: Take) -> None:
    ask(caller)
    with CaptureQueriesContext(connection) as none:
        ask(caller)
    take(*[""] * 9)
    with CaptureQueriesContext(connection) as nine:
        ask(caller)
    assert len(none) == len(nine)


def under_key(caller: Client, key: str, *names: str) -> tuple[int, dict[str, Any]]:
    files = [SimpleUploadedFile(name, pdf("", name) if name.endswith("pdf") else b"text") for name in names]
    answer = caller.post("/api/v1/invoices/", {"files": files}, headers={"Idempotency-Key": key})
    return answer.status_code, answer.json()


def test_a_call_that_is_repeated_under_its_key_counts_once(caller: Client, settings: Settings) -> None:
    settings.UPLOADED_FILES_PER_HOUR = 2
    first = under_key(caller, "run-7", "a.pdf", "note.txt")
    again = under_key(caller, "run-7", "a.pdf", "note.txt")
    assert first == again
    assert (Batch.objects.count(), Invoice.objects.count()) == (1, 1)


@pytest.mark.parametrize("closed", [False, True])
def test_a_call_that_was_cut_off_is_carried_on(
    caller: Client, user: User, organisation: Organisation, closed: bool
) -> None:
    """The first call took one of two files in, and its sender heard nothing."""
    opened = open_batch(organisation, user, "2 files", 2, idempotency_key="run-7")
    accept(opened, [Incoming("a.pdf", io.BytesIO(pdf("", "a.pdf")))])
    Batch.objects.update(closed_at=timezone.now() if closed else None)  # as after ten minutes of silence
    status, answer = under_key(caller, "run-7", "a.pdf", "b.pdf")
    assert (status, answer["batch"]["id"]) == (202, opened.pk)
    assert [result["outcome"] for result in answer["results"]] == ["already", "queued"]
    assert Invoice.objects.count() == 2


def test_a_key_belongs_to_one_call_and_one_person(caller: Client, organisation: Organisation) -> None:
    under_key(caller, "run-7", "a.pdf")
    assert under_key(caller, "run-7", "a.pdf", "b.pdf")[0] == 409
    mate = program(tokens.create(member(organisation, Role.ACCOUNTANT), "script"))
    assert under_key(mate, "run-7", "c.pdf")[0] == 202
    assert under_key(caller, "x" * 101, "d.pdf")[0] == 400
    assert (Batch.objects.count(), Invoice.objects.count()) == (2, 2)
