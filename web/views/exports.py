"""Any list of invoices as a file."""

from tempfile import TemporaryFile

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from invoice_processor.models import Invoice
from invoice_processor.selectors.duplicates import open_question, without_open_question
from invoice_processor.services.exports import as_csv, as_json, as_xlsx, file_name
from web.desk import DeskRequest, member
from web.lists import list_url, listing
from web.wording import FORMATS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STREAMS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json")}


@require_safe
@member
def export(request: DeskRequest) -> HttpResponseBase:
    """The list of the address, or what is selected of it; first it is told what is held back, if anything is.

    Of a bulk form the list stands in ``list``, and ``everything`` means all of it.
    """
    kind = request.GET.get("format", "")
    kind = kind if kind in FORMATS else "xlsx"
    shown = listing(request.organisation, request.user.pk, request.GET.get("list") or request.GET)
    invoices = shown.invoices()
    ids = [int(pk) for pk in request.GET.getlist("selected") if pk.isdecimal() and len(pk) < 19]
    if ids and "everything" not in request.GET:
        invoices = invoices.filter(pk__in=ids)
    free = without_open_question(invoices)
    if "confirmed" not in request.GET and (held := invoices.exclude(pk__in=free.values("pk")).count()):
        asked = invoices.filter(open_question()).count()
        context = {
            "held": asked,
            "duplicates": held - asked,
            "left": free.count(),
            "kind": FORMATS[kind],
            "go_on": f"{request.get_full_path()}&confirmed=yes",
            "back": list_url(shown.query()),
            "show_held": list_url(urlencode({"held": "on"})),
        }
        return render(request, "web/export_held.html", context)
    return as_file(free, kind)


def as_file(invoices: "QuerySet[Invoice]", kind: str) -> HttpResponseBase:
    """Invoices as a file to keep."""
    name = file_name("invoices", kind)
    if kind == "xlsx":
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        as_xlsx(invoices, file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    rows, content_type = STREAMS[kind]
    response = StreamingHttpResponse(rows(invoices), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
