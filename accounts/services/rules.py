"""The rules of an organisation."""

from decimal import Decimal

from accounts.models import Organisation

SHORTEST_RETENTION = 8  # years: the longest term that the law asks for


def set_approval(
    organisation: Organisation,
    *,
    uploader_may_approve: bool,
    admin_limit: Decimal | None = None,
    accountant_limit: Decimal | None = None,
) -> None:
    """Say whether people may approve what they sent in themselves, and each role up to which amount."""
    organisation.uploader_may_approve = uploader_may_approve
    organisation.admin_limit, organisation.accountant_limit = admin_limit, accountant_limit
    organisation.save(update_fields=["uploader_may_approve", "admin_limit", "accountant_limit"])


def set_retention(organisation: Organisation, years: int | None) -> None:
    """Say how many years papers are kept; None: for ever."""
    organisation.retention_years = years
    organisation.save(update_fields=["retention_years"])
