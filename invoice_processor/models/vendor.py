"""The vendors of an organisation: one row a GSTIN, with figures counted from its invoices."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from accounts.models import Organisation
from invoice_processor.prepared import Insert


class Vendors(models.Manager["Vendor"]):
    """Keeps the rows that lists are fast by."""

    def note(self, organisation_id: int, gstins: Iterable[str]) -> None:
        """Say that invoices of these vendors have changed; call it in the transaction that changes them.

        One query. The figures are counted anew from the invoices soon afterwards, so they cannot drift.
        """
        NOTE([Vendor(organisation_id=organisation_id, gstin=gstin) for gstin in sorted(set(gstins)) if gstin])


class Vendor(models.Model):
    """A vendor of an organisation, known by GSTIN. All figures are counted from its invoices."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="vendors")
    gstin = models.CharField("GSTIN", max_length=15)
    name = models.CharField(max_length=300, blank=True)  # as the latest invoice prints it
    invoices = models.PositiveIntegerField(default=0)
    spend = models.DecimalField(max_digits=20, decimal_places=2, default=Decimal(0))  # rupees with tax
    unverified_invoices = models.PositiveIntegerField(default=0)  # judged without a record
    unverified_value = models.DecimalField(max_digits=20, decimal_places=2, default=Decimal(0))  # rupees
    last_invoice_on = models.DateField(null=True, blank=True)
    recount_due = models.BooleanField(default=True)

    objects: ClassVar[Vendors] = Vendors()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "gstin"], name="vendor_once_per_organisation")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-spend", "-id"], name="vendor_by_spend"),
            models.Index(fields=["organisation", "name", "id"], name="vendor_by_name"),
            models.Index(
                fields=["organisation", "-unverified_value", "-id"],
                name="vendor_unverified",
                condition=models.Q(unverified_invoices__gt=0),
            ),
            models.Index(fields=["gstin"], name="vendor_by_gstin"),
            models.Index(fields=["id"], name="vendor_uncounted", condition=models.Q(recount_due=True)),
        ]

    def __str__(self) -> str:
        return self.name or self.gstin


NOTE = Insert(Vendor, unique="organisation_id, gstin", update="recount_due")


class UnattendedLookup(models.Model):
    """A GSTIN that is asked of the GSP: when next, and what went wrong last. Gone once it is known."""

    gstin = models.CharField("GSTIN", max_length=15, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # counted before asking
    next_attempt_at = models.DateTimeField(db_default=Now())
    error_code = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_attempt_at"], name="lookup_due")]

    def __str__(self) -> str:
        return self.gstin
