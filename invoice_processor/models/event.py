"""Who did what."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from invoice_processor.models.invoice import Invoice


class Event(models.Model):
    """One entry of the audit trail; entries are added and never changed.

    ``data`` holds what the action was about, with values before and after where there are such.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.CASCADE, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # None: the program itself
    action = models.CharField(max_length=50)  # e.g. invoice.corrected
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="event_of_organisation")]

    def __str__(self) -> str:
        return self.action
