"""What the states of the engine are called, what they look like, and what a person does next."""

from dataclasses import dataclass

from compliance.duplicates import Reason
from extraction.reading import Source
from gst.invoice import DocumentKind
from invoice_processor.models import Decision, Grade, InvoiceState, Verification
from invoice_processor.selectors.invoices import UNDER_WAY


@dataclass(frozen=True, slots=True)
class Wording:
    """A state in words; ``tone`` is the colour: plain, busy, good, warn or bad."""

    label: str
    tone: str
    next_action: str


STATES = {
    InvoiceState.QUEUED: Wording("Queued", "plain", "Nothing to do: it is read as soon as a worker is free."),
    InvoiceState.PROCESSING: Wording("Reading", "busy", "Nothing to do: it is being read and checked."),
    InvoiceState.CLEARED: Wording("Cleared", "good", "Nothing more to do here."),
    InvoiceState.HAS_ANOMALIES: Wording(
        "Has anomalies", "warn", "Look at the findings before you pay this invoice."
    ),
    InvoiceState.NEEDS_REVIEW: Wording(
        "Needs review", "warn", "Compare the doubtful values with the document."
    ),
    InvoiceState.NOT_AN_INVOICE: Wording(
        "Not an invoice", "plain", "Nothing to pay. Check the document if you expected an invoice."
    ),
    InvoiceState.FAILED: Wording(
        "Failed", "bad", "The file is kept. Retry it, or look at the document yourself."
    ),
}

FILTERS: dict[str, tuple[str, tuple[InvoiceState, ...]]] = {
    "": ("All", tuple(InvoiceState)),
    "under-way": ("Under way", UNDER_WAY),
    (TO_REVIEW := "attention"): ("To review", (InvoiceState.HAS_ANOMALIES, InvoiceState.NEEDS_REVIEW)),
    "anomalies": ("Has anomalies", (InvoiceState.HAS_ANOMALIES,)),
    "review": ("Needs review", (InvoiceState.NEEDS_REVIEW,)),
    "cleared": ("Cleared", (InvoiceState.CLEARED,)),
    "other": ("Not an invoice", (InvoiceState.NOT_AN_INVOICE,)),
    "failed": ("Failed", (InvoiceState.FAILED,)),
    (DELETED := "deleted"): ("Deleted", tuple(InvoiceState)),
}
"""The filters of a list of invoices, by their name in the address; what is decided is not to be reviewed."""

GRADES = {
    Grade.HEALTHY: Wording("Healthy", "good", "Nothing more to do here."),
    Grade.REVIEW: Wording("Review", "warn", "Look at the findings before you pay this invoice."),
    Grade.AT_RISK: Wording("At risk", "bad", "Do not pay before the findings are cleared."),
}

CERTAINTIES = {
    "sure": ("90 % or more", (90, 100)),
    "look": ("70 to 89 %", (70, 89)),
    "doubtful": ("Less than 70 %", (0, 69)),
}
"""The filters by certainty: in words, and from and to in percent; 90 is ``SURE_FROM``."""

VERIFICATIONS = {
    Verification.PORTAL: "Verified",
    Verification.SIGNED_QR: "Known from the signed QR code",
    Verification.IMPORTED: "From your vendor list",
    Verification.PENDING: "Not verified yet",
}

DECISIONS = {
    Decision.APPROVED: Wording("Approved", "good", "Ready to be paid."),
    Decision.REJECTED: Wording("Rejected", "bad", "Not to be paid."),
}

ACTIONS = {
    "invoice.approved": "approved",
    "invoice.rejected": "rejected",
    "invoice.reopened": "reopened",
    "invoice.assigned": "assigned",
    "invoice.commented": "commented on",
    "invoice.corrected": "corrected",
    "invoice.deleted": "deleted",
    "invoice.restored": "brought back",
    "invoice.retried": "had read again",
    "invoice.version_restored": "took an earlier version of",
    "invoice.reading_taken_over": "took over what was read anew of",
    "invoice.reading_ignored": "kept the values of",
    "duplicate.decided": "answered whether it is a duplicate:",
    "batch.sent_in": "sent in",
    "vendor.verified": "verified a vendor",
    "vendors.imported": "imported vendors",
    "member.invited": "invited somebody",
    "invitation.withdrawn": "took an invitation back",
    "member.joined": "joined",
    "member.changed": "changed what a member may do",
    "member.removed": "removed a member",
    "token.created": "made an API token",
    "token.revoked": "revoked an API token",
    "organisation.renamed": "renamed the organisation",
    "organisation.gstins_changed": "changed the organisation's GSTINs",
    "approval.rule_changed": "changed who may approve",
    "retention.rule_changed": "changed how long papers are kept",
    "ai.settings_changed": "changed what AI models may read",
    "ai.asked_again": "had what AI models failed at read again",
    "retention.deleted": "Papers whose time was over were deleted",
}
"""What people did, after their name and before the invoice's."""

REPORT_NAMES = {
    "register": "Purchase register",
    "rates": "By tax rate",
    "codes": "By HSN and SAC",
    "vendors": "By vendor",
    "findings": "Findings",
    "duplicates": "Duplicates avoided",
    "ageing": "Ageing",
    "msme": "MSME due dates",
}

FORMATS = {"xlsx": "Excel (XLSX), with lines", "csv": "CSV", "json": "JSON, with lines"}

SORTS = {
    "newest": "Newest first",
    "date": "Invoice date",
    "total": "Largest total",
    "health": "Worst health",
}

SOURCES = {
    Source.SIGNED_QR: "Signed by the IRP",
    Source.QR_CODE: "In the QR code",
    Source.PDF_TEXT: "Text of the PDF",
    Source.OCR: "Read from the picture",
    Source.COMPUTED: "Worked out",
    Source.AI: "Read by AI",
    Source.PERSON: "Typed in",
}

AMOUNTS = {
    "taxable_value": "Taxable value",
    "discount": "Discount",
    "cgst": "CGST",
    "sgst": "SGST / UTGST",
    "igst": "IGST",
    "cess": "Cess",
    "other_charges": "Other charges",
    "tcs": "TCS",
    "round_off": "Round off",
    "grand_total": "Grand total",
}

FIELDS = {
    "kind": "Kind",
    "invoice_number": "Invoice number",
    "invoice_date": "Invoice date",
    "place_of_supply": "Place of supply",
    "reverse_charge": "Reverse charge",
    "currency": "Currency",
    "references": "Refers to",
    "irn": "IRN",
    "acknowledgement_number": "Ack. number",
    "acknowledgement_date": "Ack. date",
    "vendor_name": "Vendor",
    "vendor_gstin": "Vendor GSTIN",
    "buyer_name": "Buyer",
    "buyer_gstin": "Buyer GSTIN",
    "bank_account": "Bank account",
    "bank_ifsc": "Bank IFSC",
    "amount_in_words": "In words",
} | AMOUNTS

KINDS = {kind.value: kind.value.replace("_", " ").capitalize() for kind in DocumentKind} | {
    DocumentKind.NOT_INVOICE.value: "Not an invoice"
}

REPEATS = {
    Reason.SAME_FILE.value: "the same file, byte for byte",
    Reason.SAME_IRN.value: "the same IRN",
    Reason.CONFIRMED.value: "a person found the same invoice",
    Reason.SAME_NUMBER.value: "the same vendor, number and financial year",
}
