"""Files coming in from a browser."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from invoice_processor.models import Batch, Invoice
from tests.conftest import pdf


def files(**contents: bytes) -> dict[str, list[SimpleUploadedFile]]:
    return {"files": [SimpleUploadedFile(name.replace("_", "."), body) for name, body in contents.items()]}


def test_page_opens_a_batch_before_it_sends_files(desk: Client) -> None:
    answer = desk.post("/batches/", {"name": "August", "expected_files": 40}).json()
    batch = Batch.objects.get()
    assert (batch.name, batch.expected_files, batch.closed_at) == ("August", 40, None)
    assert answer == {
        "page": f"/batches/{batch.pk}/",
        "files": f"/batches/{batch.pk}/files/",
        "close": f"/batches/{batch.pk}/close/",
    }


@pytest.mark.parametrize("wrong", [{"name": ""}, {"expected_files": "many"}, {"expected_files": 0}])
def test_batch_without_sense_is_refused(desk: Client, wrong: dict[str, str]) -> None:
    response = desk.post("/batches/", {"name": "August", "expected_files": 40} | wrong)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(wrong)


def test_each_file_has_its_own_result(desk: Client, batch: Batch) -> None:
    sent = files(a_pdf=pdf("a"), notes_txt=b"hello", empty_pdf=b"", again_pdf=pdf("a"))
    results = desk.post(f"/batches/{batch.pk}/files/", sent).json()["results"]
    assert [(result["name"], result["outcome"]) for result in results] == [
        ("a.pdf", "queued"),
        ("notes.txt", "refused"),
        ("empty.pdf", "refused"),
        ("again.pdf", "already"),
    ]
    assert results[0]["url"] == f"/invoices/{Invoice.objects.get().pk}/"
    assert results[2]["text"] == "The file is empty."


def test_repeated_request_counts_once(desk: Client, batch: Batch) -> None:
    for expected in ("queued", "already"):
        answer = desk.post(f"/batches/{batch.pk}/files/", files(a_pdf=pdf("a"))).json()
        assert [result["outcome"] for result in answer["results"]] == [expected]
    assert batch.invoices.count() == 1


def test_too_large_file_does_not_sink_the_others(desk: Client, batch: Batch, settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    sent = files(large_pdf=pdf("x" * 2**20), small_pdf=pdf("s"))
    results = desk.post(f"/batches/{batch.pk}/files/", sent).json()["results"]
    assert [result["text"] for result in results] == ["The file is larger than 1 MB.", "Queued"]


def test_zip_answers_for_each_file_in_it(desk: Client, batch: Batch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.pdf", pdf("one"))
        archive.writestr("folder/readme.txt", "hello")
    results = desk.post(f"/batches/{batch.pk}/files/", files(pile_zip=packed.getvalue())).json()["results"]
    assert [result["outcome"] for result in results] == ["queued", "refused"]


def test_closing_says_that_all_files_are_in(desk: Client, batch: Batch) -> None:
    assert desk.post(f"/batches/{batch.pk}/close/").status_code == 204
    batch.refresh_from_db()
    assert batch.closed_at


def test_plain_form_works_without_script(desk: Client) -> None:
    response = desk.post("/upload/", files(a_pdf=pdf("a"), b_pdf=pdf("b"), notes_txt=b"hello"), follow=True)
    batch = Batch.objects.get()
    assert response.redirect_chain == [(f"/batches/{batch.pk}/", 302)]
    assert batch.name == "3 files"
    assert batch.closed_at
    assert batch.invoices.count() == 2
    assert b"notes.txt: This is not a PDF" in response.content


def test_plain_form_without_a_file_says_so(desk: Client) -> None:
    response = desk.post("/upload/", follow=True)
    assert b"No file was chosen." in response.content
    assert not Batch.objects.exists()


def test_body_beyond_the_largest_upload_is_refused_unread(
    client: Client, user: object, settings: Settings
) -> None:
    settings.MIDDLEWARE = ["web.limits.RequestSizeMiddleware", *settings.MIDDLEWARE]
    settings.MAX_ARCHIVE_MB = settings.MAX_UPLOAD_MB = 1
    response = client.post("/upload/", files(large_pdf=pdf("x" * 3 * 2**20)))
    assert response.status_code == 413
    assert b"2 MB at most" in response.content


def test_who_sent_files_in_is_told_on_the_dashboard(desk: Client, batch: Batch) -> None:
    desk.post(f"/batches/{batch.pk}/files/", files(a_pdf=pdf("a")))
    desk.post(f"/batches/{batch.pk}/close/")
    shown = " ".join(re.sub(r"<[^>]*>", " ", desk.get("/").content.decode()).split())
    assert "asha@example.in sent in “November”" in shown
