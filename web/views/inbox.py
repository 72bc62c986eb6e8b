"""The list of all invoices."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from invoice_processor.selectors.invoices import counts_by_state, invoices_of, matching
from invoice_processor.selectors.keyset import page
from web.desk import DeskRequest, member
from web.forms import ListForm
from web.lists import chips, filtered, is_under_way
from web.live import Part, answer, live


@require_safe
@member
def inbox(request: DeskRequest) -> HttpResponse:
    """All invoices, newest first: filtered, searched, 50 a page."""
    wanted = ListForm(request.GET).wanted()
    return render(request, "web/inbox.html", {"wanted": wanted, "live": part(request, wanted).html})


@require_safe
@member
def live_list(request: DeskRequest) -> HttpResponse:
    """The list alone, while something in it is under way."""
    return answer(request, part(request, ListForm(request.GET).wanted()))


def part(request: DeskRequest, wanted: dict[str, Any]) -> Part:
    """The list with its filters."""
    found = matching(invoices_of(request.organisation), wanted["q"])
    counts = counts_by_state(found)
    context = {
        "wanted": wanted,
        "chips": chips(counts, wanted),
        "page": page(filtered(found, wanted["show"]), wanted["start"]),
        "empty": not counts and not wanted["q"],
    }
    url = reverse("web:inbox-live", query={key: value for key, value in wanted.items() if value})
    return live(request, "web/_inbox_list.html", context, url=url, on=is_under_way(counts), every=5)
