"""Users, organisations and memberships."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from gst import gstin


class UserAccounts(BaseUserManager["User"]):
    """Creates users who sign in by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; the address is stored in lower case so that it names one person."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who may do everything in the Django admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address in any case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractUser):
    """A person who signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserAccounts] = UserAccounts()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Organisation(models.Model):
    """A business whose vendor invoices are processed; all its data are its own."""

    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    uploader_may_approve = models.BooleanField(default=True)  # False: four eyes on every invoice
    members: "models.ManyToManyField[User, Membership]" = models.ManyToManyField(
        User, through="Membership", related_name="organisations"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="organisation_name_unique")]

    def __str__(self) -> str:
        return self.name


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
    approval_limit = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )  # rupees of a grand total up to which this member approves; None: any
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.organisation}"
