"""What is wrong with an invoice, or worth knowing about it."""

from typing import ClassVar

from django.db import models

from invoice_processor.models.invoice import Invoice


class Finding(models.Model):
    """The verdict of one rule on one invoice; see compliance.findings."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=50)
    severity = models.CharField(max_length=10)  # compliance.findings.Severity
    title = models.CharField(max_length=200)
    message = models.TextField()
    field = models.CharField(max_length=50, blank=True)
    expected = models.CharField(max_length=200, blank=True)
    found = models.CharField(max_length=200, blank=True)
    advice = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)  # section or rule of law

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["rule", "-invoice"], name="finding_by_rule")]

    def __str__(self) -> str:
        return f"{self.severity}: {self.title}"
