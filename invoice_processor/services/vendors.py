"""Counting the figures of vendors anew, from their invoices."""

from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from gst.invoice import INVOICE_KINDS
from invoice_processor.models import Invoice, Vendor, Verification
from invoice_processor.tallies import IS_SPEND

AT_ONCE = 100
ROUNDS = 50  # until the next call
NOTHING = Decimal(0)

IS_UNVERIFIED = Q(verification__in=(Verification.PENDING, Verification.SIGNED_QR), kind__in=INVOICE_KINDS)
IN_RUPEES = Q(currency="INR")


def recount() -> None:
    """Count the vendors anew whose invoices have changed."""
    for _ in range(ROUNDS):
        if not recount_some():
            return


def recount_some() -> bool:
    """Count some of them anew; returns whether there are more.

    A vendor that is noted again meanwhile waits for this transaction, and is counted once more.
    """
    with transaction.atomic():
        due = (
            Vendor.objects.filter(recount_due=True)
            .order_by("pk")
            .select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        )
        vendors = list(due[:AT_ONCE])
        for organisation_id in {vendor.organisation_id for vendor in vendors}:
            count(organisation_id, [one for one in vendors if one.organisation_id == organisation_id])
    return len(vendors) == AT_ONCE


def count(organisation_id: int, vendors: list[Vendor]) -> None:
    """Bring the rows of an organisation up to date, in three queries."""
    invoices = Invoice.objects.filter(
        organisation=organisation_id, deleted_at=None, vendor_gstin__in=[vendor.gstin for vendor in vendors]
    )
    counted = {row["vendor_gstin"]: row for row in figures(invoices)}
    latest = Invoice.objects.in_bulk([row["latest"] for row in counted.values()])
    for vendor in vendors:
        row = counted.get(vendor.gstin, {})
        vendor.recount_due = False
        vendor.invoices = row.get("invoices", 0)
        vendor.spend = row.get("spend") or NOTHING
        vendor.unverified_invoices = row.get("unverified", 0)
        vendor.unverified_value = row.get("at_stake") or NOTHING
        vendor.last_invoice_on = row.get("last_on")
        if row and latest[row["latest"]].vendor_name:
            vendor.name = latest[row["latest"]].vendor_name
    Vendor.objects.bulk_update(
        vendors,
        (
            *("recount_due", "invoices", "spend", "unverified_invoices", "unverified_value"),
            *("last_invoice_on", "name"),
        ),
    )


def figures(invoices: "QuerySet[Invoice]") -> list[dict[str, Any]]:
    """One row a vendor."""
    rows = invoices.order_by().values("vendor_gstin")
    return [
        dict(row)
        for row in rows.annotate(
            invoices=Count("pk"),
            spend=Sum("grand_total", filter=IS_SPEND),
            unverified=Count("pk", filter=IS_UNVERIFIED),
            at_stake=Sum("grand_total", filter=IS_UNVERIFIED & IN_RUPEES),
            last_on=Max("date"),
            latest=Max("pk"),
        )
    ]


def recount_all() -> None:
    """Mark every vendor, and add those that have no row yet: once a night, should a mark have been missed."""
    Vendor.objects.filter(recount_due=False).update(recount_due=True)
    row = Vendor.objects.filter(organisation=OuterRef("organisation"), gstin=OuterRef("vendor_gstin"))
    without = Invoice.objects.exclude(vendor_gstin="").filter(~Exists(row)).order_by()
    missing = without.values_list("organisation_id", "vendor_gstin").distinct()
    Vendor.objects.bulk_create(
        (Vendor(organisation_id=organisation_id, gstin=gstin) for organisation_id, gstin in missing),
        batch_size=1000,
        ignore_conflicts=True,
    )
