"""The calls: send files in, ask for a batch, ask for an invoice."""

from django.core.exceptions import SuspiciousOperation
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from accounts.services.uploads import may_send, until_next_hour
from api import shapes
from api.door import TokenRequest, answers, problem
from invoice_processor.selectors.batches import batches_of
from invoice_processor.selectors.invoices import invoices_of, with_everything
from invoice_processor.services import batches
from invoice_processor.services.intake import Accepted, Incoming, Refused, accept, open_batch


@answers("POST", Permission.UPLOAD)
def send(request: TokenRequest) -> JsonResponse:
    """Take files in as a batch; each has its own result, and processing goes on in the background."""
    try:
        files = [Incoming(str(file.name), file.file) for file in request.FILES.getlist("files") if file.file]
    except SuspiciousOperation as error:
        return problem(413, "too_much", f"Send fewer files at a time: {error}")
    if not files:
        return problem(400, "no_files", "Send files as multipart/form-data, in fields named files.")
    if not may_send(request.membership.user_id, len(files)):
        wait = until_next_hour()
        advice = f"More files than one person may send in an hour: go on in {wait} s."
        return problem(429, "too_many", advice, **{"Retry-After": str(wait)})
    name = request.POST.get("batch") or (files[0].name if len(files) == 1 else f"{len(files)} files")
    kept = request.POST.get("keep_in_house", "").lower() not in ("", "0", "false", "no")
    opened = open_batch(request.organisation, request.membership.user, name, len(files), keep_in_house=kept)
    results = [described(outcome) for outcome in accept(opened, files)]
    batches.close(opened)
    return JsonResponse({"batch": shapes.batch(opened), "results": results}, status=202)


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
    found = get_object_or_404(with_everything(invoices_of(request.organisation)), pk=pk)
    return JsonResponse(shapes.invoice(found))
