"""Reports on screen and as files."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from gst import financial_year
from gst.financial_year import FinancialYear
from invoice_processor.selectors.filters import Days
from invoice_processor.selectors.reports import REPORTS, Report
from invoice_processor.services.spreadsheets import csv_lines
from invoice_processor.services.workbooks import xlsx_pieces
from web.desk import DeskRequest, member
from web.downloads import download
from web.inbox_forms import PeriodForm
from web.report_tables import headings, lines, totals
from web.wording import REPORT_NAMES

SHOWN = 200  # rows on screen; the files have all


@require_safe
@member
def reports(request: DeskRequest) -> HttpResponseBase:
    """One report of a period, this month's unless other days are asked for."""
    form = PeriodForm(request.GET)
    form.is_valid()
    today = timezone.localdate()
    days = Days(form.cleaned_data.get("first"), form.cleaned_data.get("last"))
    if not days.first and not days.last:
        days = Days(today.replace(day=1), today)
    name = request.GET.get("report", "")
    name = name if name in REPORTS else "register"
    report = REPORTS[name](request.organisation, days)
    if (kind := request.GET.get("format")) in ("csv", "xlsx"):
        return as_file(report, name, kind)
    rows = list(islice(report.rows, SHOWN + 1))
    choices = list(periods(today))
    context = {
        "name": name,
        "names": REPORT_NAMES,
        "report": report,
        "headings": headings(report),
        "lines": lines(report, rows[:SHOWN], days),
        "totals": totals(report),
        "is_cut": len(rows) > SHOWN,
        "days": days,
        "periods": choices,
        "period": next((label for label, choice in choices if choice == days), in_words(days)),
    }
    return render(request, "web/reports.html", context)


def periods(today: dt.date) -> Iterator[tuple[str, Days]]:
    """The last months, each from its first day to its last, this one first, and two financial years."""
    last = today
    for _ in range(6):
        first = last.replace(day=1)
        yield date_format(first, "M Y"), Days(first, last)
        last = first - dt.timedelta(days=1)
    year = financial_year.of(today)
    yield f"FY {year}", Days(year.first_day, today)
    before = FinancialYear(year.start - 1)
    yield f"FY {before}", Days(before.first_day, before.last_day)


def in_words(days: Days) -> str:
    """Days of one's own choice."""
    first, last = (date_format(day, "j M Y") if day else "…" for day in (days.first, days.last))
    return f"{first} to {last}"


def as_file(report: Report, name: str, kind: str) -> HttpResponseBase:
    """The whole report as a file to keep."""
    heading = [label for label, _ in report.columns]
    if kind == "csv":
        return download(f"report-{name}", kind, csv_lines(heading, report.bare_rows()))
    return download(f"report-{name}", kind, xlsx_pieces([(report.title, heading, report.bare_rows())]))
