"""What people made of a reading."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from invoice_processor.models.invoice import Invoice


class InvoiceVersion(models.Model):
    """An invoice as a person corrected or typed it; the latest one counts, whatever an engine reads later.

    The database itself refuses to change one, or to delete it before its invoice (database.py).
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    reading = models.TextField()  # extraction.reading.Reading as JSON, the typed values with Source.PERSON
    changes = models.JSONField()  # [{"field": …, "before": …, "after": …}]
    is_manual = models.BooleanField(default=False)  # typed from nothing, since no engine could read the file
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "number"], name="version_numbered_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.invoice}"
