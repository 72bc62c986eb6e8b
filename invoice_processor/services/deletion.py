"""Deleting an invoice, so that it can be brought back for a while."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from invoice_processor.judging.duplicates import lock_history
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import Decision, Event, Invoice
from invoice_processor.services.retention import AT_ONCE, delete_some

KEPT = dt.timedelta(days=30)
"""How long a deleted invoice can be brought back."""


class NotDeletable(Exception):
    """Why an invoice stays: a sentence for a person."""


def delete(invoice: Invoice, by: User, at: dt.datetime) -> None:
    """Hide an invoice everywhere, as if it had never come; others no longer repeat it.

    All that one press deletes has the same moment, by which it can be brought back together.

    Raises:
        NotDeletable: it is approved, or deleted already.
    """
    with transaction.atomic():
        lock_history(invoice.organisation_id)
        here = Invoice.objects.filter(pk=invoice.pk, deleted_at=None)
        if not here.exclude(decision=Decision.APPROVED).update(deleted_at=at, deleted_by=by):
            approved = here.exists()
            raise NotDeletable("It is approved: reopen it first." if approved else "It is deleted already.")
        Event.objects.note(invoice, by, "invoice.deleted")
        rejudge(invoice.pk)


def restore(invoice: Invoice, by: User | None) -> bool:
    """Bring a deleted invoice back; False when it was there already."""
    with transaction.atomic():
        lock_history(invoice.organisation_id)
        hidden = Invoice.objects.filter(pk=invoice.pk, deleted_at__isnull=False)
        if not hidden.update(deleted_at=None, deleted_by=None):
            return False
        Event.objects.note(invoice, by, "invoice.restored")
        rejudge(invoice.pk)
    return True


def deleted_by(invoices: "QuerySet[Invoice]", user: User, at: dt.datetime) -> "QuerySet[Invoice]":
    """Of deleted invoices those that one press of a person has deleted."""
    return invoices.filter(deleted_by=user, deleted_at=at)


def remove_deleted() -> int:
    """Remove for good what was deleted long enough ago, with documents that nothing else uses."""
    removed = 0
    before = timezone.now() - KEPT
    for organisation in Organisation.objects.all():
        old = Invoice.objects.filter(organisation=organisation, deleted_at__lt=before)
        while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                note_removal(Invoice.objects.filter(pk__in=some))
                delete_some(organisation, some)
            removed += len(some)
    return removed


def note_removal(invoices: "QuerySet[Invoice]") -> None:
    """Write down what is removed for good: of the invoice this and its earlier entries are all that stays."""
    for invoice in invoices.select_related("document", "batch__created_by", "deleted_by"):
        Event.objects.note(
            invoice,
            None,
            "invoice.removed",
            number=invoice.number,
            vendor=invoice.vendor_gstin or invoice.vendor_name,
            total=str(invoice.grand_total or ""),
            file=invoice.original_name,
            sha256=invoice.document.sha256,
            sent_in=f"{invoice.batch.created_by or 'The program'}, {invoice.created_at.isoformat()}",
            deleted=f"{invoice.deleted_by}, {invoice.deleted_at and invoice.deleted_at.isoformat()}",
        )
