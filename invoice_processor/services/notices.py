"""Reading notices."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from invoice_processor.models import Notification


def mark_read(notices: "QuerySet[Notification]") -> int:
    """Mark notices as read; those read before keep their time. Returns how many were unread."""
    return notices.filter(read_at=None).update(read_at=Now())
