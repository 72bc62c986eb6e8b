"""What an invoice is found by."""

from django.db import models

from invoice_processor.models.invoice import Invoice


class InvoiceSearch(models.Model):
    """The words of one invoice, as ``invoice_processor.search`` makes them, with an index of the database.

    PostgreSQL indexes them by an expression; on SQLite triggers keep an FTS5 table beside this one.
    """

    invoice = models.OneToOneField(Invoice, on_delete=models.CASCADE, primary_key=True, related_name="search")
    words = models.TextField()  # in normal form, apart by single blanks

    def __str__(self) -> str:
        return f"words of {self.invoice_id}"
