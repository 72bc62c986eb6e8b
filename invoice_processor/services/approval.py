"""May an invoice be approved? Every reason why not, in words."""

from collections.abc import Iterator
from decimal import Decimal

from accounts.models import Membership
from accounts.permissions import Permission, allows, refusal
from gst.money import grouped
from invoice_processor.judging.duplicates import UNDER_WAY
from invoice_processor.models import DuplicateVerdict, Invoice, InvoiceState

RUPEES = "INR"
UNREADY = {
    InvoiceState.FAILED: "Nothing could be read: enter the values by hand first.",
    InvoiceState.NOT_AN_INVOICE: "It is not an invoice: change the kind of document if it is one.",
}


def obstacles(invoice: Invoice, by: Membership) -> list[str]:
    """Every reason why this member may not approve this invoice; none when they may."""
    return [*of_the_member(invoice, by), *of_the_invoice(invoice)]


def of_the_invoice(invoice: Invoice) -> Iterator[str]:
    """What stands in the way for everybody."""
    if invoice.deleted_at:
        yield "It is deleted."
    if invoice.state in UNDER_WAY:
        yield "It is still being read."
    elif unready := UNREADY.get(InvoiceState(invoice.state)):
        yield unready
    yield from repeated(invoice)


def repeated(invoice: Invoice) -> Iterator[str]:
    """What an earlier invoice that looks the same, or is the same, says against paying this one."""
    links = sorted(invoice.duplicate_of.all(), key=lambda link: -link.original_id)
    by_verdict = {link.verdict: link.original for link in links if link.original.deleted_at is None}
    if "" in by_verdict:
        yield f"Say first whether it is the same invoice as {by_verdict['']}."
    elif DuplicateVerdict.DUPLICATE in by_verdict:
        yield f"It was found to be the same invoice as {by_verdict['duplicate']}, which is paid once."


def of_the_member(invoice: Invoice, by: Membership) -> Iterator[str]:
    """What stands in the way for this member."""
    if not allows(by.role, Permission.APPROVE):
        yield refusal(Permission.APPROVE)
        return
    if not by.organisation.uploader_may_approve and invoice.batch.created_by_id == by.user_id:
        yield "You sent it in yourself: somebody else has to approve it."
    if by.approves_up_to is not None:
        yield from over_limit(invoice, by.approves_up_to)


def over_limit(invoice: Invoice, limit: Decimal) -> Iterator[str]:
    """Why an amount is more than a member may approve; one that cannot be compared is."""
    yours = f"you approve up to ₹{grouped(limit)}"
    if invoice.grand_total is None:
        yield f"Its total is not known, and {yours}."
    elif invoice.currency != RUPEES:
        yield f"It is in {invoice.currency}, and {yours}: somebody without a limit has to approve it."
    elif abs(invoice.grand_total) > limit:
        yield f"It is more than you may approve: {yours}."
