"""Organisations, and who does what in them."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from accounts.models.person import User
from gst import gstin


def limit_field() -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Rupees of a grand total up to which somebody approves; None: any amount."""
    return models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)


class Organisation(models.Model):
    """A business whose vendor invoices are processed; all its data are its own."""

    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    uploader_may_approve = models.BooleanField(default=True)  # False: four eyes on every invoice
    admin_limit = limit_field()
    accountant_limit = limit_field()
    retention_years = models.PositiveSmallIntegerField(null=True, blank=True)  # None: kept for ever
    judge_again_from = models.BigIntegerField(null=True, editable=False)
    # Invoices with a greater id wait to be judged again, since what they are compared with has changed.
    members: "models.ManyToManyField[User, Membership]" = models.ManyToManyField(
        User, through="Membership", related_name="organisations"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="organisation_name_unique")]

    def __str__(self) -> str:
        return self.name

    def limit_of(self, role: str) -> Decimal | None:
        """Rupees of a grand total up to which members of a role approve; None: any amount."""
        return {Role.ADMIN: self.admin_limit, Role.ACCOUNTANT: self.accountant_limit}.get(Role(role))


def is_valid_gstin(value: str) -> None:
    """Refuse what is no GSTIN by form or check digit."""
    if not gstin.is_valid(value):
        raise ValidationError("This is not a valid GSTIN: check it character by character.")


class OrganisationGstin(models.Model):
    """A registration of the organisation's own: invoices must be addressed to one of them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="gstins")
    gstin = models.CharField("GSTIN", max_length=15, validators=[is_valid_gstin])

    class Meta:
        ordering: ClassVar = ["gstin"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "gstin"], name="gstin_once_per_organisation")
        ]

    def __str__(self) -> str:
        return self.gstin


class Role(models.TextChoices):
    """What a member may do, from most to least."""

    OWNER = "owner"
    ADMIN = "admin"
    ACCOUNTANT = "accountant"
    VIEWER = "viewer"


class Membership(models.Model):
    """A person's role in an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.ACCOUNTANT)
    approval_limit = limit_field()  # None: that of the role
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.organisation}"

    @property
    def approves_up_to(self) -> Decimal | None:
        """Rupees of a grand total, by the member's own limit, else by that of the role; None: any amount."""
        own = self.approval_limit
        return self.organisation.limit_of(self.role) if own is None else own
