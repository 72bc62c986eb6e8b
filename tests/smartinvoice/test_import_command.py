"""``smartinvoice import``: files of this machine into the desk."""

import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor.models import Batch, Document, Event, Invoice, JobState, ProcessingJob, Queue
from invoice_processor.pipeline.run import process
from smartinvoice import cli
from smartinvoice.commands import importing
from smartinvoice.commands.importing import account
from specimens.faults import text_file
from tests.conftest import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "April"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.pdf").write_bytes(pdf(nonce=str(number)))
    return folder


def import_files(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, ["import", *map(str, arguments)])


def said(result: Result) -> str:
    """The last line, for people."""
    return result.output.strip().splitlines()[-1].strip()


def test_a_folder_becomes_a_batch_of_its_name(folder: Path, organisation: Organisation) -> None:
    result = import_files(folder)
    assert result.exit_code == 0
    assert said(result) == "Batch “April”: 3 taken in, 0 there before, 0 refused."
    batch = Batch.objects.get()
    assert (batch.name, batch.organisation, batch.created_by) == ("April", organisation, None)
    assert batch.closed_at
    assert list(Invoice.objects.order_by("pk").values_list("original_name", flat=True)) == [
        "0.pdf",
        "1.pdf",
        "2.pdf",
    ]


def test_an_import_goes_on_where_it_stopped(folder: Path, organisation: Organisation) -> None:
    import_files(folder, "--batch", "Pile")
    (folder / "3.pdf").write_bytes(pdf(nonce="3"))
    result = import_files(folder, "--batch", "Pile")
    assert said(result) == "Batch “Pile”: 1 taken in, 3 there before, 0 refused."
    assert (Batch.objects.count(), Document.objects.count(), ProcessingJob.objects.count()) == (1, 4, 4)
    entries = [(entry.actor, entry.data["files"]) for entry in Event.objects.all()]
    assert entries == [(None, 3), (None, 4)]
    assert Event.objects.latest("pk").data["account"] == account()


def test_it_waits_for_the_last_file_and_says_when_nobody_comes(
    monkeypatch: pytest.MonkeyPatch, folder: Path, organisation: Organisation
) -> None:
    def sleep(_: float) -> None:
        """A minute passes, then a worker takes the next file."""
        waiting = ProcessingJob.objects.filter(state=JobState.QUEUED)
        due = waiting.filter(next_attempt_at__gt=timezone.now() - timedelta(minutes=1))
        if not due.update(next_attempt_at=timezone.now() - timedelta(minutes=2)):
            process(waiting.earliest("pk").invoice_id)

    monkeypatch.setattr(importing, "sleep", sleep)
    result = import_files(folder, "--wait")
    assert result.output.count("No worker is running: start the desk") == 1
    assert said(result) == "3 done, 0 need attention, 0 failed."


def test_another_batch_shares_the_stored_files(folder: Path, organisation: Organisation) -> None:
    import_files(folder, "--batch", "One")
    assert (
        said(import_files(folder, "--batch", "Two")) == "Batch “Two”: 3 taken in, 0 there before, 0 refused."
    )
    assert (Batch.objects.count(), Document.objects.count(), Invoice.objects.count()) == (2, 3, 6)


def test_refused_files_are_listed_and_sink_no_other(folder: Path, organisation: Organisation) -> None:
    (folder / "notes [draft].txt").write_bytes(text_file())
    result = import_files(folder)
    assert result.exit_code == 1
    assert "refused notes [draft].txt: This is not a PDF" in result.output
    assert said(result) == "Batch “April”: 3 taken in, 0 there before, 1 refused."


def test_a_file_that_cannot_be_opened_is_refused(folder: Path, organisation: Organisation) -> None:
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(folder / "plug.pdf"))
        result = import_files(folder / "plug.pdf", folder / "0.pdf", "--batch", "Pile")
    assert "refused plug.pdf: The file cannot be opened" in result.output
    assert said(result) == "Batch “Pile”: 1 taken in, 0 there before, 1 refused."


def test_a_name_that_is_no_text_is_no_obstacle(tmp_path: Path, organisation: Organisation) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bill\xff.pdf")).write_bytes(pdf())
    assert import_files(tmp_path).exit_code == 0
    assert Invoice.objects.get().original_name == "bill?.pdf"


def test_a_large_folder_is_taken_group_by_group_into_the_bulk_queue(
    folder: Path, organisation: Organisation
) -> None:
    for number in range(3, 120):
        (folder / f"{number:03}.pdf").write_bytes(pdf(nonce=str(number)))
    assert said(import_files(folder)) == "Batch “April”: 120 taken in, 0 there before, 0 refused."
    assert set(ProcessingJob.objects.values_list("queue", flat=True)) == {Queue.BULK}


def test_an_organisation_is_chosen_by_name_in_any_case(folder: Path, organisation: Organisation) -> None:
    other = Organisation.objects.create(name="Neem Foods")
    import_files(folder, "--organisation", "NEEM foods")
    assert Batch.objects.get().organisation == other


def test_an_unknown_organisation_is_a_sentence(folder: Path, organisation: Organisation) -> None:
    result = import_files(folder, "--organisation", "Nobody Ltd")
    assert (result.exit_code, said(result)) == (1, "There is no organisation called “Nobody Ltd”.")
    assert not Batch.objects.exists()


def test_before_the_first_user_it_says_what_to_do(folder: Path) -> None:
    result = import_files(folder)
    assert result.exit_code == 1
    assert said(result) == "Nobody is set up yet: open the desk in a browser once and create the first user."


def test_before_the_first_start_it_says_the_same(folder: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "SMARTINVOICE_DATA_DIR": str(tmp_path / "a #1?"), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "smartinvoice", "import", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert (result.returncode, result.stderr.strip()) == (
        1,
        "Nobody is set up yet: open the desk in a browser once and create the first user.",
    )


def test_a_database_that_does_not_answer_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "smartinvoice", "import", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: The database does not answer: ")
    assert "Traceback" not in result.stderr


def test_an_empty_folder_is_a_sentence(tmp_path: Path, organisation: Organisation) -> None:
    assert said(import_files(tmp_path)) == "There are no files in what you named."
