"""Notices for a person."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import Membership
from invoice_processor.models import Notification


@dataclass(frozen=True, slots=True)
class Bell:
    """How many notices are unread, and the latest of all: what came after it is new."""

    unread: int
    latest: int


def notices_of(membership: Membership) -> "QuerySet[Notification]":
    """A member's notices in the organisation, newest first."""
    return Notification.objects.filter(
        user_id=membership.user_id, organisation_id=membership.organisation_id, in_desk=True
    ).select_related("batch", "invoice")


def bell(membership: Membership) -> Bell:
    """The state of a member's bell, in one query."""
    counts = notices_of(membership).aggregate(
        unread=Count("pk", filter=Q(read_at=None)), latest=Max("pk", default=0)
    )
    return Bell(**counts)
