"""Which invoices may be duplicates."""

from django.db.models import Exists, OuterRef, QuerySet

from invoice_processor.models import DuplicateVerdict, Invoice, InvoiceDuplicateLink

HOLDING = ("", DuplicateVerdict.DUPLICATE)
"""Verdicts on account of which an invoice is neither approved nor exported: none yet, or the same invoice."""


def without_open_question(invoices: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
    """Those that may be approved and exported as far as duplicates are concerned.

    What a person called a duplicate is left out as well: the question is answered, and it is not to be paid.
    """
    return invoices.filter(~holding())


def with_held_back(invoices: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
    """Say of each, as ``is_held_back``, whether it is left out of what may be approved and exported."""
    return invoices.annotate(is_held_back=holding())


def holding() -> Exists:
    """The condition that an invoice is left out."""
    return Exists(links(*HOLDING).filter(invoice=OuterRef("pk")))


def held_back(invoices: "QuerySet[Invoice]") -> tuple[int, int]:
    """How many are left out: on account of an open question, and because they are duplicates."""
    asked, held = (
        links(*verdicts).filter(among(invoices, "invoice")).values("invoice").distinct().count()
        for verdicts in (("",), HOLDING)
    )
    return asked, held - asked


def links_in(invoices: "QuerySet[Invoice]") -> "QuerySet[InvoiceDuplicateLink]":
    """Links of which both ends are among the invoices."""
    return InvoiceDuplicateLink.objects.filter(among(invoices, "invoice"), among(invoices, "original"))


def among(invoices: "QuerySet[Invoice]", end: str) -> Exists:
    """The condition that one end of a link is there; with ``IN`` SQLite would list all invoices first."""
    return Exists(invoices.filter(pk=OuterRef(end)))


def links(*verdicts: str) -> "QuerySet[InvoiceDuplicateLink]":
    """Links to originals that are still there, with one of these verdicts; an empty one is none yet."""
    return InvoiceDuplicateLink.objects.filter(verdict__in=verdicts, original__deleted_at=None)
