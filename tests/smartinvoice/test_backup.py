"""``smartinvoice backup`` and ``restore``: everything comes back, also on another database."""

import gzip
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Membership, Organisation, OrganisationGstin, User
from invoice_processor.models import Batch, Document, Event, Invoice
from invoice_processor.pipeline.run import process
from smartinvoice import cli
from smartinvoice.backup.contents import MANIFEST, RECORDS
from tests.conftest import Take

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(organisation: Organisation, user: User, take: Take) -> Organisation:
    """A desk with read, failed and waiting invoices, and a few years old."""
    OrganisationGstin.objects.create(organisation=organisation, gstin="27AAPFU0939F1ZV")
    read, refused, _waiting = take("", "refuse", "")
    process(read.pk)
    process(refused.pk)
    Event.objects.create(organisation=organisation, invoice=read, actor=user, action="invoice.approved")
    Batch.objects.update(created_at=timezone.now() - timedelta(days=900))
    return organisation


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def said(result: Result) -> str:
    return result.output.strip().splitlines()[-1].strip()


def records(backup: Path) -> list[dict[str, Any]]:
    """All rows of a backup, in its order."""
    with tarfile.open(backup) as archive:
        packed = archive.extractfile(RECORDS)
        assert packed
        with gzip.open(packed) as lines:
            return [json.loads(line) for line in lines]


def contents() -> dict[str, bytes]:
    """The documents by their names in the storage."""
    storage = Document.file.field.storage
    names = Document.objects.values_list("file", flat=True)
    return {name: Path(storage.path(name)).read_bytes() for name in names}


def wipe() -> None:
    """An empty desk, without a single file."""
    for document in Document.objects.all():
        document.file.delete(save=False)
    call_command("flush", verbosity=0, interactive=False)


def changed(backup: Path, into: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """A backup with one member changed."""
    with tarfile.open(backup) as old, tarfile.open(into, "w") as new:
        for entry in old:
            content = old.extractfile(entry)
            assert content
            held = content.read()
            if entry.name == member:
                held = change(held)
                entry.size = len(held)
            new.addfile(entry, io.BytesIO(held))
    return into


def test_what_was_backed_up_comes_back_to_the_byte(desk: Organisation, tmp_path: Path) -> None:
    files = contents()
    assert run("backup", tmp_path / "one.tar").exit_code == 0
    assert stat.S_IMODE((tmp_path / "one.tar").stat().st_mode) == 0o600
    wipe()
    result = run("restore", tmp_path / "one.tar")
    assert (result.exit_code, Invoice.objects.count()) == (0, 3)
    assert contents() == files
    run("backup", tmp_path / "two.tar")
    assert records(tmp_path / "two.tar") == records(tmp_path / "one.tar")


def test_a_restored_desk_goes_on(desk: Organisation, tmp_path: Path) -> None:
    run("backup", tmp_path / "one.tar")
    wipe()
    run("restore", tmp_path / "one.tar")
    assert process(Invoice.objects.get(state="QUEUED").pk)["outcome"] == "CLEARED"
    newest = Organisation.objects.create(name="A new one gets a number of its own")
    assert newest.pk > desk.pk
    assert Membership.objects.get().user.check_password("a-long-passphrase")


def test_it_moves_to_another_database_and_back(desk: Organisation, tmp_path: Path) -> None:
    run("backup", tmp_path / "here.tar")
    there = {**os.environ, "SMARTINVOICE_DATA_DIR": str(tmp_path / "there"), "DATABASE_URL": ""}
    for command in ("restore", tmp_path / "here.tar"), ("backup", tmp_path / "there.tar"):
        program = [sys.executable, "-m", "smartinvoice", *map(str, command)]
        done = subprocess.run(program, env=there, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
    wipe()
    assert run("restore", tmp_path / "there.tar").exit_code == 0
    run("backup", tmp_path / "again.tar")
    assert records(tmp_path / "again.tar") == records(tmp_path / "here.tar")


def test_a_desk_with_data_is_not_overwritten(desk: Organisation, tmp_path: Path) -> None:
    run("backup", tmp_path / "one.tar")
    result = run("restore", tmp_path / "one.tar")
    assert result.exit_code == 1
    assert said(result).startswith("This desk holds data already.")


def test_a_backup_is_not_overwritten(desk: Organisation, tmp_path: Path) -> None:
    (tmp_path / "one.tar").write_text("precious")
    assert run("backup", tmp_path / "one.tar").exit_code == 1
    assert (tmp_path / "one.tar").read_text() == "precious"


def test_a_file_that_the_storage_lost_is_named_and_the_rest_is_kept(
    desk: Organisation, tmp_path: Path
) -> None:
    lost = str(Document.objects.earliest("pk").file.name)
    Document.file.field.storage.delete(lost)
    result = run("backup", tmp_path / "one.tar")
    assert result.exit_code == 1
    assert lost in result.output
    wipe()
    assert run("restore", tmp_path / "one.tar").exit_code == 0
    assert Document.objects.count() == 3


def test_a_backup_of_another_version_is_refused_with_what_to_do(desk: Organisation, tmp_path: Path) -> None:
    run("backup", tmp_path / "one.tar")

    def of_the_future(manifest: bytes) -> bytes:
        said = json.loads(manifest)
        said["migrations"]["invoice_processor"].append("9999_flying_cars")
        return json.dumps(said).encode()

    wipe()
    result = run("restore", changed(tmp_path / "one.tar", tmp_path / "new.tar", MANIFEST, of_the_future))
    assert result.exit_code == 1
    assert "restore it with that version, then upgrade" in said(result)
    assert not User.objects.exists()


def test_a_changed_document_is_noticed_and_no_row_is_written(desk: Organisation, tmp_path: Path) -> None:
    run("backup", tmp_path / "one.tar")
    name = f"files/invoice_processor.Document.file/{Document.objects.earliest('pk').file.name}"
    wipe()
    result = run(
        "restore", changed(tmp_path / "one.tar", tmp_path / "bad.tar", name, lambda _: b"%PDF-1.7 x")
    )
    assert (result.exit_code, User.objects.count()) == (1, 0)
    assert "is not what it was" in said(result)


@pytest.mark.parametrize("member", [MANIFEST, "files/", RECORDS])
def test_a_backup_cut_short_is_refused_whole(desk: Organisation, tmp_path: Path, member: str) -> None:
    run("backup", tmp_path / "one.tar")
    with tarfile.open(tmp_path / "one.tar") as archive:
        cut = next(entry.offset_data for entry in archive if entry.name.startswith(member))
    (tmp_path / "cut.tar").write_bytes((tmp_path / "one.tar").read_bytes()[: cut + 20])
    wipe()
    result = run("restore", tmp_path / "cut.tar")
    assert (result.exit_code, User.objects.count()) == (1, 0)
    assert said(result).startswith("The backup is damaged")


@pytest.mark.parametrize("name", ["../../outside", "/outside"])
def test_no_member_leads_out_of_the_storage(tmp_path: Path, name: str, desk: Organisation) -> None:
    run("backup", tmp_path / "one.tar")
    wipe()
    with tarfile.open(tmp_path / "one.tar", "a") as archive:
        entry = tarfile.TarInfo(f"files/invoice_processor.Document.file/{name}")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"evil"))
    result = run("restore", tmp_path / "one.tar")
    assert (result.exit_code, User.objects.count()) == (1, 0)


def test_anything_else_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "letter.tar").write_text("Dear Sir")
    result = run("restore", tmp_path / "letter.tar")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
