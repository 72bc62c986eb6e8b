"""Notices to people."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from invoice_processor.models.batch import Batch
from invoice_processor.models.invoice import Invoice


class Notification(models.Model):
    """Tells a person that a batch is finished, or that one invoice of it is assigned to them.

    The numbers are counted when it is shown. A mail that is due is sent by a task that looks for such rows.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="notifications")
    invoice = models.ForeignKey(
        Invoice, null=True, on_delete=models.CASCADE, related_name="notifications"
    )  # that was assigned; None: the batch is finished
    in_desk = models.BooleanField(default=True)
    mail_due = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["id"], name="notice_to_mail", condition=models.Q(mail_due=True)),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} is assigned" if self.invoice_id else f"{self.batch} is finished"
