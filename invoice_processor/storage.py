"""Where documents are kept."""

import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile

SYNCS_AT_ONCE = 8


class Written(NamedTuple):
    """A file that waits under a name of its own for :meth:`DurableFileSystemStorage.settle`."""

    name: str
    waiting: Path | None  # None: the name holds these very bytes already


class DurableFileSystemStorage(FileSystemStorage):
    """Files on disk that are whole and survive a power cut once they have their names.

    Names are content addresses, so a name that exists already holds these very bytes. Many files are stored
    by ``write`` for each and one ``settle`` for all: a disk syncs several at once in the time of one.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        """The name itself: content addresses never clash."""
        return name

    def is_writable(self) -> bool:
        """Whether files can be stored: not on a disk that is read-only, or gone."""
        folder = Path(self.location)
        there = next(one for one in (folder, *folder.parents) if one.exists())
        return there.is_dir() and os.access(there, os.W_OK | os.X_OK)

    def _save(self, name: str, content: "File[bytes]") -> str:
        for error in self.settle([self.write(name, content)]).values():
            raise error
        return name

    def write(self, name: str, content: "File[bytes]") -> Written:
        """Store a file that may still be lost. Raises OSError."""
        path = Path(self.path(name))
        if path.exists():
            path.touch()  # wanted again: the daily cleaning of orphans must not take it for old
            return Written(name, None)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".incoming-", delete=False) as file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return Written(name, Path(file.name))

    def settle(self, files: Iterable[Written]) -> dict[str, OSError]:
        """Make files durable and give them their names; returns the names that failed, and why."""
        files = list(files)
        folders = {Path(self.path(file.name)).parent for file in files}
        folders |= {folder.parent for folder in folders}  # a new folder is a name, too
        with ThreadPoolExecutor(SYNCS_AT_ONCE) as pool:
            errors = dict(failed for failed in pool.map(self._settle, files) if failed)
            list(pool.map(sync_folder, folders))
        return errors

    def _settle(self, file: Written) -> tuple[str, OSError] | None:
        if not file.waiting:
            return None
        try:
            sync(file.waiting, os.O_RDWR)
            file.waiting.replace(self.path(file.name))
        except OSError as error:
            file.waiting.unlink(missing_ok=True)
            return file.name, error
        return None


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system can."""
    if os.name != "nt":
        sync(folder, os.O_RDONLY)


def sync(path: Path, how: int) -> None:
    """Wait until a file or folder is on the disk. Raises OSError."""
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def on_disk(stored: FieldFile) -> Iterator[Path]:
    """A stored file as a file of this machine: itself where it is stored on disk, else a copy."""
    try:
        path: Path | None = Path(stored.path)
    except NotImplementedError:  # a storage elsewhere, such as S3
        path = None
    if path:
        yield path
        return
    with NamedTemporaryFile(suffix=Path(str(stored.name)).suffix) as copy:
        with stored.open("rb") as content:
            shutil.copyfileobj(content, copy)
        copy.flush()
        yield Path(copy.name)
