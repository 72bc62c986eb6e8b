"""Questions about the vendors of an organisation."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import Organisation
from invoice_processor.models import (
    Finding,
    GSTCacheEntry,
    ImportedRegistration,
    Invoice,
    InvoiceLine,
    Vendor,
    known_registrations,
)
from invoice_processor.selectors.invoices import invoices_of
from invoice_processor.tallies import IS_SPEND

PAGE_ROWS = 50
MONTHS = 12
MOST_LOOKED_AT = 300  # of a vendor's invoices, where all would be too many
Record = GSTCacheEntry | ImportedRegistration


class Show(StrEnum):
    """What is known of a vendor."""

    ALL = ""
    ACTIVE = "active"
    TROUBLE = "trouble"  # cancelled, suspended, inactive, unknown to the portal
    UNVERIFIED = "unverified"  # no public record
    OLD = "old"  # a public record from long ago


class Order(StrEnum):
    """The orders of the list; each has an index."""

    SPEND = "spend"
    NAME = "name"
    AT_STAKE = "at-stake"


COLUMNS = {Order.SPEND: "spend", Order.NAME: "name", Order.AT_STAKE: "unverified_value"}


@dataclass(frozen=True, slots=True)
class Row:
    """A vendor with the best record there is of it."""

    vendor: Vendor
    record: Record | None

    @property
    def name(self) -> str:
        """As invoices print it, else as the record has it."""
        recorded = (self.record.trade_name or self.record.legal_name) if self.record else ""
        return self.vendor.name or recorded or self.vendor.gstin

    @property
    def other_name(self) -> str:
        """The legal name, where it is another than the one shown."""
        legal = self.record.legal_name if self.record else ""
        return "" if legal.casefold() == self.name.casefold() else legal


@dataclass(frozen=True, slots=True)
class VendorPage:
    """One page; ``next_start`` is where the page after it starts, empty on the last one."""

    rows: list[Row]
    next_start: str


def vendors_of(organisation: Organisation) -> "QuerySet[Vendor]":
    """All vendors of an organisation."""
    return Vendor.objects.filter(organisation=organisation)


def matching(vendors: "QuerySet[Vendor]", words: str, show: Show) -> "QuerySet[Vendor]":
    """Vendors whose name or GSTIN contains the words, of one kind."""
    if words:
        recorded = record(Q(legal_name__icontains=words) | Q(trade_name__icontains=words))
        vendors = vendors.filter(Q(name__icontains=words) | Q(gstin__icontains=words.strip()) | recorded)
    before = timezone.now() - dt.timedelta(days=settings.GST_REFRESH_DAYS)
    active = Q(status__istartswith="active", is_registered=True)
    kinds = {
        Show.ACTIVE: record(active),
        Show.TROUBLE: record(~active),
        Show.UNVERIFIED: ~record(Q()),
        Show.OLD: record(Q(verified_at__lt=before)),
    }
    return vendors.filter(kinds[show]) if show in kinds else vendors


def record(condition: Q) -> Exists:
    """Whether a vendor has a public record of some kind."""
    return Exists(GSTCacheEntry.objects.filter(condition, gstin=OuterRef("gstin")))


def vendor_page(
    vendors: "QuerySet[Vendor]", organisation: Organisation, order: Order, start: str
) -> VendorPage:
    """A page of vendors with their records, in three queries; ``start`` is a value and an id: 118.00~7.

    Raises:
        ValueError: ``start`` is nothing of the kind.
    """
    column = COLUMNS[order]
    up = order is Order.NAME
    if start:
        value, _, pk = start.rpartition("~")
        at: Any = value if up else Decimal(value)
        same = Q(**{column: at, "pk__gte" if up else "pk__lte": int(pk)})
        vendors = vendors.filter(Q(**{f"{column}__{'gt' if up else 'lt'}": at}) | same)
    keys = (F(column).asc(), F("pk").asc()) if up else (F(column).desc(), F("pk").desc())
    found = list(vendors.order_by(*keys)[: PAGE_ROWS + 1])
    following = found[PAGE_ROWS] if len(found) > PAGE_ROWS else None
    next_start = f"{getattr(following, column)}~{following.pk}" if following else ""
    return VendorPage(with_records(organisation, found[:PAGE_ROWS]), next_start)


def with_records(organisation: Organisation, vendors: list[Vendor]) -> list[Row]:
    """Each vendor with its record."""
    known = known_registrations(organisation.pk, (vendor.gstin for vendor in vendors))
    return [Row(vendor, known.get(vendor.gstin)) for vendor in vendors]


def invoices_from(organisation: Organisation, gstin: str) -> "QuerySet[Invoice]":
    """A vendor's invoices, latest first."""
    return invoices_of(organisation).filter(vendor_gstin=gstin).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Month:
    """What was billed in one month, in rupees."""

    first: dt.date
    value: Decimal


