"""Invoices that are the same invoice."""

from typing import ClassVar

from django.db import models

from invoice_processor.models.invoice import Invoice


class InvoiceDuplicateLink(models.Model):
    """A later invoice that repeats an earlier one."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="duplicate_of")
    original = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="duplicates")
    reason = models.CharField(max_length=30)  # compliance.duplicates.Reason
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "original"], name="duplicate_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.invoice} repeats {self.original}"
