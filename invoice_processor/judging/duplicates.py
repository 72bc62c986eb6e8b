"""Finding the invoices that one repeats, and those that repeat it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from accounts.models import Organisation
from compliance.duplicates import Reason, Repeat
from compliance.likeness import NearRepeat, likeness
from gst import financial_year
from gst.financial_year import FinancialYear
from gst.invoice import INVOICE_KINDS
from invoice_processor.judging.candidates import candidates
from invoice_processor.judging.columns import bill
from invoice_processor.models import DuplicateVerdict, Invoice, InvoiceDuplicateLink, InvoiceState
from invoice_processor.prepared import Given, Select

NEAR = "near"
LOCK = Select(
    Organisation.objects.select_for_update(no_key=True)
    .filter(pk=Given("organisation"))
    .values_list("pk", flat=True)
)
UNDER_WAY = (InvoiceState.QUEUED, InvoiceState.PROCESSING)


@dataclass(frozen=True, slots=True)
class Match:
    """Another invoice that is the same one, or may be; ``likeness`` in percent, below 100 if it may be."""

    other: Invoice
    reason: str
    likeness: int = 100
    reasons: tuple[str, ...] = ()

    def is_told_by(self, link: InvoiceDuplicateLink | None) -> bool:
        """Whether a link says just this, or a person has said more."""
        if link is None or link.verdict:
            return link is not None
        told = (link.reason, link.likeness, link.likeness_reasons)
        return told == (self.reason, self.likeness, ", ".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Linked:
    """What an invoice repeats, for the rules, and the later ones for which that has changed."""

    repeats: tuple[Repeat, ...]
    near: tuple[NearRepeat, ...]
    disturbed: tuple[int, ...]


def lock_history(organisation_id: int) -> None:
    """Let one result an organisation be saved at a time, so that two copies cannot miss each other."""
    if connection.features.has_select_for_update:  # SQLite has one writer at a time anyway
        LOCK(organisation=organisation_id)


def link(invoice: Invoice) -> Linked:
    """Link a described invoice with those that it repeats, later to earlier; call it with the history locked.

    A person's verdict on a pair is kept, whatever is found now. A deleted invoice repeats nothing, and
    nothing repeats it.
    """
    matches = {} if invoice.deleted_at else {match.other.pk: match for match in compare(invoice)}
    kept = links_of(invoice) if matches or invoice.judged_at else []
    as_copy = {one.original_id: one for one in kept if one.invoice_id == invoice.pk}
    as_original = {one.invoice_id: one for one in kept if one.original_id == invoice.pk}
    earlier = {pk: match for pk, match in matches.items() if pk < invoice.pk}
    write(invoice, earlier, as_copy)
    asked = [match for pk, match in earlier.items() if pk not in as_copy or not as_copy[pk].verdict]
    told = asked if invoice.deleted_at else [*asked, *confirmed(as_copy.values())]
    return Linked(
        repeats=tuple(Repeat(m.other.pk, str(m.other), Reason(m.reason)) for m in told if m.reason != NEAR),
        near=tuple(
            NearRepeat(m.other.pk, str(m.other), m.likeness, m.reasons) for m in told if m.reason == NEAR
        ),
        disturbed=(*newly_matched(invoice, matches, as_original), *unsettled(invoice, matches, as_original)),
    )


def compare(invoice: Invoice) -> Iterator[Match]:
    """Other invoices of the organisation that are, or may be, the same invoice."""
    outline = bill(invoice)
    for other in candidates(invoice):
        if reason := reason_for(invoice, other):
            yield Match(other, reason)
        elif {invoice.kind, other.kind} <= INVOICE_KINDS and (like := likeness(outline, bill(other))):
            yield Match(other, NEAR, like.likeness, like.reasons)


def reason_for(invoice: Invoice, other: Invoice) -> Reason | None:
    """The surest reason why two invoices are one."""
    if (other.document_id, other.first_page) == (invoice.document_id, invoice.first_page):
        return Reason.SAME_FILE
    if invoice.irn and other.irn == invoice.irn:
        return Reason.SAME_IRN
    same_number = invoice.number_key and other.number_key == invoice.number_key
    if not same_number or not invoice.vendor_gstin or other.vendor_gstin != invoice.vendor_gstin:
        return None
    same_year = invoice.kind == other.kind and financial_year_of(invoice) == financial_year_of(other)
    return Reason.SAME_NUMBER if same_year else None


def financial_year_of(invoice: Invoice) -> FinancialYear | None:
    """The financial year in which the invoice's number must be unique."""
    return financial_year.of(invoice.date) if invoice.date else None


def links_of(invoice: Invoice) -> list[InvoiceDuplicateLink]:
    """The links that stand, in both directions."""
    links = InvoiceDuplicateLink.objects.filter(Q(invoice_id=invoice.pk) | Q(original_id=invoice.pk))
    return list(links.select_related("invoice", "original"))


def write(invoice: Invoice, found: dict[int, Match], kept: dict[int, InvoiceDuplicateLink]) -> None:
    """Bring the links of an invoice to earlier ones up to date; what a person decided stays."""
    gone = [one.pk for pk, one in kept.items() if pk not in found and not one.verdict]
    if gone:
        InvoiceDuplicateLink.objects.filter(pk__in=gone).delete()
    changed = [match for pk, match in found.items() if not match.is_told_by(kept.get(pk))]
    if not changed:
        return
    InvoiceDuplicateLink.objects.bulk_create(
        (
            InvoiceDuplicateLink(
                invoice=invoice,
                original=match.other,
                reason=match.reason,
                likeness=match.likeness,
                likeness_reasons=", ".join(match.reasons),
            )
            for match in changed
        ),
        update_conflicts=True,
        unique_fields=["invoice", "original"],
        update_fields=["reason", "likeness", "likeness_reasons"],
    )


def confirmed(links: Iterable[InvoiceDuplicateLink]) -> Iterator[Match]:
    """What a person called the same invoice, unless it was deleted since."""
    for one in links:
        if one.verdict == DuplicateVerdict.DUPLICATE and not one.original.deleted_at:
            yield Match(one.original, Reason.CONFIRMED if one.reason == NEAR else one.reason)


Links = dict[int, InvoiceDuplicateLink]


def newly_matched(invoice: Invoice, matches: dict[int, Match], kept: Links) -> Iterator[int]:
    """Later invoices, judged before, that repeat this one as they did not so far."""
    for pk, match in matches.items():
        is_judged = match.other.judged_at and match.other.state not in UNDER_WAY
        if pk > invoice.pk and is_judged and not match.is_told_by(kept.get(pk)):
            yield pk


def unsettled(invoice: Invoice, matches: dict[int, Match], kept: Links) -> Iterator[int]:
    """Later invoices that no longer repeat this one, or repeat it again after it was deleted and restored."""
    for pk, one in kept.items():
        if one.verdict == DuplicateVerdict.DUPLICATE:
            if one.invoice.in_history != bool(invoice.deleted_at):
                yield pk
        elif not one.verdict and pk not in matches:
            yield pk
