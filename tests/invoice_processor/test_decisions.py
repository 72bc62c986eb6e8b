"""Decisions: who may approve what, and what each leaves behind."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from invoice_processor.judging.versions import basis_of
from invoice_processor.models import (
    Decision,
    DuplicateVerdict,
    Event,
    Invoice,
    InvoiceDuplicateLink,
    InvoiceState,
    Notification,
)
from invoice_processor.services.approval import obstacles
from invoice_processor.services.corrections import Typed, correct
from invoice_processor.services.decisions import Refused, approve, assign, comment, reject, reopen
from invoice_processor.services.duplicates import decide
from specimens import sample_invoice
from tests.conftest import Take
from tests.invoice_processor.known import judged

PAPER = sample_invoice(11, inter_state=False, e_invoice=False, line_count=2)


@pytest.fixture
def invoice(take: Take) -> Invoice:
    return judged(take("")[0], PAPER)


@pytest.fixture
def owner(user: User) -> Membership:
    return user.memberships.get()


def joined(organisation: Organisation, email: str, role: Role) -> Membership:
    user = User.objects.create_user(email, "a-long-passphrase")
    return Membership.objects.create(user=user, organisation=organisation, role=role)


@pytest.fixture
def colleague(organisation: Organisation) -> Membership:
    return joined(organisation, "ravi@example.in", Role.ACCOUNTANT)


def test_approval_tells_who_and_when(invoice: Invoice, owner: Membership) -> None:
    approve(invoice, owner, seen=basis_of(invoice))
    invoice.refresh_from_db()
    assert (invoice.decision, invoice.decided_by) == (Decision.APPROVED, owner.user)
    assert invoice.decided_at
    assert Event.objects.get(invoice=invoice).action == "invoice.approved"
    with pytest.raises(Refused, match="approved already"):
        approve(invoice, owner)


def test_approval_waits_for_the_answer_about_a_duplicate(
    invoice: Invoice, take: Take, owner: Membership
) -> None:
    original = take("")[0]
    link = InvoiceDuplicateLink.objects.create(invoice=invoice, original=original, reason="same_number")
    with pytest.raises(Refused, match="Say first whether it is the same invoice as"):
        approve(invoice, owner)
    decide(link, DuplicateVerdict.DUPLICATE, owner.user)
    with pytest.raises(Refused, match="which is paid once"):
        approve(invoice, owner)
    decide(link, DuplicateVerdict.DIFFERENT, owner.user)
    approve(invoice, owner)


def test_what_somebody_changed_meanwhile_is_looked_at_again(invoice: Invoice, owner: Membership) -> None:
    seen = basis_of(invoice)
    correct(invoice, Typed(fields={"invoice_number": "A/1"}), owner.user, basis=seen)
    with pytest.raises(Refused, match="look at it once more"):
        approve(invoice, owner, seen=seen)
    approve(invoice, owner, seen=basis_of(invoice))


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (InvoiceState.QUEUED, "still being read"),
        (InvoiceState.FAILED, "by hand"),
        (InvoiceState.NOT_AN_INVOICE, "not an invoice"),
    ],
)
def test_what_was_not_read_is_not_approved(
    invoice: Invoice, owner: Membership, state: InvoiceState, reason: str
) -> None:
    Invoice.objects.filter(pk=invoice.pk).update(state=state)
    with pytest.raises(Refused, match=reason):
        approve(invoice, owner)


def test_four_eyes_where_the_organisation_wants_them(
    invoice: Invoice, organisation: Organisation, owner: Membership, colleague: Membership
) -> None:
    organisation.uploader_may_approve = False
    organisation.save()
    owner, colleague = (Membership.objects.get(pk=member.pk) for member in (owner, colleague))
    with pytest.raises(Refused, match="sent it in yourself"):
        approve(invoice, owner)
    approve(invoice, colleague)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"grand_total": Decimal("5000.01")}, "more than you may approve: you approve up to ₹5,000.00"),
        ({"grand_total": Decimal("-5000.01")}, "more than you may approve"),
        ({"grand_total": None}, "total is not known"),
        ({"currency": "USD"}, "somebody without a limit"),
    ],
)
def test_amount_limit_of_a_member(
    invoice: Invoice, colleague: Membership, changes: dict[str, str], reason: str
) -> None:
    Invoice.objects.filter(pk=invoice.pk).update(**({"grand_total": 5000} | changes))
    invoice.refresh_from_db()
    colleague.approval_limit = Decimal(5000)
    assert reason in " ".join(obstacles(invoice, colleague))
    assert bool(obstacles(invoice, colleague)) == bool(reason)


def test_viewer_decides_nothing(invoice: Invoice, organisation: Organisation) -> None:
    viewer = joined(organisation, "viewer@example.in", Role.VIEWER)
    with pytest.raises(Refused, match="Viewers"):
        approve(invoice, viewer)
    with pytest.raises(Refused, match="Viewers"):
        reject(invoice, viewer, "no")
    with pytest.raises(Refused, match="Viewers"):
        reopen(invoice, viewer)
    with pytest.raises(Refused, match="Viewers"):
        assign(invoice, viewer, viewer)
    with pytest.raises(Refused, match="Viewers"):
        comment(invoice, viewer, "hello")
    assert not Event.objects.filter(invoice=invoice).exists()


def test_rejection_has_a_reason_and_can_be_taken_back(invoice: Invoice, owner: Membership) -> None:
    with pytest.raises(Refused, match="Say why"):
        reject(invoice, owner, "  ")
    reject(invoice, owner, "Not ours")
    invoice.refresh_from_db()
    assert (invoice.decision, invoice.in_history) == (Decision.REJECTED, False)
    assert Event.objects.get(invoice=invoice).data == {"reason": "Not ours"}
    reopen(invoice, owner)
    invoice.refresh_from_db()
    assert (invoice.decision, invoice.decided_by, invoice.in_history) == ("", None, True)
    with pytest.raises(Refused, match="open already"):
        reopen(invoice, owner)


def test_what_is_under_way_is_not_rejected(invoice: Invoice, owner: Membership) -> None:
    Invoice.objects.filter(pk=invoice.pk).update(state=InvoiceState.PROCESSING)
    with pytest.raises(Refused, match="still being read"):
        reject(invoice, owner, "Not ours")


def test_assigned_person_is_told(invoice: Invoice, owner: Membership, colleague: Membership) -> None:
    for _ in range(2):
        assign(invoice, owner, colleague)
    invoice.refresh_from_db()
    assert invoice.assigned_to == colleague.user
    assert Notification.objects.get(user=colleague.user).invoice == invoice
    assign(invoice, owner, None)
    assert list(Event.objects.filter(invoice=invoice).values_list("data", flat=True)) == [
        {"before": "", "to": "ravi@example.in"},
        {"before": "ravi@example.in", "to": ""},
    ]


def test_nobody_outside_is_assigned(invoice: Invoice, owner: Membership) -> None:
    other = Organisation.objects.create(name="Other Traders")
    with pytest.raises(Refused, match="cannot review"):
        assign(invoice, owner, joined(other, "x@example.in", Role.OWNER))


def test_comments_are_kept_word_for_word(invoice: Invoice, owner: Membership) -> None:
    comment(invoice, owner, " Called the vendor. ")
    assert Event.objects.get(invoice=invoice).data == {"text": "Called the vendor."}
    for text in ("", "x" * 2001):
        with pytest.raises(Refused):
            comment(invoice, owner, text)


def test_deleted_invoice_is_left_alone(invoice: Invoice, owner: Membership) -> None:
    Invoice.objects.filter(pk=invoice.pk).update(deleted_at=timezone.now())
    with pytest.raises(Refused, match="deleted"):
        approve(invoice, owner)
