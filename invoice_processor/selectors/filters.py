"""Which invoices a person wants to see: the filters of inbox, dashboard and exports."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from invoice_processor import search
from invoice_processor.models import Batch, Finding, Invoice, InvoiceLine, InvoiceState
from invoice_processor.selectors.duplicates import links

SLACK = dt.timedelta(hours=1)
"""By which the order of ids may differ from that of receipt, since several are taken in at once."""
FEW = 5000
"""Invoices that are fetched and sorted in no time."""
OPEN = "open"
"""A decision that nobody has taken yet."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None is without end."""

    first: dt.date | None = None
    last: dt.date | None = None

    def moments(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """The first moment, and the first one afterwards, in the desk's time zone."""
        after = self.last + dt.timedelta(days=1) if self.last else None
        return _midnight(self.first), _midnight(after)


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None


EVER = Days()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFilter:
    """What is asked of invoices; everything that is left out is not asked."""

    text: str = ""
    states: tuple[InvoiceState, ...] = ()
    grade: str = ""  # invoice_processor.models.Grade
    certainty: tuple[int, int] | None = None  # percent, from and to
    verification: str = ""
    decision: str = ""  # a Decision, or OPEN
    vendor: str = ""  # GSTIN
    dated: Days = EVER  # by the date on the invoice
    received: Days = EVER
    batch: int | None = None
    rule: str = ""
    category: str = ""  # chapter of the HSN or SAC code
    assigned_to: int | None = None
    is_unassigned: bool = False
    uploaded_by: int | None = None
    is_spend: bool = False  # counts as money spent: see invoice_processor.tallies
    is_held: bool = False  # looks like a duplicate, and nobody has said whether it is one

    def apply(self, invoices: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
        """Those invoices that are wanted."""
        invoices = invoices.filter(*self._conditions(), *self._ids(invoices))
        return search.found(invoices, self.text) if self.text else invoices

    def _conditions(self) -> Iterator[Q]:
        yield from self._columns()
        yield from self._days()
        # By the ids that an index gives: asking each invoice whether it has one takes a scan where few do.
        if self.rule:
            yield Q(pk__in=Finding.objects.filter(rule=self.rule).values("invoice"))
        if self.category:
            codes = Q(hsn_sac__gte=self.category, hsn_sac__lt=f"{self.category}:")  # ":" follows "9"
            yield Q(pk__in=InvoiceLine.objects.filter(codes).values("invoice"))
        if self.is_held:
            yield Q(pk__in=links("").values("invoice"))

    def _columns(self) -> Iterator[Q]:
        exact = {
            "health_grade": self.grade,
            "verification": self.verification,
            "decision": "" if self.decision == OPEN else self.decision,
            "vendor_gstin": self.vendor,
            "batch": self.batch,
            "assigned_to": self.assigned_to,
        }
        yield Q(**{column: value for column, value in exact.items() if value})
        if self.states:
            yield Q(state__in=self.states)
        if self.decision == OPEN:
            yield Q(decision="")
        if self.certainty:
            yield Q(confidence__range=self.certainty)
        if self.uploaded_by:
            yield sent_in_by(self.uploaded_by)
        if self.is_unassigned:
            yield Q(assigned_to=None)
        if self.is_spend:
            yield Q(in_history=True, currency="INR")

    def _ids(self, invoices: "QuerySet[Invoice]") -> Iterator[Q]:
        """Where in the order of ids the days of receipt lie, so that a list in that order starts there."""
        since, until = self.received.moments()
        if since:
            yield Q(
                pk__gte=invoices.filter(created_at__gte=since - SLACK).order_by("created_at").values("pk")[:1]
            )
        if until:
            yield Q(
                pk__lte=invoices.filter(created_at__lt=until + SLACK).order_by("-created_at").values("pk")[:1]
            )

    def _days(self) -> Iterator[Q]:
        since, until = self.received.moments()
        ends = {
            "date__gte": self.dated.first,
            "date__lte": self.dated.last,
            "created_at__gte": since,
            "created_at__lt": until,
        }
        yield Q(**{end: day for end, day in ends.items() if day})


def sent_in_by(user_id: int) -> Q:
    """The condition that a person has sent an invoice in.

    Of somebody who has sent in little these are fetched; of others the newest are come upon soon, while
    fetching and sorting all would take long. The databases do not tell the two apart.
    """
    own = Batch.objects.filter(created_by=user_id)
    if (own.aggregate(files=Sum("expected_files"))["files"] or 0) < FEW:
        return Q(batch__in=list(own.values_list("pk", flat=True)))
    return Q(Exists(own.filter(pk=OuterRef("batch"))))
