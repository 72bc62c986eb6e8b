"""Documents on disk: whole and durable once saved, or not there at all."""

import io
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from invoice_processor.storage import DurableFileSystemStorage

NAME = "1/ab/abcd.pdf"


@pytest.fixture
def storage(tmp_path: Path) -> DurableFileSystemStorage:
    return DurableFileSystemStorage(location=tmp_path / "documents")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


class Breaking(io.BytesIO):
    """An upload that breaks off half way, or a disk that fills up."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError("no space left on device")
        return super().read(4)


def test_a_saved_file_is_there_under_its_name(storage: DurableFileSystemStorage, tmp_path: Path) -> None:
    assert storage.save(NAME, ContentFile(b"whole")) == NAME
    with storage.open(NAME) as file:
        assert file.read() == b"whole"
    assert files(tmp_path) == ["abcd.pdf"]


def test_only_its_owner_may_read_a_document(storage: DurableFileSystemStorage) -> None:
    storage.save(NAME, ContentFile(b"whole"))
    assert Path(storage.path(NAME)).stat().st_mode & 0o077 == 0


def test_nothing_is_left_after_an_error(storage: DurableFileSystemStorage, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space"):
        storage.save(NAME, File(Breaking(b"half of it")))
    assert files(tmp_path) == []


def test_the_same_name_keeps_its_bytes_and_counts_as_new(storage: DurableFileSystemStorage) -> None:
    storage.save(NAME, ContentFile(b"first"))
    os.utime(storage.path(NAME), (0, 0))
    assert storage.save(NAME, ContentFile(b"first")) == NAME
    with storage.open(NAME) as file:
        assert file.read() == b"first"
    assert storage.get_modified_time(NAME).year > 2000


def test_bytes_reach_the_disk_before_their_name_does(
    storage: DurableFileSystemStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    named_at_sync: list[bool] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        named_at_sync.append(Path(storage.path(NAME)).exists())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    written = storage.write(NAME, ContentFile(b"whole"))
    assert named_at_sync == []
    assert storage.settle([written]) == {}
    assert named_at_sync == [False, True, True]  # the file, its folder, and the folder of that


def test_a_file_that_does_not_reach_the_disk_leaves_the_others_alone(
    storage: DurableFileSystemStorage, tmp_path: Path
) -> None:
    lost, kept = storage.write(NAME, ContentFile(b"lost")), storage.write("1/ab/ab.pdf", ContentFile(b"kept"))
    assert lost.waiting
    lost.waiting.unlink()
    assert list(storage.settle([lost, kept])) == [NAME]
    assert files(tmp_path) == ["ab.pdf"]


@pytest.mark.parametrize("name", ["../outside.pdf", "/etc/outside.pdf", "1/../../outside.pdf"])
def test_no_name_leads_out_of_the_folder(
    storage: DurableFileSystemStorage, name: str, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match="path"):
        storage.save(name, ContentFile(b"whole"))
    assert files(tmp_path) == []
