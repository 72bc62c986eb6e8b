"""Let the invoices that are there already be found."""

from itertools import islice

from django.db import migrations

from invoice_processor.search import words


def index_invoices(apps, _schema_editor):
    search = apps.get_model("invoice_processor", "InvoiceSearch")
    invoices = apps.get_model("invoice_processor", "Invoice").objects.prefetch_related("lines")
    rows = invoices.order_by("pk").iterator(chunk_size=1000)
    while some := list(islice(rows, 1000)):
        search.objects.bulk_create(
            [search(invoice=invoice, words=words(invoice, invoice.lines.all())) for invoice in some],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("invoice_processor", "0010_desk_lists")]
    operations = [migrations.RunPython(index_invoices, migrations.RunPython.noop)]
