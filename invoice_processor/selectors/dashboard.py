"""What the start page tells. Every figure is that of a list: the filter behind it gives the same number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db.models import Count, F, Max, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import Organisation
from compliance.catalogue import entries
from compliance.findings import Severity
from invoice_processor import tallies
from invoice_processor.models import Batch, Event, Grade, Invoice, InvoiceState, Subject
from invoice_processor.selectors.filters import OPEN, Days, InvoiceFilter
from invoice_processor.selectors.invoices import invoices_of

MOST = 6  # rows of each card
TO_REVIEW = (InvoiceState.HAS_ANOMALIES, InvoiceState.NEEDS_REVIEW)
AWAITING = InvoiceFilter(states=TO_REVIEW, decision=OPEN)
AT_RISK = InvoiceFilter(grade=Grade.AT_RISK, decision=OPEN)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many invoices, and what they are worth: rupees of those that count as spend."""

    invoices: int
    value: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """Invoices received on one day, or in the week or month that begins on it, by their health."""

    day: dt.date
    healthy: int
    review: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of a card: what it is of, and its name where the key does not tell."""

    key: str
    invoices: int
    value: Decimal
    name: str = ""


def total(rows: Iterable[tallies.Row]) -> Figure:
    """Several counts as one."""
    figures = list(rows)
    return Figure(
        sum(row.invoices for row in figures),
        sum((row.value for row in figures), Decimal(0)),
        sum((row.tax for row in figures), Decimal(0)),
    )


def now(organisation: Organisation, stale: tallies.Stale) -> tuple[Figure, Figure]:
    """What awaits review, and what is at risk and not decided, of all invoices there are."""
    rows = tallies.read(organisation.pk, Subject.STATE, by=("key", "grade", "decision"), stale=stale)
    undecided = [row for row in rows if not row.decision]
    awaiting = total(row for row in undecided if row.key in TO_REVIEW)
    return awaiting, total(row for row in undecided if row.grade == Grade.AT_RISK)


def received(organisation: Organisation, days: Days, stale: tallies.Stale) -> tuple[Figure, list[Day]]:
    """Invoices received in some days: all together, and day by day."""
    read = partial(
        tallies.read, organisation.pk, Subject.STATE, first=days.first, last=days.last, stale=stale
    )
    rows = read(by=("day", "grade"), figures=("invoices",))
    counts: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    step = _step(days, [row.day for row in rows if row.day])
    for row in rows:
        if row.day:
            counts[step(row.day)][row.grade] += row.invoices
    return total(read(by=("grade",))), [
        Day(day, found[Grade.HEALTHY], found[Grade.REVIEW], found[Grade.AT_RISK])
        for day, found in _without_gaps(counts, days, step)
    ]


class _Step:
    """Days put together to weeks or months, so that a chart has no more bars than a person can read."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, day: dt.date) -> dt.date:
        if self.length <= 92:
            return day
        return day - dt.timedelta(days=day.weekday()) if self.length <= 400 else day.replace(day=1)


def _step(days: Days, found: list[dt.date]) -> _Step:
    first, last = days.first or min(found, default=None), days.last or max(found, default=None)
    return _Step((last - first).days if first and last else 0)


def _without_gaps(
    counts: dict[dt.date, dict[str, int]], days: Days, step: _Step
) -> list[tuple[dt.date, dict[str, int]]]:
    """The counts in order, with the days on which nothing came."""
    if not counts:
        return []
    first = step(days.first) if days.first else min(counts)
    last = days.last or max(counts)
    stops = sorted({step(first + dt.timedelta(days=n)) for n in range((last - first).days + 1)})
    return [(stop, counts[stop]) for stop in stops]


def by_category(organisation: Organisation, days: Days, stale: tallies.Stale) -> list[Share]:
    """Spend by chapter of the HSN and SAC codes, the largest first."""
    return sorted(_shares(organisation, Subject.CATEGORY, days, stale), key=lambda share: -share.value)[:MOST]


def by_rule(organisation: Organisation, days: Days, stale: tallies.Stale) -> list[Share]:
    """Invoices with each kind of finding, the commonest first; what is only good to know is left out."""
    serious = {rule for rule, entry in entries().items() if entry.severity is not Severity.INFO}
    found = (share for share in _shares(organisation, Subject.RULE, days, stale) if share.key in serious)
    return sorted(found, key=lambda share: -share.invoices)[:MOST]


def _shares(organisation: Organisation, subject: Subject, days: Days, stale: tallies.Stale) -> list[Share]:
    rows = tallies.read(
        organisation.pk,
        subject,
        first=days.first,
        last=days.last,
        by=("key",),
        stale=stale,
        figures=("invoices", "value"),
    )
    return [Share(row.key, row.invoices, row.value) for row in rows if row.key]


def top_vendors(organisation: Organisation, days: Days) -> list[Share]:
    """The vendors with the largest spend in some days. It looks at each invoice of these days."""
    spent = InvoiceFilter(is_spend=True, received=days).apply(invoices_of(organisation))
    # A computed key, else SQLite walks through all invoices in the order of vendors.
    found = (
        spent.exclude(vendor_gstin="")
        .order_by()
        .values_list(Coalesce(F("vendor_gstin"), Value("")))
        .annotate(invoices=Count("pk"), value=Coalesce(Sum("grand_total"), Value(Decimal(0))))
        .annotate(name=Max("vendor_name"))
        .order_by("-value")[:MOST]
    )
    return [Share(*row) for row in found]


def red_flags(organisation: Organisation) -> "QuerySet[Invoice]":
    """The newest invoices at risk that nobody has decided."""
    return AT_RISK.apply(invoices_of(organisation)).order_by("-pk")[:MOST]


def activity(organisation: Organisation) -> "QuerySet[Event]":
    """What people did lately."""
    events = Event.objects.filter(organisation=organisation, actor__isnull=False)
    return events.select_related("actor", "invoice").order_by("-pk")[:MOST]


def batches_under_way(organisation: Organisation) -> list[Batch]:
    """The newest batches that are not finished."""
    return list(Batch.objects.filter(organisation=organisation, finished_at=None).order_by("-pk")[:3])


def is_empty(organisation: Organisation) -> bool:
    """Whether there is no invoice yet."""
    return not invoices_of(organisation).exists()
