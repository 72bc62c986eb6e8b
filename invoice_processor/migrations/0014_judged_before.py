"""Invoices that were judged before judgements had a date: they take part in the history as new ones do."""

from typing import Any

from django.db import migrations
from django.db.models import BigIntegerField, Exists, F, OuterRef
from django.db.models.functions import Cast, Floor, Substr

BILLS = ("tax_invoice", "bill_of_supply", "debit_note", "receipt", "other_invoice")


def describe(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    """Fill the columns that matching and the history ask for."""
    Invoice = apps.get_model("invoice_processor", "Invoice")
    repeats = apps.get_model("invoice_processor", "InvoiceDuplicateLink").objects.filter(
        invoice=OuterRef("pk")
    )
    judged = Invoice.objects.filter(judged_at=None, reading__isnull=False).exclude(
        state__in=("QUEUED", "PROCESSING")
    )
    bills = judged.filter(~Exists(repeats), kind__in=BILLS)
    bills.exclude(decision="rejected").update(in_history=True)
    judged.update(
        judged_at=F("state_changed_at"),
        vendor_pan=Substr("vendor_gstin", 3, 10),
        whole_rupees=Cast(Floor("grand_total"), BigIntegerField()),
    )


class Migration(migrations.Migration):
    dependencies = [("invoice_processor", "0013_failed_jobs")]
    operations = [migrations.RunPython(describe, migrations.RunPython.noop)]
