"""Notices to people, each as they want it: in the desk, by mail, or not at all."""

from datetime import timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice, User
from accounts.selectors import wish_of
from invoice_processor.models import Batch, Invoice, InvoiceState, Notification

STALE = timedelta(days=2)  # a mail that could not be sent for so long tells nothing new
AT_ONCE = 100

log = structlog.get_logger(__name__)


def tell_finished(batch: Batch) -> None:
    """Tell the person who sent a batch in that it is finished."""
    if batch.created_by_id:
        tell(Notice.BATCH_FINISHED, batch.created_by_id, batch)


def tell_assigned(invoice: Invoice, by: User) -> None:
    """Tell a person that an invoice is now theirs, unless they took it themselves."""
    if invoice.assigned_to_id and invoice.assigned_to_id != by.pk:
        tell(Notice.ASSIGNED, invoice.assigned_to_id, invoice.batch, invoice)


def tell(notice: Notice, user_id: int, batch: Batch, invoice: Invoice | None = None) -> None:
    """Leave a notice in the desk, to be mailed as well if the person wants it."""
    wish = wish_of(user_id, batch.organisation_id, notice)
    if wish and (wish.in_desk or wish.by_mail):
        Notification.objects.create(
            user_id=user_id, batch=batch, invoice=invoice, in_desk=wish.in_desk, mail_due=wish.by_mail
        )


def mark_read(notices: "QuerySet[Notification]") -> int:
    """Mark notices as read; those read before keep their time. Returns how many were unread."""
    return notices.filter(read_at=None).update(read_at=Now())


def send_due_mails() -> int:
    """Send the mails that are due; one that cannot be sent is tried again. Returns how many went out."""
    due = Notification.objects.filter(mail_due=True)
    due.filter(created_at__lt=timezone.now() - STALE).update(mail_due=False)
    sent = 0
    for notice in due.select_related("user", "batch__organisation", "invoice").order_by("id")[:AT_ONCE]:
        mine = Notification.objects.filter(pk=notice.pk, mail_due=True)
        if not mine.update(mail_due=False):  # first, so that nobody is told twice
            continue
        try:
            mail(notice)
            sent += 1
        except (SMTPException, OSError):
            log.exception("notice not mailed", notice_id=notice.pk)
            Notification.objects.filter(pk=notice.pk).update(mail_due=True)
            break  # the mail server is away: the next would wait for it too
    return sent


def mail(notice: Notification) -> None:
    """Send one notice as a mail. Raises what the mail server says."""
    where = f"{notice.batch.organisation}, {settings.DESK_URL}"
    if notice.invoice:
        subject = f"Assigned to you: {notice.invoice}"
        text = f"{notice.invoice.vendor_name or 'An invoice'} ({notice.invoice}) waits for you."
        path = reverse("web:invoice", args=[notice.invoice.pk])
    else:
        subject = f"Finished: {notice.batch}"
        text = f"The batch “{notice.batch}” is finished: {counted(notice.batch)}."
        path = reverse("web:batch", args=[notice.batch_id])
    body = f"{text}\n\n{settings.DESK_URL}{path}\n\n--\n{where}\nYou chose to be told: Settings, Notices."
    send_mail(" ".join(subject.splitlines()), body, None, [notice.user.email])


def counted(batch: Batch) -> str:
    """What became of a batch: ``3 cleared, 1 failed``."""
    counts = batch.invoices.order_by().values_list("state").annotate(Count("pk"))
    return ", ".join(f"{number} {InvoiceState(state).label.lower()}" for state, number in sorted(counts))
