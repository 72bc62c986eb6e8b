"""Daily cleaning."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypedDict

from celery import current_app
from django.contrib.sessions.models import Session
from django.core.files.storage import Storage
from django.utils import timezone

from invoice_processor.models import Document
from invoice_processor.models.document import document_storage
from invoice_processor.services.deletion import remove_deleted
from invoice_processor.services.renditions import rendition_storage
from invoice_processor.services.retention import delete_expired

PICTURE_AGE = timedelta(days=7)
ORPHAN_AGE = timedelta(days=1)  # a younger file may belong to an upload under way


class Cleaned(TypedDict):
    """How much was removed."""

    expired: int
    deleted: int
    results: int
    files: int
    pictures: int
    sessions: int


def clean() -> Cleaned:
    """Remove what is past its time: invoices, results, files without a record, pictures, and sessions."""
    return {
        "expired": delete_expired(),
        "deleted": remove_deleted(),
        "results": clean_results(),
        "files": clean_files(),
        "pictures": clean_pictures(),
        "sessions": clean_sessions(),
    }


def clean_results() -> int:
    """Remove results past their time; Redis does so by itself, other result backends are asked to."""
    current_app.backend.cleanup()
    return 0


def clean_sessions() -> int:
    """Remove sessions that have expired."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def clean_files() -> int:
    """Remove stored files, older than a day, that no document names."""
    storage, removed = document_storage(), 0
    before = timezone.now() - ORPHAN_AGE
    for name in walk(storage, ""):
        orphan = not Document.objects.filter(file=name).exists()
        if orphan and storage.get_modified_time(name) < before:  # in this order: taking it in again renews it
            storage.delete(name)
            removed += 1
    return removed


def clean_pictures() -> int:
    """Remove pictures of pages that were made some days ago; who looks at the page has them made anew."""
    storage, before = rendition_storage(), timezone.now() - PICTURE_AGE
    old = [name for name in walk(storage, "") if storage.get_modified_time(name) < before]
    for name in old:
        storage.delete(name)
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
