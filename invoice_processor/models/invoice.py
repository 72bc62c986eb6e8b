"""One paper on its way through the desk, and what it says."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from invoice_processor.models.batch import Batch
from invoice_processor.models.document import Document, DocumentReading, first_page_field


class InvoiceState(models.TextChoices):
    """What a person needs to know about an invoice at a glance."""

    QUEUED = "QUEUED", "Queued"
    PROCESSING = "PROCESSING", "Processing"
    CLEARED = "CLEARED", "Cleared"
    HAS_ANOMALIES = "HAS_ANOMALIES", "Has anomalies"
    NEEDS_REVIEW = "NEEDS_REVIEW", "Needs review"
    NOT_AN_INVOICE = "NOT_AN_INVOICE", "Not an invoice"
    FAILED = "FAILED", "Failed"


class Grade(models.TextChoices):
    """What the health score means; see compliance.score."""

    HEALTHY = "HEALTHY", "Healthy"
    REVIEW = "REVIEW", "Review"
    AT_RISK = "AT_RISK", "At risk"


class Verification(models.TextChoices):
    """What is known of the vendor's registration; see compliance.score.Proof."""

    PORTAL = "portal", "Verified"
    IMPORTED = "imported", "From your vendor list"
    SIGNED_QR = "signed_qr", "Known from the signed QR code"
    PENDING = "pending", "Pending"


class Decision(models.TextChoices):
    """What a person decided about an invoice."""

    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"


def money_field() -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Rupees with paise; room for 16 digits before the point."""
    return models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)


class Invoice(models.Model):
    """An invoice of a vendor, from the moment its file is taken in.

    The first of a file has the job on it; further ones are found by reading, and told apart by their pages.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invoices")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="invoices")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="invoices")
    reading = models.ForeignKey(DocumentReading, null=True, on_delete=models.PROTECT, related_name="invoices")
    original_name = models.CharField(max_length=255)  # the file's name as given, for show only
    first_page = first_page_field()
    created_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(max_length=20, choices=InvoiceState.choices, default=InvoiceState.QUEUED)
    state_reason = models.CharField(max_length=500, blank=True)
    state_changed_at = models.DateTimeField(auto_now_add=True)

    kind = models.CharField(max_length=30, blank=True)  # gst.invoice.DocumentKind
    number = models.CharField(max_length=100, blank=True)
    number_key = models.CharField(max_length=100, blank=True)  # normal form, for matching
    date = models.DateField(null=True)
    vendor_name = models.CharField(max_length=300, blank=True)
    vendor_gstin = models.CharField(max_length=15, blank=True)
    buyer_name = models.CharField(max_length=300, blank=True)
    buyer_gstin = models.CharField(max_length=15, blank=True)
    irn = models.CharField(max_length=64, blank=True)
    place_of_supply = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, default="INR")
    taxable_value = money_field()
    cgst = money_field()
    sgst = money_field()
    igst = money_field()
    cess = money_field()
    round_off = money_field()
    grand_total = money_field()
    bank_account = models.CharField(max_length=34, blank=True)  # of the vendor, as printed
    vendor_pan = models.CharField(max_length=10, blank=True)  # inside the vendor's GSTIN, for matching
    whole_rupees = models.BigIntegerField(null=True)  # the grand total without its paise, for matching
    confidence = models.PositiveSmallIntegerField(null=True)  # 0 to 100; None when typed by a person

    judged_at = models.DateTimeField(null=True)
    in_history = models.BooleanField(default=False)  # a bill, no repetition and not rejected: others compare
    health_score = models.DecimalField(max_digits=3, decimal_places=1, null=True)  # 0.0 to 10.0
    health_grade = models.CharField(max_length=10, choices=Grade.choices, blank=True)
    health = models.JSONField(null=True)  # rubric, parts and deductions; see invoice_processor.judging
    verification = models.CharField(max_length=10, choices=Verification.choices, default=Verification.PENDING)

    registrations_as_of = models.DateTimeField(null=True)  # verified_at of the newest record it was judged by

    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="assigned_invoices"
    )
    deleted_at = models.DateTimeField(null=True)  # hidden everywhere, and removed for good some days later
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "document", "first_page"], name="invoice_once_per_file_in_batch"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-id"], name="invoice_of_organisation"),
            models.Index(fields=["organisation", "state", "-id"], name="invoice_by_state"),
            models.Index(
                fields=["organisation", "-id"],
                name="invoice_to_review",
                condition=models.Q(
                    state__in=(InvoiceState.HAS_ANOMALIES, InvoiceState.NEEDS_REVIEW), decision=""
                ),
            ),
            models.Index(fields=["organisation", "health_grade", "-id"], name="invoice_by_grade"),
            models.Index(fields=["organisation", "decision", "-id"], name="invoice_by_decision"),
            models.Index(fields=["organisation", "created_at"], name="invoice_by_receipt"),
            models.Index(fields=["organisation", "confidence", "-id"], name="invoice_by_certainty"),
            models.Index(fields=["organisation", "-date", "-id"], name="invoice_by_date"),
            models.Index(fields=["organisation", "-grand_total", "-id"], name="invoice_by_total"),
            models.Index(fields=["organisation", "health_score", "-id"], name="invoice_by_health"),
            models.Index(
                fields=["organisation", "-id"],
                name="invoice_unverified",
                condition=models.Q(verification=Verification.PENDING),
            ),
            models.Index(
                fields=["batch", "document"], name="invoice_further", condition=models.Q(first_page__gt=1)
            ),
            models.Index(
                fields=["deleted_at"], name="invoice_deleted", condition=models.Q(deleted_at__isnull=False)
            ),
            models.Index(
                fields=["organisation", "vendor_gstin", "number_key"],
                name="invoice_by_number",
                condition=~models.Q(number_key=""),
            ),
            models.Index(fields=["organisation", "vendor_gstin", "-id"], name="invoice_of_vendor"),
            models.Index(fields=["organisation", "irn"], name="invoice_by_irn", condition=~models.Q(irn="")),
            models.Index(
                fields=["organisation", "vendor_pan", "whole_rupees", "date"],
                name="invoice_by_vendor_and_amount",
                condition=models.Q(whole_rupees__isnull=False),
            ),
            models.Index(
                fields=["organisation", "whole_rupees", "date"],
                name="invoice_by_amount",
                condition=models.Q(whole_rupees__isnull=False),
            ),
            models.Index(
                fields=["organisation", "vendor_gstin", "date", "taxable_value", "id"],
                name="invoice_billed",
                condition=models.Q(in_history=True),
            ),
            models.Index(
                fields=["organisation", "vendor_gstin", "-id"],
                name="invoice_bank_account",
                condition=models.Q(in_history=True) & ~models.Q(bank_account=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.place_in_file

    @property
    def place_in_file(self) -> str:
        """The file, and for a further invoice in it the page on which that begins."""
        return f"{self.original_name}, page {self.first_page}" if self.first_page > 1 else self.original_name


class InvoiceLine(models.Model):
    """A line item as read."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()  # from 1
    description = models.TextField(blank=True)
    hsn_sac = models.CharField(max_length=8, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(max_length=20, blank=True)
    unit_price = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    gst_rate = models.DecimalField(max_digits=6, decimal_places=3, null=True)  # percent
    amount = money_field()  # taxable value

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [models.Index(fields=["hsn_sac", "invoice"], name="line_by_code")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="line_once_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.description}"
