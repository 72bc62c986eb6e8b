"""Decisions from the review page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.permissions import Permission
from invoice_processor.judging.current import current_reading
from invoice_processor.models import DuplicateVerdict, InvoiceDuplicateLink
from invoice_processor.selectors.duplicates import links_in
from invoice_processor.selectors.invoices import invoices_of
from invoice_processor.services import decisions, duplicates
from invoice_processor.services.decisions import Refused
from web.desk import DeskRequest, may, member
from web.review.compared import compared
from web.review_forms import ApprovalForm, AssignForm, TextForm, VerdictForm
from web.trail import back_url, next_undecided
from web.views.corrections import MALFORMED, of
from web.views.review import panel


@require_POST
@may(Permission.APPROVE)
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    """Approve, and go to the next undecided invoice of the list."""
    invoice, form = of(request, pk), ApprovalForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    try:
        decisions.approve(invoice, request.membership, seen=form.cleaned_data["basis"])
    except Refused as error:
        return panel(request, pk, refused=str(error))
    messages.success(request, f"{invoice} is approved.")
    query = form.cleaned_data["list"]
    following = next_undecided(request.membership, query, invoice)
    if following is None:
        return HttpResponseClientRedirect(back_url(query))
    return HttpResponseClientRedirect(reverse("web:invoice", args=[following], query={"list": query}))


@require_POST
@may(Permission.APPROVE)
def reject(request: DeskRequest, pk: int) -> HttpResponse:
    """Reject with a reason."""
    return done(request, pk, lambda: decisions.reject(of(request, pk), request.membership, text_of(request)))


@require_POST
@may(Permission.APPROVE)
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    return done(request, pk, lambda: decisions.reopen(of(request, pk), request.membership))


@require_POST
@may(Permission.REVIEW)
def comment(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave a word for colleagues."""
    return done(request, pk, lambda: decisions.comment(of(request, pk), request.membership, text_of(request)))


@require_POST
@may(Permission.REVIEW)
def assign(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the invoice to a member, or to nobody."""
    invoice = of(request, pk)
    form = AssignForm(request.POST, request.organisation.memberships.select_related("user"))
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    return done(request, pk, lambda: decisions.assign(invoice, request.membership, form.to))


@require_safe
@member
def compare(request: DeskRequest, pk: int) -> HttpResponse:
    """Two invoices that look like one, side by side."""
    link = link_of(request, pk)
    rows = compared(link, current_reading(link.original), current_reading(link.invoice))
    context = {
        "link": link,
        "differing": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs],
        "list": request.GET.get("list", "")[:2000],
    }
    return render(request, "web/compare.html", context)


@require_POST
@may(Permission.REVIEW)
def verdict(request: DeskRequest, pk: int) -> HttpResponse:
    """Say whether two invoices are one."""
    link, form = link_of(request, pk), VerdictForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    said = DuplicateVerdict(form.cleaned_data["verdict"])
    if duplicates.decide(link, said, request.user):
        messages.success(request, f"Noted: {said.label.lower()}.")
    else:
        messages.success(request, "They no longer look like one invoice: there is nothing to decide.")
    query = {"list": form.cleaned_data["list"]} if form.cleaned_data["list"] else None
    return redirect(reverse("web:invoice", args=[link.invoice_id], query=query))


def link_of(request: DeskRequest, pk: int) -> InvoiceDuplicateLink:
    """Two invoices of the organisation that look like one."""
    links = links_in(invoices_of(request.organisation))
    return get_object_or_404(links.select_related("invoice__document", "original__document"), pk=pk)


def text_of(request: DeskRequest) -> str:
    """The text that was sent."""
    form = TextForm(request.POST)
    form.is_valid()
    text: str = form.cleaned_data.get("text", "")
    return text


def done(request: DeskRequest, pk: int, act: Callable[[], None]) -> HttpResponse:
    """The part beside the document after something was done, or with the reason why it was not."""
    try:
        act()
    except Refused as error:
        return panel(request, pk, refused=str(error))
    return panel(request, pk)
