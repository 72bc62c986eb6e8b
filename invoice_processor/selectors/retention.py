"""Papers whose time is over."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor.models import Invoice


def due_after(organisation: Organisation, years: int) -> "QuerySet[Invoice]":
    """The invoices that came in more than so many years ago."""
    return Invoice.objects.filter(organisation=organisation, created_at__lt=years_ago(years))


def years_ago(years: int) -> datetime:
    """The same day so many years ago; of 29 February, the 28th."""
    now = timezone.now()
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)
