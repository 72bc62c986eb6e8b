"""Questions about the invoices of an organisation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Prefetch, QuerySet

from accounts.models import Organisation
from invoice_processor import tallies
from invoice_processor.models import Batch, Invoice, InvoiceDuplicateLink, InvoiceState, Subject, Verification

UNDER_WAY = (InvoiceState.QUEUED, InvoiceState.PROCESSING)
MOST_COUNTED = 5000
"""Of a filtered list: beyond that people are told that there are more, since counting would take long."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many invoices there are in all and in each state; states without any are left out."""

    by_state: dict[str, int]
    undecided: dict[str, int]  # of these, those on which nobody has decided
    is_more: bool = False  # there are more than were counted; then the states are of no use

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def under_way(self) -> bool:
        """Whether any of the invoices is not finished yet."""
        return any(self.by_state.get(state) for state in UNDER_WAY)


def invoices_of(organisation: Organisation) -> "QuerySet[Invoice]":
    """All invoices that members of the organisation may see; deleted ones are not among them."""
    return Invoice.objects.filter(organisation=organisation, deleted_at=None)


def deleted_invoices_of(organisation: Organisation) -> "QuerySet[Invoice]":
    """Invoices that members have deleted and may still bring back."""
    deleted = Invoice.objects.filter(deleted_at__isnull=False)  # few: by the index of these alone
    return Invoice.objects.filter(organisation=organisation, pk__in=deleted.values("pk"))


def invoices_in(batch: Batch) -> "QuerySet[Invoice]":
    """The invoices of a batch."""
    return Invoice.objects.filter(batch=batch, deleted_at=None)


def in_file(invoice: Invoice) -> "QuerySet[Invoice]":
    """The invoices of an invoice's file, itself among them, in the order of the file."""
    same = Invoice.objects.filter(batch_id=invoice.batch_id, document_id=invoice.document_id, deleted_at=None)
    return same.only("number", "first_page").order_by("first_page")


def further_in(firsts: Iterable[Invoice]) -> dict[tuple[int, int], list[Invoice]]:
    """The further invoices in the files of some first ones, by batch and document."""
    batches, documents = ({getattr(one, key) for one in firsts} for key in ("batch_id", "document_id"))
    found = Invoice.objects.filter(batch__in=batches, document__in=documents, deleted_at=None)
    further: dict[tuple[int, int], list[Invoice]] = {}
    for one in found.filter(first_page__gt=1).only("state", "batch_id", "document_id").order_by("first_page"):
        further.setdefault((one.batch_id, one.document_id), []).append(one)
    return further


def counts_in(invoices: "QuerySet[Invoice]") -> Counts:
    """Invoices by state, in one query."""
    return _counts(invoices.order_by().values_list("state", "decision").annotate(count=Count("pk")))


def _counts(rows: Iterable[tuple[str, str, int]]) -> Counts:
    """Counts of states and decisions added up."""
    by_state, undecided = Counter[str](), Counter[str]()
    for state, decision, number in rows:
        by_state[state] += number
        undecided[state] += 0 if decision else number
    return Counts(dict(by_state), dict(undecided))


def counts_of(organisation: Organisation) -> Counts:
    """All invoices of an organisation by state: exact, and quick however many there are."""
    counted = tallies.read(organisation.pk, Subject.STATE, by=("key", "decision"), figures=("invoices",))
    return _counts((row.key, row.decision, row.invoices) for row in counted)


def counts_among(invoices: "QuerySet[Invoice]") -> Counts:
    """Filtered invoices by state, as far as they are few enough to be counted while a person waits."""
    found = invoices.order_by().values_list("state", "decision")[: MOST_COUNTED + 1]
    counts = _counts((state, decision, 1) for state, decision in found)
    return replace(counts, is_more=counts.total > MOST_COUNTED)


def unverified_among(invoices: "QuerySet[Invoice]") -> list[str]:
    """The GSTINs of vendors, at most so many as are counted, of which no record was known."""
    pending = invoices.filter(verification=Verification.PENDING).exclude(vendor_gstin="")
    return list(pending.order_by().values_list("vendor_gstin", flat=True).distinct()[:MOST_COUNTED])


def with_everything(invoices: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
    """Fetch along what was found on one invoice."""
    links = InvoiceDuplicateLink.objects
    return invoices.select_related("batch", "document", "reading", "job").prefetch_related(
        "findings",
        Prefetch("duplicate_of", links.select_related("original").order_by("original_id")),
        Prefetch("duplicates", links.select_related("invoice").order_by("invoice_id")),
    )
