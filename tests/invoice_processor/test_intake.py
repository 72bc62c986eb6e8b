"""Taking files in: judged by content, stored once, and none sinks another."""

import io
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from structlog.testing import capture_logs

from accounts.models import Organisation, User
from invoice_processor.jobs import dispatch
from invoice_processor.models import Batch, Document, Invoice, InvoiceState, JobState, ProcessingJob, Queue
from invoice_processor.selectors.batches import refused_in
from invoice_processor.services.intake import MIB, Accepted, Refused, accept, open_batch
from specimens.faults import text_file
from tests.conftest import incoming, pdf
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def names(results: list[Accepted | Refused]) -> list[tuple[str, bool]]:
    """Each file's name, and whether it was taken."""
    return [(result.name, isinstance(result, Accepted)) for result in results]


def reason(results: list[Accepted | Refused]) -> str:
    """Why the only file was refused."""
    (result,) = results
    assert isinstance(result, Refused)
    return result.reason


def archive(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as packing:
        for name, content in files:
            packing.writestr(name, content)
    return packed.getvalue()


def stored_files(settings: Settings) -> set[Path]:
    """All files of the document storage, temporary ones included."""
    return {
        path
        for path in Path(settings.STORAGES["documents"]["OPTIONS"]["location"]).rglob("*")
        if path.is_file()
    }


def test_a_file_is_stored_recorded_and_queued(batch: Batch) -> None:
    (result,) = accept(batch, [incoming("april.pdf", pdf("x"))])
    assert isinstance(result, Accepted)
    invoice = Invoice.objects.select_related("document", "job").get()
    assert (invoice.original_name, invoice.state) == ("april.pdf", InvoiceState.QUEUED)
    assert (invoice.job.state, invoice.job.attempts, invoice.job.batch) == (JobState.QUEUED, 0, batch)
    assert (invoice.document.media_type, invoice.document.size) == ("application/pdf", len(pdf("x")))
    assert Path(invoice.document.file.path).read_bytes() == pdf("x")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (text_file(), "This is not a PDF"),
        (b"MZ\x90\x00", "This is not a PDF"),
        (b"<html><script>", "This is not a PDF"),
    ],
)
def test_a_file_is_refused_by_its_content_whatever_its_name(
    batch: Batch, content: bytes, sentence: str
) -> None:
    assert reason(accept(batch, [incoming("invoice.pdf", content)])).startswith(sentence)
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["invoice", "setup.exe", "../../etc/passwd", "बिल.txt", "x" * 400])
def test_a_pdf_is_taken_whatever_its_name(batch: Batch, name: str) -> None:
    assert names(accept(batch, [incoming(name, pdf(name))])) == [(name, True)]


def test_a_file_of_the_largest_size_is_taken_and_a_byte_more_is_refused(
    batch: Batch, settings: Settings
) -> None:
    settings.MAX_UPLOAD_MB = 1
    largest = pdf().ljust(MIB, b" ")
    before = stored_files(settings)
    assert reason(accept(batch, [incoming("a.pdf", largest + b" ")])) == "The file is larger than 1 MB."
    assert stored_files(settings) == before
    assert names(accept(batch, [incoming("a.pdf", largest)])) == [("a.pdf", True)]


def test_a_bad_file_never_sinks_the_others_and_answers_keep_the_order(batch: Batch) -> None:
    results = accept(
        batch,
        [
            incoming("z.pdf", pdf("1")),
            incoming("empty.pdf", b""),
            incoming("a.pdf", pdf("2")),
            incoming("note.txt", text_file()),
            incoming("m.pdf", pdf("3")),
        ],
    )
    assert names(results) == [
        ("z.pdf", True),
        ("empty.pdf", False),
        ("a.pdf", True),
        ("note.txt", False),
        ("m.pdf", True),
    ]
    in_order = Invoice.objects.order_by("pk").values_list("original_name", flat=True)
    assert list(in_order) == ["z.pdf", "a.pdf", "m.pdf"]


def test_the_same_bytes_twice_in_a_batch_count_once(batch: Batch) -> None:
    first = accept(batch, [incoming("a.pdf", pdf("1")), incoming("copy of a.pdf", pdf("1"))])
    again = accept(batch, [incoming("a.pdf", pdf("1"))])
    assert [result.already for result in first + again if isinstance(result, Accepted)] == [False, True, True]
    assert Invoice.objects.count() == ProcessingJob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known_elsewhere", [False, True])
def test_the_same_bytes_sent_at_once_count_once(
    batch: Batch, organisation: Organisation, user: User, known_elsewhere: bool
) -> None:
    def send(batch: Batch) -> list[Accepted | Refused]:
        return accept(batch, [incoming(f"{n}.pdf", pdf(nonce=str(n))) for n in range(40)])

    if known_elsewhere:
        send(open_batch(organisation, user, "October", 40))
    results = [one for result in at_once(lambda: send(batch)) for one in result]
    fresh = [one.name for one in results if isinstance(one, Accepted) and not one.already]
    assert (len(fresh), len(set(fresh))) == (40, 40)
    assert ProcessingJob.objects.filter(batch=batch).count() == 40


def test_the_same_bytes_in_another_batch_share_the_document(
    batch: Batch, organisation: Organisation, user: User, settings: Settings
) -> None:
    accept(batch, [incoming("a.pdf", pdf("1"))])
    before = stored_files(settings)
    accept(open_batch(organisation, user, "December", 1), [incoming("b.pdf", pdf("1"))])
    assert Document.objects.count() == 1
    assert stored_files(settings) == before
    assert sorted(Invoice.objects.values_list("original_name", flat=True)) == ["a.pdf", "b.pdf"]


