"""A row for each vendor whose invoices are here already; the figures are counted by the next sweep."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def note(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    """Copy the vendors from the invoices."""
    invoice = apps.get_model("invoice_processor", "Invoice")
    vendor = apps.get_model("invoice_processor", "Vendor")
    known = invoice.objects.exclude(vendor_gstin="").order_by().values_list("organisation_id", "vendor_gstin")
    rows = (vendor(organisation_id=owner, gstin=gstin) for owner, gstin in known.distinct().iterator())
    vendor.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("invoice_processor", "0007_cache_table")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
