"""A file as it came in, and what a reader found in it."""

from typing import ClassVar

from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models

from accounts.models import Organisation


def document_storage() -> Storage:
    """Where documents are kept: the ``documents`` storage of the settings."""
    return storages["documents"]


def first_page_field() -> "models.PositiveIntegerField[int, int]":
    """Which invoice of a file: the page, from 1, on which it begins; it stays the same however it is read."""
    return models.PositiveIntegerField(default=1, db_default=1)


class Document(models.Model):
    """The bytes of one file, stored once an organisation under their SHA-256."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="documents")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    media_type = models.CharField(max_length=100)  # by content, e.g. application/pdf
    file = models.FileField(storage=document_storage, max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="document_stored_once")
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"


class DocumentReading(models.Model):
    """What one engine read of one invoice in a document; the same engine never reads the same bytes twice."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readings")
    first_page = first_page_field()
    engine = models.CharField(max_length=100)
    reading = models.TextField()  # extraction.reading.Reading as JSON
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "engine", "first_page"], name="reading_once_per_engine_and_invoice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.engine} on {self.document}"