def test_another_organisation_has_a_document_of_its_own(batch: Batch) -> None:
    other = open_batch(Organisation.objects.create(name="Neem Foods"), None, "Theirs", 1)
    accept(batch, [incoming("a.pdf", pdf("1"))])
    (result,) = accept(other, [incoming("a.pdf", pdf("1"))])
    assert isinstance(result, Accepted)
    assert not result.already
    assert len({document.file.path for document in Document.objects.all()}) == 2


def test_an_unreachable_broker_is_harmless_and_asked_once(batch: Batch) -> None:
    with capture_logs() as lines:
        results = accept(batch, [incoming(f"{n}.pdf", pdf(nonce=str(n))) for n in range(50)])
    assert all(isinstance(result, Accepted) for result in results)
    assert ProcessingJob.objects.filter(state=JobState.QUEUED).count() == 50
    assert [line["event"] for line in lines] == ["broker unreachable: the reaper will ring"]


def test_a_frozen_broker_is_not_waited_for_again_and_again(
    monkeypatch: pytest.MonkeyPatch, batch: Batch
) -> None:
    monkeypatch.setitem(dispatch._frozen, "until", 0.0)
    monkeypatch.setattr(dispatch, "SLOW", -1)
    with capture_logs() as lines:
        for number in range(3):
            accept(batch, [incoming(f"{number}.pdf", pdf(nonce=str(number)))])
    assert len(lines) == 1
    assert ProcessingJob.objects.filter(state=JobState.QUEUED).count() == 3


@pytest.mark.parametrize(
    ("files", "queue"), [(1, Queue.INTERACTIVE), (10, Queue.INTERACTIVE), (11, Queue.BULK)]
)
def test_small_batches_go_first(organisation: Organisation, user: User, files: int, queue: Queue) -> None:
    accept(open_batch(organisation, user, "Pile", files), [incoming("a.pdf", pdf("1"))])
    assert ProcessingJob.objects.get().queue == queue


def test_many_files_ask_the_database_no_more_often_than_two(batch: Batch) -> None:
    def queries(files: range) -> int:
        with CaptureQueriesContext(connection) as asked:
            accept(batch, [incoming(f"{n}.pdf", pdf(nonce=str(n))) for n in files])
        return len(asked)

    assert queries(range(2)) == queries(range(2, 22))


def test_more_files_reopen_a_batch_that_was_finished(batch: Batch) -> None:
    Batch.objects.update(closed_at="2026-11-01T00:00Z", finished_at="2026-11-01T00:00Z")
    accept(batch, [incoming("a.pdf", pdf("1"))])
    batch.refresh_from_db()
    assert (batch.closed_at, batch.finished_at) == (None, None)


def test_a_file_that_cannot_be_stored_is_refused_and_not_recorded(
    batch: Batch, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    documents = settings.STORAGES["documents"] | {
        "OPTIONS": {"location": str(tmp_path / "file" / "documents")}
    }
    settings.STORAGES = settings.STORAGES | {"documents": documents}
    (refused,) = accept(batch, [incoming("a.pdf", pdf("1"))])
    assert isinstance(refused, Refused)
    assert refused.reason == "It could not be stored (Not a directory): please send it again later."
    assert not Invoice.objects.exists()


def test_an_archive_gives_its_files_and_says_which_are_bad(batch: Batch) -> None:
    packed = archive(
        ("april/a.pdf", pdf("1")),
        ("april/notes.txt", text_file()),
        ("april/empty.pdf", b""),
        ("inner.zip", archive(("b.pdf", pdf("2")))),
        ("april/c.pdf", pdf("3")),
    )
    results = accept(batch, [incoming("april.zip", packed), incoming("after.pdf", pdf("4"))])
    assert [result.name for result in results if isinstance(result, Accepted)] == [
        "a.pdf",
        "c.pdf",
        "after.pdf",
    ]
    refused = [result.reason for result in results if isinstance(result, Refused)]
    assert [sentence.split(",")[0] for sentence in refused] == [
        "This is not a PDF",
        "The file is empty.",
        "A ZIP inside a ZIP is not unpacked.",
    ]


def test_a_damaged_archive_is_refused_under_its_own_name(batch: Batch) -> None:
    (result,) = accept(batch, [incoming("april.zip", archive(("a.pdf", pdf("1")))[:-30])])
    assert result == Refused("april.zip", "The ZIP is damaged: please make it again.")


def test_an_empty_archive_says_so(batch: Batch) -> None:
    assert reason(accept(batch, [incoming("april.zip", archive())])) == "The ZIP holds no files."


def test_limits_hold_for_the_files_of_an_archive_too(batch: Batch, settings: Settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    packed = archive(("large.pdf", pdf().ljust(MIB + 1, b" ")), ("a.pdf", pdf("1")))
    assert names(accept(batch, [incoming("april.zip", packed)])) == [
        ("april.zip: large.pdf", False),
        ("a.pdf", True),
    ]


def test_what_was_refused_is_told_to_who_comes_back_later_once(batch: Batch) -> None:
    for _ in range(2):
        accept(batch, [incoming("empty.pdf", b""), incoming("a.pdf", pdf("1"))])
    assert [str(file) for file in refused_in(batch)] == ["empty.pdf: The file is empty."]
