"""Deleting papers whose time is over, as the organisation has chosen.

The law asks to keep accounts for 72 months after the annual return of the year is due (section 36 of the CGST
Act), for six years after the assessment year (rule 6F of the Income-tax Rules) and, of companies, for eight
financial years (section 128(5) of the Companies Act): the desk offers eight years and more, counted from the
day a paper came in.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor.models import Batch, Document, Event, Invoice, Vendor

AT_ONCE = 500


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


def delete_expired() -> int:
    """Delete what is due in every organisation that has chosen a term; returns how many invoices."""
    chosen = Organisation.objects.exclude(retention_years=None)
    return sum(delete_of(organisation) for organisation in chosen)


def delete_of(organisation: Organisation) -> int:
    """Delete an organisation's invoices that are due, with documents and readings; files go a night later.

    Entries of the audit trail go when they themselves are as old.
    """
    if organisation.retention_years is None:
        return 0
    deleted = 0
    while some := list(
        due_after(organisation, organisation.retention_years).values_list("pk", flat=True)[:AT_ONCE]
    ):
        delete_some(organisation, some)
        deleted += len(some)
    if deleted:
        data = {"invoices": deleted, "years": organisation.retention_years}
        Event.objects.create(organisation=organisation, action="retention.deleted", data=data)
    over = years_ago(organisation.retention_years)
    Event.objects.filter(organisation=organisation, created_at__lt=over).delete()
    return deleted


@transaction.atomic
def delete_some(organisation: Organisation, invoices: list[int]) -> None:
    """Delete these invoices, and what only they used."""
    wanted = organisation.invoices.filter(pk__in=invoices)
    used = list(wanted.values_list("document_id", "batch_id"))
    Vendor.objects.note(organisation.pk, wanted.values_list("vendor_gstin", flat=True))
    wanted.delete()
    Document.objects.filter(pk__in={document for document, _ in used}, invoices=None).delete()
    Batch.objects.filter(pk__in={batch for _, batch in used}, invoices=None).delete()
