"""Daily cleaning: what nobody names goes, and nothing else does."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage, get_connection
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from invoice_processor.models import Batch, Document
from invoice_processor.models.document import document_storage
from invoice_processor.services.cleanup import (
    AT_ONCE,
    clean,
    clean_files,
    clean_mails,
    clean_pictures,
    walk,
)
from invoice_processor.services.intake import accept
from invoice_processor.services.renditions import rendition_storage
from tests.conftest import Take, incoming, pdf

pytestmark = pytest.mark.django_db

DAY = 24 * 3600


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A document storage that no other test has files in."""
    field = Document._meta.get_field("file")
    documents = settings.STORAGES["documents"] | {"OPTIONS": {"location": str(tmp_path / "documents")}}
    renditions = settings.STORAGES["renditions"] | {"OPTIONS": {"location": str(tmp_path / "renditions")}}
    settings.STORAGES = settings.STORAGES | {"documents": documents, "renditions": renditions}
    before, field.storage = field.storage, document_storage()
    yield
    field.storage = before


def age(name: str, seconds: float) -> None:
    """Let a stored file look as if it had been written so long ago."""
    then = time.time() - seconds
    os.utime(document_storage().path(name), (then, then))


def orphan(seconds: float) -> str:
    name = document_storage().save("1/ab/orphan.pdf", ContentFile(b"nobody's"))
    age(name, seconds)
    return name


def test_an_orphan_older_than_a_day_goes() -> None:
    name = orphan(DAY + 60)
    assert clean_files() == 1
    assert not document_storage().exists(name)


def test_a_younger_orphan_may_belong_to_an_upload_under_way() -> None:
    name = orphan(DAY - 60)
    assert clean_files() == 0
    assert document_storage().exists(name)


def test_what_an_upload_broken_off_left_behind_goes() -> None:
    name = document_storage().save("1/ab/.incoming-x1", ContentFile(b"half"))
    age(name, 2 * DAY)
    assert clean_files() == 1


def test_a_document_stays_however_old(take: Take) -> None:
    take("", "")
    names = list(Document.objects.values_list("file", flat=True))
    for name in names:
        age(name, 400 * DAY)
    assert clean_files() == 0
    assert all(document_storage().exists(name) for name in names)


def test_many_files_cost_few_questions(take: Take, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    take(*[""] * 20)
    orphan(2 * DAY)
    assert AT_ONCE > 21
    with django_assert_num_queries(1):
        assert clean_files() == 1


def test_an_old_orphan_that_is_sent_again_is_young(batch: Batch) -> None:
    accept(batch, [incoming("a.pdf", pdf())])
    name = str(Document.objects.get().file.name)
    age(name, 400 * DAY)
    Batch.objects.all().delete()
    Document.objects.all().delete()
    document_storage().save(name, ContentFile(pdf()))  # the next upload, not yet recorded
    assert clean_files() == 0


def test_a_desk_that_never_stored_anything_is_clean() -> None:
    assert clean_files() == 0


def test_everything_is_cleaned_and_counted() -> None:
    orphan(2 * DAY)
    assert clean() == {"expired": 0, "deleted": 0, "files": 1, "pictures": 0, "mails": 0, "sessions": 0}


def test_pictures_of_pages_go_after_some_days() -> None:
    storage = rendition_storage()
    for name, age in (("1/ab/old.webp", 8 * DAY), ("1/ab/new.webp", 6 * DAY)):
        path = Path(storage.path(storage.save(name, ContentFile(b"RIFF"))))
        os.utime(path, (time.time() - age, time.time() - age))
    assert clean_pictures() == 1
    assert list(walk(storage, "1/ab")) == ["1/ab/new.webp"]


def test_mails_of_a_desk_without_a_mail_server_go_after_a_month(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert clean_mails() == 0
    backend = "django.core.mail.backends.filebased.EmailBackend"
    folders = [get_connection(backend), get_connection(backend)]  # each writes a file of its own
    for folder in folders:
        folder.send_messages([EmailMessage("Join", "A link", None, ["ravi@example.in"])])
    old, _ = (tmp_path / "mail").iterdir()
    os.utime(old, (time.time() - 31 * DAY,) * 2)
    assert clean_mails() == 1
    assert not old.exists()
