"""Batches: the list, the page of one with its progress, and the way back for what failed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from invoice_processor.jobs import transitions
from invoice_processor.models import Batch, InvoiceState
from invoice_processor.selectors.batches import batches_of, refused_in
from invoice_processor.selectors.invoices import counts_in, invoices_in
from invoice_processor.selectors.keyset import COUNTED_ROWS, page
from invoice_processor.selectors.notifications import notices_of
from invoice_processor.selectors.progress import batch_progress, progress_of
from invoice_processor.selectors.workers import stuck_queues
from invoice_processor.services.notices import mark_read
from web.desk import DeskRequest, member, uploader
from web.forms import ListForm, RetryForm
from web.lists import chips, filtered
from web.live import Part, answer, live
from web.views.uploads import open_one

MOST_REFUSED = 200  # shown


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: HttpRequest) -> HttpResponseBase:
    """The list of batches; a new one by POST."""
    return open_one(request) if request.method == "POST" else batch_list(request)


@member
def batch_list(request: DeskRequest) -> HttpResponse:
    """All batches, newest first."""
    start = ListForm(request.GET).wanted()["start"]
    shown = page(batches_of(request.organisation), start, most=COUNTED_ROWS)
    progress = progress_of(shown.rows)
    rows = [(batch, progress[batch.pk]) for batch in shown.rows]
    return render(request, "web/batches.html", {"rows": rows, "next_start": shown.next_start})


@require_safe
@member
def batch(request: DeskRequest, pk: int) -> HttpResponse:
    """One batch; whoever sees it finished has read the notice of it."""
    batch = get_object_or_404(batches_of(request.organisation), pk=pk)
    if batch.finished_at:
        mark_read(notices_of(request.membership).filter(batch=batch))
    context = {"batch": batch, "live": part(request, batch, ListForm(request.GET).wanted()).html}
    return render(request, "web/batch.html", context)


@require_safe
@member
def live_batch(request: DeskRequest, pk: int) -> HttpResponse:
    """The progress and the rows alone, until the batch is finished."""
    batch = get_object_or_404(batches_of(request.organisation), pk=pk)
    return answer(request, part(request, batch, ListForm(request.GET).wanted()))


def part(request: DeskRequest, batch: Batch, wanted: dict[str, Any]) -> Part:
    """A batch's progress and a page of its invoices, in the order in which they came in."""
    invoices = invoices_in(batch)
    counts = counts_in(invoices)
    context = {
        "batch": batch,
        "list": urlencode({"page": "batch", "batch": batch.pk, "show": wanted["show"]}),
        "progress": batch_progress(batch),
        "chips": chips(counts, wanted),
        "wanted": wanted,
        "refused": refused_in(batch)[:MOST_REFUSED],
        "failed": counts.by_state.get(InvoiceState.FAILED, 0),
        "page": page(filtered(invoices, wanted["show"]), wanted["start"], newest_first=False),
        "selected": {int(pk) for pk in request.GET.getlist("selected") if pk.isdecimal()},
        "stuck": [] if batch.finished_at else stuck_queues(batch),
    }
    query = {key: value for key, value in wanted.items() if value}
    url = reverse("web:batch-live", args=[batch.pk], query=query)
    return live(request, "web/_batch_live.html", context, url=url, on=batch.finished_at is None)


@require_POST
@uploader
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Process failed invoices of a batch again: those selected, or all."""
    batch = get_object_or_404(batches_of(request.organisation), pk=pk)
    if retried := transitions.retry(RetryForm(request.POST, invoices_in(batch)).wanted(), request.user):
        messages.success(request, f"{retried} in the queue again.")
    else:
        messages.error(request, "Nothing was retried: select invoices that have failed.")
    return redirect("web:batch", pk)
