"""Any list of invoices as a file."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from invoice_processor.models import Invoice
from invoice_processor.selectors.duplicates import held_back, without_open_question
from invoice_processor.services.exports import as_csv, as_json, as_xlsx
from web.desk import DeskRequest, member
from web.downloads import download
from web.lists import list_url, listing
from web.wording import FORMATS

STREAMS: dict[str, Callable[["QuerySet[Invoice]"], Iterator[str] | Iterator[bytes]]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_xlsx,
}


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
    asked, duplicates = held_back(invoices) if "confirmed" not in request.GET else (0, 0)
    if asked or duplicates:
        context = {
            "held": asked,
            "duplicates": duplicates,
            "left": free.count(),
            "kind": FORMATS[kind],
            "go_on": f"{request.get_full_path()}&confirmed=yes",
            "back": list_url(shown.query()),
            "show_held": list_url(urlencode({"held": "on"})),
        }
        return render(request, "web/export_held.html", context)
    return download("invoices", kind, STREAMS[kind](free))
