"""The calls: send files in, ask for a batch, ask for invoices."""

from django.core.exceptions import SuspiciousOperation
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from accounts.services.uploads import count_sent, may_send, until_next_hour
from api import shapes
from api.door import TokenRequest, answers, by_method, problem
from api.lists import ListForm
from invoice_processor.selectors.batches import batches_of
from invoice_processor.selectors.duplicates import with_held_back
from invoice_processor.selectors.invoices import invoices_of, with_everything
from invoice_processor.selectors.keyset import sorted_page
from invoice_processor.services import batches
from invoice_processor.services.intake import Accepted, Incoming, Refused, accept, open_batch

LONGEST_KEY = 100  # characters


@answers("GET")
def ask_for_many(request: TokenRequest) -> JsonResponse:
    """Invoices, filtered and sorted as in the inbox, 50 a page; ``next`` leads to the page after it."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return problem(400, "filter", form.problem())
    found = form.filter(request.membership).apply(invoices_of(request.organisation))
    page = sorted_page(with_held_back(found), form.sort_order, form.cleaned_data["start"])
    following = request.GET.copy()
    following["start"] = str(page.next_start)
    return JsonResponse(
        {
            "invoices": [shapes.listed(record) for record in page.rows],
            "next": f"{request.path}?{following.urlencode()}" if page.next_start else None,
        }
    )


@answers("POST", Permission.UPLOAD)
def send(request: TokenRequest) -> JsonResponse:
    """Take files in as a batch; each has its own result, and processing goes on in the background.

    A call that is repeated under its ``Idempotency-Key`` is answered as before, and nothing counts twice.
    """
    try:
        files = [Incoming(str(file.name), file.file) for file in request.FILES.getlist("files") if file.file]
    except SuspiciousOperation as error:
        return problem(413, "too_much", f"Send fewer files at a time: {error}")
    if not files:
        return problem(400, "no_files", "Send files as multipart/form-data, in fields named files.")
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        return problem(400, "key", f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    if key and (answer := answered(request, key, len(files))):
        return answer
    if not may_send(request.membership.user_id, len(files)):
        wait = until_next_hour()
        advice = f"More files than one person may send in an hour: go on in {wait} s."
        return problem(429, "too_many", advice, **{"Retry-After": str(wait)})
    opened = open_batch(
        request.organisation,
        request.membership.user,
        request.POST.get("batch") or (files[0].name if len(files) == 1 else f"{len(files)} files"),
        len(files),
        keep_in_house=request.POST.get("keep_in_house", "").lower() not in ("", "0", "false", "no"),
        idempotency_key=key,
    )
    results = [described(outcome) for outcome in accept(opened, files)]
    if (more := len(results) - len(files)) > 0:
        count_sent(request.membership.user_id, more)  # what came out of ZIPs
    batches.close(opened, request.membership.user)
    return JsonResponse({"batch": shapes.batch(opened), "results": results}, status=202)


def answered(request: TokenRequest, key: str, files: int) -> JsonResponse | None:
    """The answer to a call of so many files that was answered before; one that was cut off is carried on."""
    mine = batches_of(request.organisation).filter(created_by=request.membership.user)
    done = mine.filter(idempotency_key=key, closed_at__isnull=False).first()
    if done is None:
        return None
    if files != done.expected_files:
        return problem(409, "key", "This Idempotency-Key belongs to a call with other files: use a new one.")
    results = shapes.results(done)
    if len(results) < files:
        return None
    return JsonResponse({"batch": shapes.batch(done), "results": results}, status=202)


def described(outcome: Accepted | Refused) -> dict[str, object]:
    """What became of one file."""
    if isinstance(outcome, Refused):
        return {"name": outcome.name, "outcome": "refused", "reason": outcome.reason}
    done = "already" if outcome.already else "queued"
    return {"name": outcome.name, "outcome": done, "invoice": outcome.invoice.pk}


@answers("GET")
def batch(request: TokenRequest, pk: int) -> JsonResponse:
    """How far a batch is."""
    return JsonResponse(shapes.batch(get_object_or_404(batches_of(request.organisation), pk=pk)))


@answers("GET")
def invoice(request: TokenRequest, pk: int) -> JsonResponse:
    """What was read on an invoice, and what was found."""
    mine = with_held_back(with_everything(invoices_of(request.organisation)))
    found = get_object_or_404(mine, pk=pk)
    return JsonResponse(shapes.invoice(found))


invoices = by_method(GET=ask_for_many, POST=send)
