"""A person's verdict on two invoices that look like one."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from invoice_processor.judging.duplicates import lock_history
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import DuplicateVerdict, Event, InvoiceDuplicateLink


def decide(link: InvoiceDuplicateLink, verdict: DuplicateVerdict, by: User) -> bool:
    """Keep a verdict, which is not asked again, and judge the later invoice anew.

    False when the two no longer look like one, as after a correction: then there is nothing to decide.
    """
    invoice = link.invoice
    with transaction.atomic():
        lock_history(invoice.organisation_id)
        kept = InvoiceDuplicateLink.objects.filter(pk=link.pk)
        if not kept.update(verdict=verdict, decided_by=by, decided_at=Now()):
            return False
        verdicts = {"before": link.verdict, "after": str(verdict)}
        Event.objects.note(invoice, by, "duplicate.decided", original=link.original_id, **verdicts)
        rejudge(invoice.pk)
    return True
