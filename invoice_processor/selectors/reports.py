"""Tables for the books: what was bought, from whom, at which rates, what was wrong, what is to be paid.

All of them are about invoices by the date printed on them, in rupees, each counted once: rejected ones,
duplicates and deleted ones are left out, credit notes are subtracted.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Organisation
from compliance.catalogue import entries
from gst import hsn, msme
from gst.invoice import DocumentKind
from gst.money import to_paisa
from invoice_processor.models import (
    Decision,
    DuplicateVerdict,
    Finding,
    Grade,
    Invoice,
    InvoiceDuplicateLink,
    InvoiceLine,
)
from invoice_processor.selectors.filters import Days
from invoice_processor.selectors.invoices import invoices_of

Cell = str | int | Decimal | dt.date | None
Row = tuple[Cell, ...]
AT_ONCE = 1000
NOTHING = Decimal(0)
HEADS = ("taxable_value", "cgst", "sgst", "igst", "cess", "grand_total")
SURE = ("same_file", "same_irn", "same_number")
AGES = ((0, 15), (16, 30), (31, 45), (46, 60), (61, None))
LONGEST_AGREED = 45  # days a micro or small enterprise may be made to wait by agreement; see gst.msme


class Kind(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    BELOW = "below"  # more of the column before it
    STATE = "state"  # the code of a State, below as well
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Report:
    """One table; its rows come as they are asked for, and once only."""

    title: str
    about: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Iterable[Row]
    totals: Row | None = None  # below the rows, a cell a column
    leads_to: str = ""  # what a first cell of each row, which belongs to no column, names: invoice, vendor, …

    def bare_rows(self) -> Iterable[Row]:
        """The rows with a cell a column."""
        return (row[1:] for row in self.rows) if self.leads_to else self.rows


def _columns(text: str) -> tuple[tuple[str, Kind], ...]:
    """Columns written as ``Label:kind``, apart by ``|``."""
    parts = (part.partition(":") for part in text.split("|"))
    return tuple((label, Kind(kind or "text")) for label, _, kind in parts)


def bought(organisation: Organisation, days: Days) -> "QuerySet[Invoice]":
    """Bills of a period, and credit notes."""
    counts = Q(in_history=True) | (Q(kind=DocumentKind.CREDIT_NOTE) & ~Q(decision=Decision.REJECTED))
    found = invoices_of(organisation).filter(counts, currency="INR")
    found = found.filter(date__gte=days.first) if days.first else found
    return found.filter(date__lte=days.last) if days.last else found


def _sign(path: str = "") -> Case:
    """A credit note takes away."""
    return Case(When(**{f"{path}kind": DocumentKind.CREDIT_NOTE}, then=Value(-1)), default=Value(1))


def _sum(column: str, path: str = "") -> Coalesce:
    return Coalesce(Sum(F(column) * _sign(path)), Value(NOTHING))


def register(organisation: Organisation, days: Days) -> Report:
    """Every bill with its tax heads."""
    found = bought(organisation, days)
    totals = found.aggregate(**{f"sum_{head}": _sum(head) for head in HEADS})
    columns = "Date:date|Place of supply:state|Number|Kind:below|Vendor|GSTIN:below|Taxable value:money"
    return Report(
        "Purchase register",
        "Every bill by its date, with the heads of tax; credit notes are negative.",
        _columns(f"{columns}|CGST:money|SGST/UTGST:money|IGST:money|Cess:money|Total:money"),
        _register_rows(found),
        (None, "", "Total", "", "", "", *totals.values()),
        leads_to="invoice",
    )


def _register_rows(found: "QuerySet[Invoice]") -> Iterator[Row]:
    for invoice in found.order_by("date", "pk").iterator(chunk_size=AT_ONCE):
        sign = -1 if invoice.kind == DocumentKind.CREDIT_NOTE else 1
        amounts = (getattr(invoice, head) for head in HEADS)
        yield (
            *(invoice.pk, invoice.date, invoice.place_of_supply, invoice.number),
            *(invoice.kind.replace("_", " ").capitalize(), invoice.vendor_name, invoice.vendor_gstin),
            *(None if amount is None else amount * sign for amount in amounts),
        )


def _lines(organisation: Organisation, days: Days) -> "QuerySet[InvoiceLine]":
    return InvoiceLine.objects.filter(invoice__in=bought(organisation, days)).order_by()


def by_rate(organisation: Organisation, days: Days) -> Report:
    """Taxable value and tax by rate."""
    rows = [
        (rate, invoices, value, to_paisa(value * rate / 100) if rate is not None else None)
        for rate, invoices, value in _lines(organisation, days)
        .values_list("gst_rate")
        .annotate(n=Count("invoice", distinct=True), value=_sum("amount", "invoice__"))
        .order_by("gst_rate")
    ]
    tax = sum((row[3] for row in rows if row[3] is not None), NOTHING)
    return Report(
        "By tax rate",
        "Lines by the rate printed on them; the tax is worked out from it. Lines without a rate stand apart.",
        _columns("GST rate (%):number|Invoices:number|Taxable value:money|Tax at this rate:money"),
        rows,
        (None, None, sum((row[2] for row in rows), NOTHING), tax),
    )


def by_code(organisation: Organisation, days: Days) -> Report:
    """Spend by HSN or SAC code."""
    found = (
        _lines(organisation, days)
        .values_list("hsn_sac")
        .annotate(n=Count("invoice", distinct=True), lines=Count("pk"), value=_sum("amount", "invoice__"))
        .order_by("-value")
    )
    rows = [(code, code or "No code", _meaning(code), *rest) for code, *rest in found]
    return Report(
        "By HSN and SAC code",
        "Taxable value of the lines by code.",
        _columns("Code|Description:below|Invoices:number|Lines:number|Taxable value:money"),
        rows,
        ("Total", "", None, sum(row[4] for row in rows), sum((row[5] for row in rows), NOTHING)),
        leads_to="code",
    )


def _meaning(code: str) -> str:
    """What a code stands for; where that is just "other", or nothing, what the code above it does."""
    found = [entry.description.rstrip(" :") for entry in (hsn.get(code), *hsn.parents(code)[::-1]) if entry]
    telling = (text for text in found if text.casefold() not in ("other", "others"))
    return next(telling, "").capitalize()


def by_vendor(organisation: Organisation, days: Days) -> Report:
    """Spend by vendor."""
    tax = sum((_sum(head) for head in HEADS[2:5]), _sum("cgst"))
    rows = list(
        bought(organisation, days)
        .order_by()
        .values_list("vendor_gstin")
        .annotate(
            name=Max("vendor_name"),
            gstin=F("vendor_gstin"),
            n=Count("pk"),
            risky=Count("pk", filter=Q(health_grade=Grade.AT_RISK)),
            value=_sum("taxable_value"),
            tax=tax,
            total=_sum("grand_total"),
        )
        .order_by("-total")
    )
    return Report(
        "By vendor",
        "Spend by the vendor's GSTIN, the largest first; vendors without one stand together.",
        _columns(
            "Vendor|GSTIN:below|Invoices:number|At risk:number|Taxable value:money|Tax:money|Total:money"
        ),
        rows,
        ("Total", "", *(sum((row[place] for row in rows), zero) for place, zero in _TOTALLED)),
        leads_to="vendor",
    )


_TOTALLED = ((3, 0), (4, 0), (5, NOTHING), (6, NOTHING), (7, NOTHING))


def by_finding(organisation: Organisation, days: Days) -> Report:
    """What was wrong, how often."""
    known = entries()
    found = (
        Finding.objects.filter(invoice__in=bought(organisation, days))
        .order_by()
        .values_list("rule", "severity")
        .annotate(
            n=Count("invoice", distinct=True), value=Coalesce(Sum("invoice__grand_total"), Value(NOTHING))
        )
        .order_by("-n")
    )
    rows = [
        (
            rule,
            known[rule].title if rule in known else rule,
            known[rule].source if rule in known else "",
            severity.capitalize(),
            number,
            value,
        )
        for rule, severity, number, value in found
    ]
    return Report(
        "Findings",
        "Kinds of findings, the commonest first, with the value of the invoices that have them.",
        _columns("Finding|Source:below|Severity|Invoices:number|Value of invoices:money"),
        rows,
        leads_to="finding",
    )


def duplicates(organisation: Organisation, days: Days) -> Report:
    """Papers that would have been paid twice."""
    is_one = Q(verdict=DuplicateVerdict.DUPLICATE) | Q(verdict="", reason__in=SURE)
    links = InvoiceDuplicateLink.objects.filter(
        is_one, invoice__in=_dated(invoices_of(organisation), days), original__deleted_at=None
    ).exclude(invoice__decision=Decision.APPROVED)
    first = links.order_by().values("invoice").annotate(link=Min("pk")).values("link")
    found = links.filter(pk__in=first).select_related("invoice", "original").order_by("-invoice__date", "-pk")
    rows = [
        (
            *(link.pk, link.invoice.date, link.invoice.vendor_name, link.invoice.number, str(link.original)),
            *("Confirmed" if link.verdict else "Waits for an answer", link.invoice.grand_total),
        )
        for link in found
    ]
    return Report(
        "Duplicates avoided",
        "Invoices that repeat an earlier one and were not approved: money that was not paid twice.",
        _columns("Date:date|Vendor|Number|Repeats|State|Not paid twice:money"),
        rows,
        (None, "Total", "", "", "", sum((row[-1] or NOTHING for row in rows), NOTHING)),
        leads_to="duplicate",
    )


def _dated(invoices: "QuerySet[Invoice]", days: Days) -> "QuerySet[Invoice]":
    invoices = invoices.filter(date__gte=days.first) if days.first else invoices
    return invoices.filter(date__lte=days.last) if days.last else invoices


def ageing(organisation: Organisation, days: Days) -> Report:
    """Approved and open bills by age, by vendor."""
    today = timezone.localdate()
    found = bought(organisation, days).exclude(date=None).order_by()
    buckets = {f"age_{start}": _within(today, start, end) for start, end in AGES}
    rows = list(
        found.values_list("vendor_gstin")
        .annotate(
            name=Max("vendor_name"),
            gstin=F("vendor_gstin"),
            n=Count("pk"),
            **buckets,
            total=_sum("grand_total"),
        )
        .order_by("-total")
    )
    heads = "|".join(
        f"{start} to {end} days:money" if end else f"Over {start - 1} days:money" for start, end in AGES
    )
    totals = [sum((row[place] for row in rows), NOTHING) for place in range(4, 5 + len(AGES))]
    return Report(
        "Ageing",
        "Bills by the days since their date. The desk does not know what was paid.",
        _columns(f"Vendor|GSTIN:below|Invoices:number|{heads}|Total:money"),
        rows,
        ("Total", "", sum(row[3] for row in rows), *totals),
        leads_to="vendor",
    )


def _within(today: dt.date, start: int, end: int | None) -> Coalesce:
    latest = Q(date__lte=today - dt.timedelta(days=start)) if start else Q()
    earliest = Q(date__gte=today - dt.timedelta(days=end)) if end is not None else Q()
    return Coalesce(Sum(F("grand_total") * _sign(), filter=latest & earliest), Value(NOTHING))


def due_dates(organisation: Organisation, days: Days) -> Report:
    """By when a micro or small enterprise must be paid."""
    return Report(
        "MSME due dates",
        "If the vendor is a micro or small enterprise, the expense counts only when it is paid in time "
        "(section 43B(h) of the Income-tax Act, section 15 of the MSMED Act). The days run from acceptance; "
        "the invoice's date stands for it here.",
        _columns(
            "Date:date|Number|Vendor|GSTIN:below|Total:money|Pay by, unless agreed:date|At the latest:date"
        ),
        _due_rows(bought(organisation, days).filter(in_history=True).exclude(date=None)),
        leads_to="invoice",
    )


def _due_rows(found: "QuerySet[Invoice]") -> Iterator[Row]:
    for invoice in found.order_by("date", "pk").iterator(chunk_size=AT_ONCE):
        if invoice.date:
            yield (
                *(invoice.pk, invoice.date, invoice.number, invoice.vendor_name, invoice.vendor_gstin),
                *(invoice.grand_total, msme.pay_by(invoice.date), msme.pay_by(invoice.date, LONGEST_AGREED)),
            )


REPORTS: dict[str, Callable[[Organisation, Days], Report]] = {
    "register": register,
    "rates": by_rate,
    "codes": by_code,
    "vendors": by_vendor,
    "findings": by_finding,
    "duplicates": duplicates,
    "ageing": ageing,
    "msme": due_dates,
}
"""All reports, by their name in the address."""