def spend_by_month(organisation: Organisation, gstin: str, today: dt.date) -> list[Month]:
    """The last twelve months, also those without a bill."""
    firsts = [month_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    bills = invoices_from(organisation, gstin).filter(IS_SPEND, date__gte=firsts[0], date__lte=today)
    summed = bills.order_by().annotate(month=TruncMonth("date")).values_list("month")
    values = dict(summed.annotate(value=Sum("grand_total")))
    return [Month(first, values.get(first) or Decimal(0)) for first in firsts]


def month_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months before the day's own."""
    number = day.year * 12 + day.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)


def latest(organisation: Organisation, gstin: str) -> "QuerySet[Invoice, int]":
    """The ids of a vendor's latest invoices: enough to tell what is usual, however many there are."""
    return invoices_from(organisation, gstin).values_list("pk", flat=True)[:MOST_LOOKED_AT]


def findings_about(organisation: Organisation, gstin: str, most: int = 8) -> list[dict[str, Any]]:
    """What the rules find most often on a vendor's latest invoices: rule, severity, title and how often."""
    found = Finding.objects.filter(invoice__in=latest(organisation, gstin)).exclude(severity="info")
    counted = found.order_by().values("rule", "severity", "title").annotate(times=Count("pk"))
    return [dict(row) for row in counted.order_by("-times", "rule")[:most]]


@dataclass(frozen=True, slots=True)
class Price:
    """What an item costs a unit, in rupees before tax, on the latest bill and on the one before."""

    item: str
    unit: str
    times: int
    latest: Decimal
    on: dt.date | None
    before: Decimal | None
    lowest: Decimal
    highest: Decimal

    @property
    def change(self) -> Decimal | None:
        """In percent against the bill before."""
        return (self.latest / self.before - 1) * 100 if self.before else None


def prices_of(organisation: Organisation, gstin: str, most: int = 10) -> list[Price]:
    """The items that a vendor's latest bills have most often, with their prices."""
    lines = InvoiceLine.objects.filter(
        invoice__in=latest(organisation, gstin), invoice__in_history=True, unit_price__gt=0
    )
    items: dict[tuple[str, str], list[InvoiceLine]] = {}
    for line in lines.exclude(description="").select_related("invoice").order_by("-invoice_id", "position"):
        items.setdefault((" ".join(line.description.lower().split()), line.unit), []).append(line)
    often = sorted(items.values(), key=len, reverse=True)[:most]
    return [price_of(lines) for lines in often]


def price_of(lines: list[InvoiceLine]) -> Price:
    """The prices of one item, from its lines, latest first."""
    paid = [line.unit_price or Decimal(0) for line in lines]
    first = lines[0]
    return Price(
        item=first.description,
        unit=first.unit,
        times=len(lines),
        latest=paid[0],
        on=first.invoice.date,
        before=next((price for price in paid[1:]), None),
        lowest=min(paid),
        highest=max(paid),
    )
