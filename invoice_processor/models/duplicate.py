"""Invoices that are the same invoice."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from invoice_processor.models.invoice import Invoice


class DuplicateVerdict(models.TextChoices):
    """What a person said of two invoices that look like one; asked once."""

    DUPLICATE = "duplicate", "The same invoice"
    DIFFERENT = "different", "Two invoices"


class InvoiceDuplicateLink(models.Model):
    """A later invoice that repeats an earlier one, or may do so.

    Without a verdict the later one is neither approved nor exported.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="duplicate_of")
    original = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="duplicates")
    reason = models.CharField(max_length=30)  # compliance.duplicates.Reason, or "near"
    likeness = models.PositiveSmallIntegerField(default=100)  # percent; below 100 only for near ones
    likeness_reasons = models.CharField(max_length=200, blank=True)  # of a near one, for a person
    verdict = models.CharField(max_length=10, choices=DuplicateVerdict.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "original"], name="duplicate_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.invoice} repeats {self.original}"
