"""Which invoices may be the same as one at hand. Each way is a look into one index and gives few.

The ways are plain SQL, since one round through the database finds that there is nothing, which is the rule:
built by the ORM, the same union cost a sixth of all the work on an invoice.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import connection

from compliance.likeness import NEAR_DAYS
from gst.invoice import INVOICE_KINDS
from invoice_processor.models import Invoice

MOST = 25
"""Candidates by each way, however many a vendor has of the same amount."""
NEEDED = (
    *("document_id", "first_page", "irn", "kind", "date", "number", "number_key", "vendor_gstin"),
    *("vendor_name", "grand_total", "original_name", "state", "judged_at"),
)

# Written as the conditions of the indexes are, else SQLite does not use them.
FILE = "document_id = %(document)s AND first_page = %(page)s"
IRN = "irn = %(irn)s AND NOT (irn = '')"
NUMBER = "vendor_gstin = %(gstin)s AND number_key = %(number)s AND NOT (number_key = '')"
AMOUNT = "whole_rupees IN (%(rupees)s - 1, %(rupees)s, %(rupees)s + 1)"
NEAR = "date BETWEEN %(first)s AND %(last)s"
VENDOR = "vendor_pan = %(pan)s"
NO_VENDOR = "vendor_pan = ''"


def candidates(invoice: Invoice) -> list[Invoice]:
    """The few invoices of the organisation that are worth comparing with this one."""
    ids = candidate_ids(invoice)
    return list(Invoice.objects.filter(pk__in=ids).only(*NEEDED).order_by("pk")) if ids else []


def candidate_ids(invoice: Invoice) -> list[int]:
    """Their ids; one query."""
    values: dict[str, str | int | None] = {
        "organisation": invoice.organisation_id,
        "id": invoice.pk,
        "most": MOST,
        "document": invoice.document_id,
        "page": invoice.first_page,
        "irn": invoice.irn,
        "gstin": invoice.vendor_gstin,
        "number": invoice.number_key,
        "pan": invoice.vendor_pan,
        "rupees": invoice.whole_rupees,
    }
    if invoice.date:
        # Day numbers at the ends of the calendar are what a bad scan may say.
        day = invoice.date.toordinal()
        first = dt.date.fromordinal(max(day - NEAR_DAYS, 1))
        last = dt.date.fromordinal(min(day + NEAR_DAYS, dt.date.max.toordinal()))
        values |= {"first": first.isoformat(), "last": last.isoformat()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(map(look, ways(invoice))), values)
        return [found for (found,) in cursor.fetchall()]


def look(way: str) -> str:
    """One way as SQL."""
    return (
        f"SELECT id FROM (SELECT id FROM {Invoice._meta.db_table} "  # noqa: S608 - constants only
        f"WHERE organisation_id = %(organisation)s AND {way} AND id <> %(id)s AND deleted_at IS NULL "
        f"LIMIT %(most)s) AS found"
    )


def ways(invoice: Invoice) -> Iterator[str]:
    """The conditions under which another paper may be the same one, the surest first."""
    yield FILE
    if invoice.irn:
        yield IRN
    if invoice.vendor_gstin and invoice.number_key:
        yield NUMBER
    if invoice.whole_rupees is None or invoice.kind not in INVOICE_KINDS:
        return
    if invoice.vendor_pan:
        yield f"{VENDOR} AND {AMOUNT}"
    if invoice.vendor_pan and invoice.date:
        yield f"{VENDOR} AND {AMOUNT} AND {NEAR}"
        yield f"{NO_VENDOR} AND {AMOUNT} AND {NEAR}"
    elif invoice.date:
        yield f"{AMOUNT} AND {NEAR}"
