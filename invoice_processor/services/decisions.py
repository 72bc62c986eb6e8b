"""What a person decides about an invoice: approve, reject, reopen, assign, comment. Each leaves its event."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import Membership, User
from accounts.permissions import Permission, allows, refusal
from invoice_processor.judging.duplicates import UNDER_WAY, lock_history
from invoice_processor.judging.judge import rejudge
from invoice_processor.judging.versions import basis_of
from invoice_processor.models import Decision, Event, Invoice
from invoice_processor.services.approval import obstacles
from invoice_processor.services.notices import tell_assigned

MOST_CHARACTERS = 2000


class Refused(Exception):
    """Why something was not done: a sentence for the person."""


def approve(invoice: Invoice, by: Membership, *, seen: str | None = None) -> None:
    """Approve an invoice for payment. ``seen`` names what the person looked at, see ``basis_of``.

    Raises:
        Refused: with every reason; or it changed since the person looked.
    """
    with transaction.atomic():
        current = locked(invoice)
        refuse_decided(current)
        if seen is not None and seen != basis_of(current):
            raise Refused("Somebody changed it since you looked: look at it once more.")
        if reasons := obstacles(current, by):
            raise Refused(" ".join(reasons))
        decide(current, Decision.APPROVED, by, "invoice.approved")


def reject(invoice: Invoice, by: Membership, reason: str) -> None:
    """Refuse to pay an invoice, and say why; others no longer compare with it.

    Raises:
        Refused: there is no reason, or it is decided already or being read.
    """
    reason = required(reason, "Say why it is rejected: the vendor and your colleagues will ask.")
    demand(by, Permission.APPROVE)
    with transaction.atomic():
        lock_history(invoice.organisation_id)
        current = locked(invoice)
        refuse_decided(current)
        if current.state in UNDER_WAY:
            raise Refused("It is still being read.")
        decide(current, Decision.REJECTED, by, "invoice.rejected", reason=reason)
        rejudge(current.pk)


def reopen(invoice: Invoice, by: Membership) -> None:
    """Take a decision back.

    Raises:
        Refused: there is none, or the member may not decide.
    """
    demand(by, Permission.APPROVE)
    with transaction.atomic():
        lock_history(invoice.organisation_id)
        current = locked(invoice)
        if not current.decision:
            raise Refused("It is open already.")
        was = current.decision
        Invoice.objects.filter(pk=current.pk).update(decision="", decided_by=None, decided_at=None)
        Event.objects.note(current, by.user, "invoice.reopened", before=was)
        rejudge(current.pk)


def assign(invoice: Invoice, by: Membership, to: Membership | None) -> None:
    """Give an invoice to a member to look at, or to nobody.

    Raises:
        Refused: that member may not review, or belongs to another organisation.
    """
    demand(by, Permission.REVIEW)
    if to and (to.organisation_id != invoice.organisation_id or not allows(to.role, Permission.REVIEW)):
        raise Refused("This member cannot review invoices here.")
    person = to.user if to else None
    with transaction.atomic():
        current = locked(invoice)
        if current.assigned_to_id == (person.pk if person else None):
            return
        before = named(current.assigned_to)
        current.assigned_to = person
        current.save(update_fields=["assigned_to"])
        Event.objects.note(current, by.user, "invoice.assigned", before=before, to=named(person))
        tell_assigned(current, by.user)


def free(invoices: "QuerySet[Invoice]", person: User, by: User) -> None:
    """Let what is assigned to a person who goes wait for somebody else; call it inside a transaction."""
    for invoice in invoices.filter(assigned_to=person).only("organisation_id"):
        Event.objects.note(invoice, by, "invoice.assigned", before=str(person), to="")
    invoices.filter(assigned_to=person).update(assigned_to=None)


def named(person: User | None) -> str:
    """A person as the audit trail names them; nobody is empty."""
    return str(person) if person else ""


def comment(invoice: Invoice, by: Membership, text: str) -> None:
    """Leave a word for colleagues.

    Raises:
        Refused: there is no text, or too much of it.
    """
    demand(by, Permission.REVIEW)
    text = required(text, "Write something first.")
    Event.objects.note(invoice, by.user, "invoice.commented", text=text)


def locked(invoice: Invoice) -> Invoice:
    """The invoice as it is now, kept from others until the transaction ends. Raises Refused."""
    current = Invoice.objects.select_for_update(of=("self",), no_key=True).select_related("batch")
    found = current.get(pk=invoice.pk)
    if found.deleted_at:
        raise Refused("It is deleted.")
    return found


def refuse_decided(invoice: Invoice) -> None:
    """Refuse to decide twice."""
    if invoice.decision:
        raise Refused(f"It is {invoice.get_decision_display().lower()} already.")


def decide(invoice: Invoice, decision: Decision, by: Membership, action: str, **data: Any) -> None:
    """Write a decision and its event."""
    Invoice.objects.filter(pk=invoice.pk).update(decision=decision, decided_by=by.user, decided_at=Now())
    Event.objects.note(invoice, by.user, action, **data)


def demand(by: Membership, permission: Permission) -> None:
    """Refuse members whose role does not include a permission."""
    if not allows(by.role, permission):
        raise Refused(refusal(permission))


def required(text: str, sentence: str) -> str:
    """A text that is there. Raises Refused with the sentence."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused(sentence)
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"At most {MOST_CHARACTERS} characters, please.")
    return text
