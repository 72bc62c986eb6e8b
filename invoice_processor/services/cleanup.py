"""Daily cleaning."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TypedDict

from celery import current_app
from django.conf import settings
from django.core.files.storage import Storage
from django.utils import timezone

from accounts.services.sessions import remove_expired
from invoice_processor.models import Document
from invoice_processor.models.document import document_storage
from invoice_processor.services.deletion import remove_deleted
from invoice_processor.services.renditions import rendition_storage
from invoice_processor.services.retention import delete_expired

AT_ONCE = 500  # files a query
PICTURE_AGE = timedelta(days=7)
MAIL_AGE = timedelta(days=30)
ORPHAN_AGE = timedelta(days=1)  # a younger file may belong to an upload under way


class Cleaned(TypedDict):
    """How much was removed."""

    expired: int
    deleted: int
    files: int
    pictures: int
    mails: int
    sessions: int


def clean() -> Cleaned:
    """Remove what is past its time: invoices, results, files without a record, pictures, mails, sessions."""
    current_app.backend.cleanup()  # Redis forgets results by itself; other result backends have to be asked
    return {
        "expired": delete_expired(),
        "deleted": remove_deleted(),
        "files": clean_files(),
        "pictures": clean_pictures(),
        "mails": clean_mails(),
        "sessions": remove_expired(),
    }


def clean_files() -> int:
    """Remove stored files, older than a day, that no document names."""
    storage, removed = document_storage(), 0
    before = timezone.now() - ORPHAN_AGE
    names = walk(storage, "")
    while some := set(islice(names, AT_ONCE)):
        for name in some - named(some):
            if storage.get_modified_time(name) < before:  # asked last: taking it in again renews it
                storage.delete(name)
                removed += 1
    return removed


def named(names: set[str]) -> set[str]:
    """Those files that a document names, found by the parts of their names, which are indexed."""
    paths = [PurePosixPath(name) for name in names]
    organisations = {int(path.parts[0]) for path in paths if path.parts[0].isdecimal()}
    hashes = {path.stem for path in paths}
    found = Document.objects.filter(organisation__in=organisations, sha256__in=hashes)
    return set(found.values_list("file", flat=True))


def clean_pictures() -> int:
    """Remove pictures of pages that were made some days ago; who looks at the page has them made anew."""
    storage, before = rendition_storage(), timezone.now() - PICTURE_AGE
    old = [name for name in walk(storage, "") if storage.get_modified_time(name) < before]
    for name in old:
        storage.delete(name)
    return len(old)


def clean_mails() -> int:
    """Remove mails that were written to files a month ago, because the desk has no mail server."""
    before = (timezone.now() - MAIL_AGE).timestamp()
    old = [path for path in Path(settings.EMAIL_FILE_PATH).glob("*.log") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def walk(storage: Storage, folder: str) -> Iterator[str]:
    """The names of all files below a folder of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for file in files:
        yield f"{folder}/{file}".lstrip("/")
    for name in folders:
        yield from walk(storage, f"{folder}/{name}".lstrip("/"))
