"""The page of one invoice: the document beside what it says, to be checked, corrected and decided."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Membership
from accounts.permissions import Permission, allows
from extraction.amend.amended import LINES, blank
from extraction.reading import Reading
from gst.states import all_states
from invoice_processor.jobs import transitions
from invoice_processor.judging.versions import standing, suggestions
from invoice_processor.models import Invoice, InvoiceState, InvoiceVersion
from invoice_processor.selectors.invoices import UNDER_WAY, in_file, invoices_of, with_everything
from invoice_processor.services.approval import obstacles
from web.desk import DeskRequest, member, uploader
from web.lists import list_url
from web.live import Part, answer, live
from web.review.concerns import concerns
from web.review.fields import NOTHING_WRONG, Wrong, groups, loose, told_once
from web.review.history import history
from web.review.lines import Grid, grid
from web.templatetags.desk import state_name
from web.trail import is_upside_down, neighbours

CURRENCIES = ("INR", "USD", "EUR", "GBP", "AED", "SGD", "JPY")
"""Offered while a person types; any other is kept as well."""

PARTS = ("divider", "keyboard", "panel", "lines", "paste", "parts", "saving", "picker", "viewer")
SCRIPTS = tuple(f"web/js/review/{name}.js" for name in PARTS)
"""What the page's script imports: fetched at once, not one after the other."""


@require_safe
@member
def invoice(request: DeskRequest, pk: int) -> HttpResponse:
    """One invoice, and the way to the next of the list from which one came."""
    invoice = found(request, pk)
    query = request.GET.get("list", "")[:2000]
    context = {
        "invoice": invoice,
        "live": part(request, invoice).html,
        "list": query,
        "list_url": list_url("" if is_upside_down(query) else query),
        "near": neighbours(request.membership, query, invoice),
        "states": [state_name(code) for code in all_states()],
        "currencies": CURRENCIES,
        "scripts": SCRIPTS,
    }
    return render(request, "web/review.html", context)


@require_safe
@member
def live_invoice(request: DeskRequest, pk: int) -> HttpResponse:
    """What was read and found, until the invoice is finished."""
    return answer(request, part(request, found(request, pk)))


def part(request: DeskRequest, invoice: Invoice) -> Part:
    """The part beside the document; it renews itself while the invoice is under way."""
    url = reverse("web:invoice-live", args=[invoice.pk])
    on = invoice.state in UNDER_WAY
    return live(request, "web/review/_panel.html", panel_context(request, invoice), url=url, on=on)


def panel(request: DeskRequest, pk: int, **outcome: Any) -> HttpResponse:
    """The part beside the document after something was done; ``outcome`` says what came of it."""
    invoice = found(request, pk)
    return render(request, "web/review/_panel.html", panel_context(request, invoice, **outcome))


def panel_context(
    request: DeskRequest,
    invoice: Invoice,
    *,
    wrong: Wrong = NOTHING_WRONG,
    lines: Grid | None = None,
    **outcome: Any,
) -> dict[str, Any]:
    """All that the part shows."""
    read, basis = standing(invoice)
    reading = read or blank()
    offered = suggestions(invoice, reading)
    findings = told_once(invoice.findings.all())
    parts, table = groups(reading, findings, offered, wrong), lines or grid(reading)
    of_lines = [finding for finding in findings if finding.field == LINES]
    may_review = allows(request.membership.role, Permission.REVIEW)
    return outcome | {
        "invoice": invoice,
        "list": (request.GET.get("list") or request.POST.get("list", ""))[:2000],
        "reading": reading,
        "basis": basis,
        "is_awaited": read is None and invoice.state in UNDER_WAY,
        "concerns": concerns(parts, table, of_lines) if read and not invoice.decision else [],
        "groups": parts,
        "findings": loose(findings),
        "grid": table,
        "line_findings": of_lines,
        "new_lines": next((one for one in offered if one.field == LINES), None),
        "history": history(invoice),
        "may_review": may_review,
        "may_edit": may_review and not invoice.decision and invoice.state not in UNDER_WAY,
        "may_decide": allows(request.membership.role, Permission.APPROVE),
        "obstacles": [] if invoice.decision else obstacles(invoice, request.membership),
        "members": reviewers(request),
        "was_read": invoice.reading_id is not None,
        "in_file": in_file(invoice) if is_one_of_several(invoice, reading) else [],
    }


def is_one_of_several(invoice: Invoice, reading: Reading) -> bool:
    """Whether the file holds other invoices too."""
    return invoice.first_page > 1 or any(warning.code == "several_invoices" for warning in reading.warnings)


def reviewers(request: DeskRequest) -> list[Membership]:
    """The members to whom an invoice can be assigned."""
    members = request.organisation.memberships.select_related("user").order_by("user__first_name", "pk")
    return [member for member in members if allows(member.role, Permission.REVIEW)]


def found(request: DeskRequest, pk: int) -> Invoice:
    """An invoice of the organisation with all that its page shows."""
    invoices = with_everything(invoices_of(request.organisation))
    needed = invoices.select_related("decided_by", "assigned_to", "batch__created_by")
    versions = Prefetch("versions", InvoiceVersion.objects.defer("reading"))
    return get_object_or_404(needed.prefetch_related(versions).defer("reading__reading"), pk=pk)


@require_POST
@uploader
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Process a failed invoice again."""
    invoice = get_object_or_404(invoices_of(request.organisation), pk=pk)
    failed = invoices_of(request.organisation).filter(pk=pk, state=InvoiceState.FAILED)
    if transitions.retry(failed, request.user):
        messages.success(request, f"{invoice.original_name} is in the queue again.")
    else:
        messages.error(request, "Only an invoice that has failed can be retried.")
    return redirect("web:invoice", pk)
