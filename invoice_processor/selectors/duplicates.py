"""Which invoices may be duplicates."""

from django.db.models import Exists, OuterRef, QuerySet

from invoice_processor.models import DuplicateVerdict, Invoice, InvoiceDuplicateLink


def open_question() -> Exists:
    """The condition that an invoice looks like an earlier one and no person has said whether it is."""
    return Exists(links("").filter(invoice=OuterRef("pk")))


def without_open_question(invoices: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
    """Those that may be approved and exported as far as duplicates are concerned.

    What a person called a duplicate is left out as well: the question is answered, and it is not to be paid.
    """
    duplicate = Exists(links(DuplicateVerdict.DUPLICATE).filter(invoice=OuterRef("pk")))
    return invoices.filter(~open_question(), ~duplicate)


def links(verdict: str) -> "QuerySet[InvoiceDuplicateLink]":
    """Links to originals that are still there, with that verdict, or with none for an empty one."""
    return InvoiceDuplicateLink.objects.filter(verdict=verdict, original__deleted_at=None)
