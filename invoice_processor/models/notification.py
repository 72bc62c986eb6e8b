"""Notices to people."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from invoice_processor.models.batch import Batch


class Notification(models.Model):
    """Tells a person that a batch is finished; the numbers are counted when it is shown."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="notifications")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_unread", condition=models.Q(read_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.batch} is finished"
