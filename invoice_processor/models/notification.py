"""Notices to people."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from invoice_processor.models.batch import Batch
from invoice_processor.models.invoice import Invoice


class Notification(models.Model):
    """Tells a person that a batch is finished, that an invoice is assigned to them, or how AI reading is.

    The numbers are counted when it is shown. A mail that is due is sent by a task that looks for such rows.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notifications")
    batch = models.ForeignKey(Batch, null=True, on_delete=models.CASCADE, related_name="notifications")
    invoice = models.ForeignKey(
        Invoice, null=True, on_delete=models.CASCADE, related_name="notifications"
    )  # that was assigned; None: the batch is finished
    title = models.CharField(max_length=100, blank=True)  # of what concerns no batch but AI reading
    text = models.CharField(max_length=300, blank=True)
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
        return self.title or (
            f"{self.invoice} is assigned" if self.invoice_id else f"{self.batch} is finished"
        )
