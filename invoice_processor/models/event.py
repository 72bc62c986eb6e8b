"""Who did what."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation, User
from invoice_processor.models.invoice import Invoice


class Trail(models.Manager["Event"]):
    """Adds entries."""

    def note(self, invoice: Invoice, actor: User | None, action: str, **data: Any) -> None:
        """Write down what a person, or the program, did to an invoice."""
        self.create(
            organisation_id=invoice.organisation_id,
            invoice_id=invoice.pk,
            actor=actor,
            action=action,
            data=data,
        )


class Event(models.Model):
    """One entry of the audit trail. The database itself refuses to change or delete one (database.py).

    ``data`` holds what the action was about, with values before and after where there are such. An entry
    outlives its invoice.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="events")
    invoice = models.ForeignKey(
        Invoice, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="events"
    )  # which may be gone
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )  # None: the program itself
    action = models.CharField(max_length=50)  # e.g. invoice.corrected
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Trail] = Trail()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="event_of_organisation")]

    def __str__(self) -> str:
        return self.action
