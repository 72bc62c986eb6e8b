"""The rules of an organisation."""

from accounts.models import Organisation

SHORTEST_RETENTION = 8  # years: the longest term that the law asks for


def set_approval(organisation: Organisation, *, uploader_may_approve: bool) -> None:
    """Say whether people may approve what they sent in themselves."""
    organisation.uploader_may_approve = uploader_may_approve
    organisation.save(update_fields=["uploader_may_approve"])


def set_retention(organisation: Organisation, years: int | None) -> None:
    """Say how many years papers are kept; None: for ever."""
    organisation.retention_years = years
    organisation.save(update_fields=["retention_years"])
