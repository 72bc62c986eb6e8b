"""What is known of registrations: the GST portal's public records, and each organisation's own list."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from accounts.models import Organisation
from compliance.context import Registration


class Source(models.TextChoices):
    """Who vouches for a public record."""

    PORTAL = "portal", "GST portal"
    GSP = "gsp", "GST Suvidha Provider"


class RegistrationRecord(models.Model):
    """The facts about one GSTIN, as a source wrote them on the day of ``verified_at``."""

    is_registered = models.BooleanField(default=True)  # False: the source knows no such GSTIN
    legal_name = models.CharField(max_length=300, blank=True)
    trade_name = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=100, blank=True)  # as the source writes it, e.g. Active
    taxpayer_type = models.CharField(max_length=100, blank=True)
    constitution = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=500, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    einvoice_enabled = models.BooleanField(null=True, blank=True)  # None: not said
    verified_at = models.DateTimeField()  # by the database's clock; of an imported one: when it was imported
    # Cleared once no invoice is left that was judged without this record: the reaper's list of what to do.
    is_settled = models.BooleanField(default=False)

    class Meta:
        abstract = True

    gstin: "models.CharField[str, str]"
    is_claim: ClassVar[bool] = False

    @property
    def registration(self) -> Registration:
        """The record as the rules of compliance take it."""
        return Registration(
            gstin=self.gstin,
            is_registered=self.is_registered,
            is_claim=self.is_claim,
            legal_name=self.legal_name,
            trade_name=self.trade_name,
            status=self.status,
            taxpayer_type=self.taxpayer_type,
            registered_on=self.registered_on,
            cancelled_on=self.cancelled_on,
            einvoice_enabled=self.einvoice_enabled,
        )


class GSTCacheEntry(RegistrationRecord):
    """The public record of a GSTIN, shared by all organisations.

    It holds what anybody may ask the portal and nothing about who asked; see ImportedRegistration for what
    an organisation claims.
    """

    gstin = models.CharField("GSTIN", max_length=15, unique=True)
    source = models.CharField(max_length=10, choices=Source.choices)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="gstin_unsettled", condition=models.Q(is_settled=False))
        ]

    def __str__(self) -> str:
        return self.gstin


class ImportedRegistration(RegistrationRecord):
    """What one organisation's own vendor list says of a GSTIN.

    A claim, not a fact: nobody else sees it, and it counts only while there is no public record.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="imported_registrations"
    )
    gstin = models.CharField("GSTIN", max_length=15)
    is_claim = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "gstin"], name="registration_imported_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="import_unsettled", condition=models.Q(is_settled=False))
        ]

    def __str__(self) -> str:
        return self.gstin


def known_registrations(
    organisation_id: int, gstins: Iterable[str]
) -> "dict[str, GSTCacheEntry | ImportedRegistration]":
    """The record of each GSTIN that has one: the public one, else the organisation's own.

    At most two queries. While judging, call it with the history locked: a record saved later then finds the
    invoice already judged, and has it judged again.
    """
    wanted = {gstin for gstin in gstins if gstin}
    known: dict[str, GSTCacheEntry | ImportedRegistration] = {}
    if wanted:
        known.update({entry.gstin: entry for entry in GSTCacheEntry.objects.filter(gstin__in=wanted)})
    if missing := wanted - known.keys():
        claims = ImportedRegistration.objects.filter(organisation_id=organisation_id, gstin__in=missing)
        known.update({claim.gstin: claim for claim in claims})
    return known
