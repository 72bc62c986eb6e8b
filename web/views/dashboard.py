"""The start page: what waits, what is at risk, what came in."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from invoice_processor.selectors import dashboard as figures
from invoice_processor.selectors.filters import Days
from invoice_processor.selectors.progress import progress_of
from invoice_processor.tallies import Stale
from web.desk import DeskRequest, member
from web.inbox_forms import PeriodForm
from web.live import Part, answer, live


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the page is about."""

    key: str
    label: str
    days: Days

    @property
    def query(self) -> str:
        """The period as the filter of a list has it."""
        ends = {"received_from": self.days.first, "received_to": self.days.last}
        return urlencode({name: day.isoformat() for name, day in ends.items() if day})

    @property
    def address(self) -> str:
        """The period as this page's own address has it."""
        if self.key != "own":
            return urlencode({"period": self.key})
        ends = {"first": self.days.first, "last": self.days.last}
        return urlencode({name: day.isoformat() for name, day in ends.items() if day})


def periods(today: dt.date) -> list[Period]:
    """The periods to choose from; the first one is shown unless another one is asked for."""
    year = today.year if today.month > 3 else today.year - 1
    since = {
        "30d": ("Last 30 days", today - dt.timedelta(days=29)),
        "7d": ("Last 7 days", today - dt.timedelta(days=6)),
        "month": ("This month", today.replace(day=1)),
        "90d": ("Last 90 days", today - dt.timedelta(days=89)),
        "fy": ("This financial year", dt.date(year, 4, 1)),
        "all": ("All time", None),
    }
    return [
        Period(key, label, Days(first, today if first else None)) for key, (label, first) in since.items()
    ]


def period_of(request: DeskRequest) -> Period:
    """The period that the address asks for."""
    form = PeriodForm(request.GET)
    form.is_valid()
    first, last = form.cleaned_data.get("first"), form.cleaned_data.get("last")
    if first or last:
        return Period("own", "Other dates", Days(first, last))
    known = periods(timezone.localdate())
    return next((period for period in known if period.key == request.GET.get("period")), known[0])


@require_safe
@member
def dashboard(request: DeskRequest) -> HttpResponse:
    """Figures, charts and lists of one period."""
    period = period_of(request)
    if figures.is_empty(request.organisation):
        return render(request, "web/start.html")
    context = {
        "period": period,
        "periods": periods(timezone.localdate()),
        "live": part(request, period).html,
    }
    return render(request, "web/dashboard.html", context)


@require_safe
@member
def live_dashboard(request: DeskRequest) -> HttpResponse:
    """The figures alone, while a batch runs."""
    return answer(request, part(request, period_of(request)))


@require_safe
@member
def vendors(request: DeskRequest) -> HttpResponse:
    """The card of vendors, which comes after the page: it looks at every invoice of the period."""
    period = period_of(request)
    context = {"period": period, "vendors": figures.top_vendors(request.organisation, period.days)}
    return render(request, "web/_dashboard_vendors.html", context)


def part(request: DeskRequest, period: Period) -> Part:
    """All cards."""
    batches = figures.batches_under_way(request.organisation)
    progress = progress_of(batches)
    context = {
        "period": period,
        "batches": [(batch, progress[batch.pk]) for batch in batches],
        **cards(request.organisation, period),
    }
    url = f"{reverse('web:dashboard-live')}?{period.address}"
    return live(request, "web/_dashboard.html", context, url=url, on=bool(batches), every=5)


def cards(organisation: Organisation, period: Period) -> dict[str, Any]:
    """What the cards show."""
    stale = Stale(organisation.pk)
    awaiting, at_risk = figures.now(organisation, stale)
    processed, days = figures.received(organisation, period.days, stale)
    return {
        "awaiting": awaiting,
        "at_risk": at_risk,
        "processed": processed,
        "days": days,
        "chart": {
            "labels": [day.day.isoformat() for day in days],
            "healthy": [day.healthy for day in days],
            "review": [day.review for day in days],
            "at_risk": [day.at_risk for day in days],
        },
        "categories": figures.by_category(organisation, period.days, stale),
        "rules": figures.by_rule(organisation, period.days, stale),
        "is_behind": stale.is_cut,
        "red_flags": figures.red_flags(organisation),
        "activity": figures.activity(organisation),
    }
