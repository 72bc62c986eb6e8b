"""Invoices as they stand in the database after judging, with what a test wants them to say."""

from typing import Any

from invoice_processor import search
from invoice_processor.models import Invoice, InvoiceLine, InvoiceState


def finished(invoice: Invoice, **values: Any) -> Invoice:
    """The invoice as a finished one that counts as spend, with these columns; lists find it by its words."""
    columns = {"state": InvoiceState.CLEARED, "kind": "tax_invoice", "in_history": True} | values
    Invoice.objects.filter(pk=invoice.pk).update(**columns)
    invoice.refresh_from_db()
    search.index(invoice, invoice.lines.all())
    return invoice


def with_line(invoice: Invoice, **values: Any) -> Invoice:
    """The invoice with one line item more, found by it too."""
    InvoiceLine.objects.create(invoice=invoice, position=invoice.lines.count() + 1, **values)
    Invoice.objects.filter(pk=invoice.pk).update(kind=invoice.kind)  # as judging does, which changes both
    search.index(invoice, invoice.lines.all())
    return invoice
