"""From a reading and its findings to the state that a person sees."""

from typing import NamedTuple

from compliance.findings import Finding, Severity
from extraction.reading import Reading
from gst.invoice import DocumentKind
from invoice_processor.models import InvoiceState

OTHER_PAPERS = {
    DocumentKind.DELIVERY_CHALLAN: "It is a delivery challan; the invoice for it comes apart.",
    DocumentKind.PROFORMA: "It is a proforma invoice; the invoice itself comes later.",
    DocumentKind.NOT_INVOICE: "It does not look like an invoice.",
}


class Verdict(NamedTuple):
    """A final state with its reason."""

    state: InvoiceState
    reason: str


def verdict(
    reading: Reading, findings: tuple[Finding, ...], *, certainty: int | None, review_below: int
) -> Verdict:
    """Judge a reading; ``review_below`` is the certainty, in percent, under which a person looks at it.

    ``certainty`` is None where a person has looked already.
    """
    duplicates = [finding for finding in findings if finding.rule.startswith("duplicate_")]
    if duplicates:
        return Verdict(InvoiceState.HAS_ANOMALIES, duplicates[0].message)
    if not reading.is_invoice:
        return Verdict(InvoiceState.NOT_AN_INVOICE, OTHER_PAPERS[reading.invoice.kind])
    if certainty is not None and certainty < review_below:
        return Verdict(
            InvoiceState.NEEDS_REVIEW,
            f"Read with {certainty} % certainty; below {review_below} % a person looks at it.",
        )
    serious = [finding.title for finding in findings if finding.severity is not Severity.INFO]
    if serious:
        return Verdict(InvoiceState.HAS_ANOMALIES, "; ".join(serious))
    return Verdict(InvoiceState.CLEARED, "All checks passed.")
