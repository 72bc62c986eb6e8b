"""Reports on screen and as files."""

import datetime as dt
from itertools import islice

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from invoice_processor.selectors.filters import Days
from invoice_processor.selectors.reports import REPORTS, Report
from invoice_processor.services.spreadsheets import csv_lines
from invoice_processor.services.workbooks import xlsx_pieces
from web.desk import DeskRequest, member
from web.downloads import download
from web.inbox_forms import PeriodForm
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
    context = {
        "name": name,
        "names": REPORT_NAMES,
        "report": report,
        "rows": rows[:SHOWN],
        "is_cut": len(rows) > SHOWN,
        "days": days,
        "months": months(today),
    }
    return render(request, "web/reports.html", context)


def months(today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The last months, each from its first day to its last, this one first."""
    found = []
    last = today
    for _ in range(6):
        first = last.replace(day=1)
        found.append((first, last))
        last = first - dt.timedelta(days=1)
    return found


def as_file(report: Report, name: str, kind: str) -> HttpResponseBase:
    """The whole report as a file to keep."""
    heading = [label for label, _ in report.columns]
    if kind == "csv":
        return download(f"report-{name}", kind, csv_lines(heading, report.rows))
    return download(f"report-{name}", kind, xlsx_pieces([(report.title, heading, report.rows)]))
