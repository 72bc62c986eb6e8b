"""Vendors: the list, the page of one, importing a list and exporting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from invoice_processor.selectors import vendors as ask
from invoice_processor.selectors.verification import number_waiting
from invoice_processor.services import vendor_exports
from invoice_processor.services.tables import UnreadableTable
from invoice_processor.services.vendor_imports import compare, draft, drafted, keep
from invoice_processor.services.vendor_lists import read_list
from invoice_processor.services.verification import NotAGstin, watch
from web.desk import DeskRequest, may, member
from web.downloads import download
from web.vendor_forms import GstinForm, VendorFileForm, VendorListForm
from web.vendor_wording import ORDERS, SHOWS

LATEST = 10  # invoices on a vendor's page
MOST_SHOWN = 100  # rows of a list, before it is kept


@require_safe
@member
def vendors(request: DeskRequest) -> HttpResponse:
    """All vendors: searched, filtered, sorted, 50 a page."""
    wanted = VendorListForm(request.GET).wanted()
    mine = ask.vendors_of(request.organisation)
    found = ask.matching(mine, wanted["q"], wanted["show"])
    carried = {"q": wanted["q"], "order": request.GET.get("order", "")}
    context = {
        "wanted": wanted,
        "page": ask.vendor_page(found, request.organisation, wanted["order"], wanted["start"]),
        "shows": [(key, label, query(carried | {"show": key})) for key, label in SHOWS.items()],
        "orders": ORDERS.items(),
        "query": query({"q": wanted["q"], "show": wanted["show"]}),
        "waiting": number_waiting(request.organisation),
        "empty": not wanted["q"] and not wanted["show"] and not mine.exists(),
    }
    return render(request, "web/vendors.html", context)


def query(values: dict[str, str]) -> str:
    """An address's query without what is empty."""
    return urlencode({name: value for name, value in values.items() if value})


@require_safe
@member
def vendor(request: DeskRequest, gstin: str) -> HttpResponse:
    """One vendor: its registration, invoices, months, findings and prices."""
    found = get_object_or_404(ask.vendors_of(request.organisation), gstin=gstin)
    (row,) = ask.with_records(request.organisation, [found])
    context = {
        "row": row,
        "vendor": found,
        "record": row.record,
        "invoices": ask.invoices_from(request.organisation, gstin)[:LATEST],
        "months": ask.spend_by_month(request.organisation, gstin, timezone.localdate()),
        "findings": ask.findings_about(request.organisation, gstin),
        "prices": ask.prices_of(request.organisation, gstin),
    }
    return render(request, "web/vendor.html", context)


@require_POST
@may(Permission.VERIFY)
def add(request: DeskRequest) -> HttpResponse:
    """Put a GSTIN on the list before there is an invoice, to verify it."""
    form = GstinForm(request.POST)
    try:
        added = watch(request.organisation, form.cleaned_data["gstin"] if form.is_valid() else "")
    except NotAGstin:
        typed = request.POST.get("gstin", "")[:30]
        messages.error(request, f"“{typed}” is not a valid GSTIN: check it character by character.")
        return redirect("web:vendors")
    return redirect("web:vendor", added.gstin)


@require_safe
@member
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as it is filtered, as CSV or XLSX."""
    wanted = VendorListForm(request.GET).wanted()
    found = ask.matching(ask.vendors_of(request.organisation), wanted["q"], wanted["show"])
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    pieces = vendor_exports.as_xlsx if kind == "xlsx" else vendor_exports.as_csv
    return download("vendors", kind, pieces(request.organisation, found))


@require_http_methods(["GET", "HEAD", "POST"])
@may(Permission.VERIFY)
def import_list(request: DeskRequest) -> HttpResponse:
    """Read a vendor list, and show what keeping it would change."""
    form = VendorFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/vendor_import.html", {"form": form})
    try:
        listed = read_list(form.cleaned_data["file"].read())
    except UnreadableTable as error:
        form.add_error("file", str(error))
        return render(request, "web/vendor_import.html", {"form": form})
    context = {
        "name": form.cleaned_data["file"].name,
        "listed": listed,
        "changes": compare(request.organisation, listed.vendors),
        "problems": listed.problems[:MOST_SHOWN],
        "token": draft(request.user, listed),
    }
    return render(request, "web/vendor_import_check.html", context)


@require_POST
@may(Permission.VERIFY)
def keep_list(request: DeskRequest) -> HttpResponse:
    """Keep the list that was shown."""
    listed = drafted(request.user, request.POST.get("token", ""))
    if listed is None:
        messages.error(request, "The list has waited too long: choose the file again.")
        return redirect("web:vendor-import")
    changes = keep(request.organisation, request.user, listed.vendors)
    told = f"{len(changes.new)} new, {len(changes.changed)} changed, {changes.same} as before."
    if listed.problems:
        told += f" {len(listed.problems)} rows were not taken."
    messages.success(request, f"The list is imported: {told}")
    return redirect("web:vendors")
