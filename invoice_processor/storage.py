"""Where documents are kept."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile


class DurableFileSystemStorage(FileSystemStorage):
    """Files on disk that are whole once ``save`` returns, and survive a power cut after ``make_durable``.

    Names are content addresses, so a name that exists already holds these very bytes.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        """The name itself: content addresses never clash."""
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = Path(self.path(name))
        if path.exists():
            path.touch()  # wanted again: the daily cleaning of orphans must not take it for old
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".incoming-", delete=False) as file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return name

    def make_durable(self, names: Iterable[str]) -> None:
        """Make the names of saved files as durable as their bytes: one sync a folder for all of them."""
        folders = {Path(self.path(name)).parent for name in names}
        for folder in folders | {folder.parent for folder in folders}:  # a new folder is a name, too
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
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
