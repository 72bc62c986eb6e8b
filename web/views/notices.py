"""Notices: the bell, what pops up, and the list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from invoice_processor.models import Notification
from invoice_processor.selectors.keyset import COUNTED_ROWS, page
from invoice_processor.selectors.notifications import notices_of
from invoice_processor.selectors.progress import Progress, progress_of
from invoice_processor.services.notices import mark_read
from web.desk import DeskRequest, member
from web.forms import ListForm

TOASTS = 3  # at a time; the rest is in the list


@require_safe
@member
def notice_list(request: DeskRequest) -> HttpResponse:
    """All notices, newest first, each with the numbers of its batch."""
    start = ListForm(request.GET).wanted()["start"]
    shown = page(notices_of(request.membership), start, most=COUNTED_ROWS)
    context = {"rows": with_numbers(shown.rows), "next_start": shown.next_start}
    return render(request, "web/notices.html", context)


@require_safe
@member
def ring(request: DeskRequest) -> HttpResponse:
    """The bell anew, and a toast for each notice later than those that the page has seen."""
    seen = ListForm(request.GET).wanted()["start"] or 0
    fresh = list(notices_of(request.membership).filter(pk__gt=seen, read_at=None)[:TOASTS])
    return render(request, "web/_bell.html", {"toasts": with_numbers(fresh)})


@require_POST
@member
def read_all(request: DeskRequest) -> HttpResponse:
    """Mark every notice as read."""
    mark_read(notices_of(request.membership))
    return redirect("web:notices")


def with_numbers(notices: list[Notification]) -> list[tuple[Notification, Progress | None]]:
    """Each notice with the present numbers of its batch, if it is about one."""
    progress = progress_of(notice.batch for notice in notices if notice.batch)
    return [(notice, progress.get(notice.batch_id or 0)) for notice in notices]
