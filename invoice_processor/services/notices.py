"""Notices to people, each as they want it: in the desk, by mail, or not at all."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice, Organisation, User
from accounts.selectors import administrators_of, wish_of
from invoice_processor.models import Batch, Invoice, InvoiceState, Notification

STALE = timedelta(days=2)  # a mail that could not be sent for so long tells nothing new
AT_ONCE = 100

log = structlog.get_logger(__name__)


def tell_finished(batch: Batch) -> None:
    """Tell the person who sent a batch in that it is finished."""
    if batch.created_by_id:
        about = {"organisation_id": batch.organisation_id, "batch": batch}
        tell(Notice.BATCH_FINISHED, batch.created_by_id, **about)


def tell_assigned(invoice: Invoice, by: User) -> None:
    """Tell a person that an invoice is now theirs, unless they took it themselves."""
    if invoice.assigned_to_id and invoice.assigned_to_id != by.pk:
        about = {"organisation_id": invoice.organisation_id, "batch": invoice.batch, "invoice": invoice}
        tell(Notice.ASSIGNED, invoice.assigned_to_id, **about)


def tell_administrators(organisation: Organisation, title: str, text: str) -> None:
    """Tell owners and admins how AI reading is."""
    for user_id in administrators_of(organisation).values_list("user", flat=True):
        tell(Notice.AI_READING, user_id, organisation_id=organisation.pk, title=title, text=text[:300])


def tell(notice: Notice, user_id: int, **about: Any) -> None:
    """Leave a notice with these columns in the desk, to be mailed as well if the person wants it."""
    wish = wish_of(user_id, about["organisation_id"], notice)
    if wish and (wish.in_desk or wish.by_mail):
        Notification.objects.create(user_id=user_id, in_desk=wish.in_desk, mail_due=wish.by_mail, **about)


def mark_read(notices: "QuerySet[Notification]") -> int:
    """Mark notices as read; those read before keep their time. Returns how many were unread."""
    return notices.filter(read_at=None).update(read_at=Now())


def send_due_mails() -> int:
    """Send the mails that are due; one that cannot be sent is tried again. Returns how many went out."""
    due = Notification.objects.filter(mail_due=True)
    due.filter(created_at__lt=timezone.now() - STALE).update(mail_due=False)
    sent = 0
    for notice in due.select_related("user", "organisation", "batch", "invoice").order_by("id")[:AT_ONCE]:
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
    subject, text, path = in_words(notice)
    where = f"{notice.organisation}, {settings.DESK_URL}"
    body = f"{text}\n\n{settings.DESK_URL}{path}\n\n--\n{where}\nYou chose to be told: Settings, Notices."
    send_mail(" ".join(subject.splitlines()), body, None, [notice.user.email])


def in_words(notice: Notification) -> tuple[str, str, str]:
    """A notice's subject, its text, and the page that it is about."""
    if notice.invoice:
        text = f"{notice.invoice.vendor_name or 'An invoice'} ({notice.invoice}) waits for you."
        return f"Assigned to you: {notice.invoice}", text, reverse("web:invoice", args=[notice.invoice.pk])
    if notice.batch:
        text = f"The batch “{notice.batch}” is finished: {counted(notice.batch)}."
        return f"Finished: {notice.batch}", text, reverse("web:batch", args=[notice.batch.pk])
    return notice.title, notice.text, reverse("web:settings-ai")


def counted(batch: Batch) -> str:
    """What became of a batch: ``3 cleared, 1 failed``, or ``3 invoices in 2 files: 3 cleared``."""
    invoices = batch.invoices.filter(deleted_at=None).order_by()
    counts = dict(invoices.values_list("state").annotate(Count("pk")))
    words = ", ".join(f"{counts[state]} {InvoiceState(state).label.lower()}" for state in sorted(counts))
    if not invoices.filter(first_page__gt=1).exists():
        return words
    files = batch.jobs.count()
    return f"{sum(counts.values())} invoices in {files} {'file' if files == 1 else 'files'}: {words}"
