"""The list of all invoices: search, filters, saved views, and doing something with many of them."""

import datetime as dt

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission, allows, refusal
from invoice_processor.models import Invoice, SavedView
from invoice_processor.selectors.invoices import (
    Counts,
    counts_among,
    counts_of,
    deleted_invoices_of,
    unverified_among,
)
from invoice_processor.selectors.keyset import sorted_page
from invoice_processor.selectors.verification import without_record
from invoice_processor.services import deletion
from invoice_processor.services.bulk import for_each
from web import bulk
from web.desk import DeskRequest, may, member
from web.inbox_forms import BulkForm, FilterForm, SavedViewForm
from web.lists import Listing, chips, in_words, list_url, listing
from web.live import Part, answer, live
from web.vendor_forms import MOST_AMONG

MOST_VIEWS = 30  # saved, a person
JUST_NOW = dt.timedelta(minutes=10)  # afterwards the list of deleted invoices is the way back
NEEDED = {
    "approve": Permission.APPROVE,
    "reject": Permission.APPROVE,
    "retry": Permission.UPLOAD,
    "verify": Permission.VERIFY,
}


@require_safe
@member
def inbox(request: DeskRequest) -> HttpResponse:
    """All invoices: filtered, searched, sorted, 50 a page."""
    shown = listing(request.organisation, request.user.pk, request.GET)
    counts = counted(shown)
    context = {
        "shown": shown,
        "counts": counts,
        "form": FilterForm(shown.asked),
        "filters": in_words(shown),
        "views": views_of(request),
        "live": part(request, shown, counts).html,
        "undo": undo(request),
    }
    return render(request, "web/inbox.html", context)


@require_safe
@member
def live_list(request: DeskRequest) -> HttpResponse:
    """The list alone, while something in it is under way."""
    shown = listing(request.organisation, request.user.pk, request.GET)
    return answer(request, part(request, shown, counted(shown)))


def counted(shown: Listing) -> Counts:
    """The invoices of the list by state, whichever states it shows."""
    if shown.asked.keys() <= {"show", "sort", "start"} and not shown.shows_deleted:
        return counts_of(shown.organisation)
    return counts_among(shown.in_any_state().invoices())


def part(request: DeskRequest, shown: Listing, counts: Counts) -> Part:
    """The list with its filters by state."""
    page = sorted_page(shown.invoices().select_related("assigned_to"), shown.sort, shown.start)
    context = {
        "shown": shown,
        "chips": [] if shown.shows_deleted else chips(counts, shown.asked),
        "page": page,
        "list": shown.query(),
        "selected": {int(pk) for pk in request.GET.getlist("selected") if pk.isdecimal()},
        "empty": not counts.total and not shown.is_filtered,
    }
    url = reverse("web:inbox-live") + "?" + shown.query(start=None)
    if shown.start:
        url += f"&start={shown.start}"
    return live(request, "web/_inbox_list.html", context, url=url, on=counts.under_way, every=5)


def views_of(request: DeskRequest) -> list[SavedView]:
    """The person's saved views."""
    return list(SavedView.objects.filter(user=request.user, organisation=request.organisation)[:MOST_VIEWS])


@require_POST
@member
def act(request: DeskRequest) -> HttpResponse:
    """Do something with the selected invoices, or with all that the list shows."""
    form = BulkForm(request.POST)
    valid = form.is_valid()
    back = list_url(listing(request.organisation, request.user.pk, form.cleaned_data.get("list", "")).query())
    if not valid:
        messages.error(request, "Nothing was done: choose what to do, and with which invoices.")
        return redirect(back)
    action = form.cleaned_data["action"]
    needed = NEEDED.get(action, Permission.REVIEW)
    if not allows(request.membership.role, needed):
        messages.error(request, refusal(needed))
        return redirect(back)
    return perform(request, form, action, back)


def perform(request: DeskRequest, form: BulkForm, action: str, back: str) -> HttpResponse:
    """Do it, and tell what was done and what was not."""
    shown = listing(request.organisation, request.user.pk, form.cleaned_data["list"])
    chosen = shown.invoices()
    if not form.cleaned_data["everything"]:
        chosen = chosen.filter(pk__in=form.cleaned_data["selected"])
    if action == "verify":
        return verify(request, chosen, back)
    at = bulk.now()
    outcome = bulk.act_on(request, chosen, action, reason=form.cleaned_data["reason"], at=at)
    if action == "delete" and outcome.done:
        request.session["undo"] = at.isoformat()
    if not outcome.done and not outcome.held:
        messages.error(request, "Nothing was done: select invoices first.")
    elif action != "delete" or outcome.held or outcome.left:  # else the offer to undo it says so
        level = messages.SUCCESS if outcome.done else messages.ERROR
        messages.add_message(request, level, bulk.in_words(action, outcome))
    return redirect(back)


def verify(request: DeskRequest, chosen: "QuerySet[Invoice]", back: str) -> HttpResponse:
    """Lead to where the vendors of these invoices, and no others, are verified."""
    found = without_record(request.organisation, unverified_among(chosen))
    gstins = list(found.values_list("gstin", flat=True)[:MOST_AMONG])
    if not gstins:
        messages.success(
            request, "Nothing to verify: the vendors of these invoices have a record, or no GSTIN."
        )
        return redirect(back)
    if len(gstins) == 1:
        return redirect("web:vendor", gstins[0])
    return redirect(f"{reverse('web:verification')}?{urlencode({'among': ' '.join(gstins)})}")


def undo(request: DeskRequest) -> int:
    """How many invoices the person's last deletion, if it was just now, can bring back."""
    at = parse_datetime(request.session.get("undo", ""))
    if at is None or at < bulk.now() - JUST_NOW:
        return 0
    return deletion.deleted_by(deleted_invoices_of(request.organisation), request.user, at).count()


@require_POST
@may(Permission.REVIEW)
def undo_deletion(request: DeskRequest) -> HttpResponse:
    """Bring back what the person deleted last."""
    at = parse_datetime(request.session.pop("undo", ""))
    back = request.POST.get("list", "")
    if at:
        gone = deletion.deleted_by(deleted_invoices_of(request.organisation), request.user, at)

        def restore(invoice: Invoice) -> None:
            deletion.restore(invoice, request.user)

        outcome = for_each(gone, restore)
        messages.success(request, f"{bulk.invoices(outcome.done)} brought back.")
    return redirect(list_url(listing(request.organisation, request.user.pk, back).query()))


@require_POST
@member
def save_view(request: DeskRequest) -> HttpResponse:
    """Keep the list at hand under a name; the same name again replaces it."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the view a name of at most 60 letters.")
        return redirect("web:inbox")
    query = listing(request.organisation, request.user.pk, form.cleaned_data["query"]).query()
    own = SavedView.objects.filter(user=request.user, organisation=request.organisation)
    if own.exclude(name=form.cleaned_data["name"]).count() >= MOST_VIEWS:
        messages.error(request, f"You have {MOST_VIEWS} views already: remove one first.")
    else:
        own.update_or_create(
            user=request.user,
            organisation=request.organisation,
            name=form.cleaned_data["name"],
            defaults={"query": query},
        )
        messages.success(request, f"“{form.cleaned_data['name']}” is saved.")
    return redirect(list_url(query))


@require_POST
@member
def forget_view(request: DeskRequest, pk: int) -> HttpResponse:
    """Remove a saved view of one's own."""
    own = SavedView.objects.filter(user=request.user, organisation=request.organisation)
    view = get_object_or_404(own, pk=pk)
    view.delete()
    messages.success(request, f"“{view.name}” is removed.")
    return redirect("web:inbox")
