"""An organisation's vendors as a spreadsheet; its columns can be imported again."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor.models import GSTCacheEntry, ImportedRegistration, Vendor, known_registrations
from invoice_processor.services.spreadsheets import Row, csv_lines
from invoice_processor.services.workbooks import xlsx_pieces

AT_ONCE = 500
COLUMNS = (
    *("GSTIN", "Name on invoices", "Legal name", "Trade name", "Status", "Taxpayer type", "Constitution"),
    *("Address", "Registered on", "Cancelled on", "E-invoice", "Source", "Verified at"),
    *("Invoices", "Spend", "Unverified invoices", "Unverified value", "Last invoice"),
)
SAID = {True: "Yes", False: "No", None: ""}


def as_csv(organisation: Organisation, vendors: "QuerySet[Vendor]") -> Iterator[str]:
    """One row a vendor."""
    return csv_lines(COLUMNS, rows(organisation, vendors))


def as_xlsx(organisation: Organisation, vendors: "QuerySet[Vendor]") -> Iterator[bytes]:
    """One row a vendor."""
    return xlsx_pieces([("Vendors", COLUMNS, rows(organisation, vendors))])


def rows(organisation: Organisation, vendors: "QuerySet[Vendor]") -> Iterator[Row]:
    """The vendors in the order of their GSTINs, some in memory at a time."""
    left = vendors.order_by("gstin").iterator(AT_ONCE)
    while some := list(islice(left, AT_ONCE)):
        known = known_registrations(organisation.pk, (vendor.gstin for vendor in some))
        for vendor in some:
            yield (
                vendor.gstin,
                vendor.name,
                *facts(known.get(vendor.gstin)),
                vendor.invoices,
                vendor.spend,
                vendor.unverified_invoices,
                vendor.unverified_value,
                vendor.last_invoice_on,
            )


def facts(record: GSTCacheEntry | ImportedRegistration | None) -> Row:
    """What is known of a registration, and from whom."""
    if record is None:
        return ("",) * 11
    return (
        record.legal_name,
        record.trade_name,
        record.status if record.is_registered else "Unknown to the portal",
        record.taxpayer_type,
        record.constitution,
        record.address,
        record.registered_on,
        record.cancelled_on,
        SAID[record.einvoice_enabled],
        record.get_source_display() if isinstance(record, GSTCacheEntry) else "Your vendor list",
        timezone.localtime(record.verified_at),
    )
