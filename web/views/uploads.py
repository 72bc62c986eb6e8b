"""Files coming in from a browser."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.services.uploads import count_sent
from invoice_processor.models import Batch
from invoice_processor.selectors.batches import batches_of
from invoice_processor.services import batches
from invoice_processor.services.intake import Accepted, Incoming, Refused, accept, open_batch
from web.desk import DeskRequest, uploader
from web.forms import BatchForm
from web.limits import upload_limited

Outcome = Accepted | Refused


@require_http_methods(["GET", "HEAD", "POST"])
@uploader
@upload_limited
def upload(request: DeskRequest) -> HttpResponse:
    """The page with the drop zone; without JavaScript it is a plain form."""
    files = request.FILES.getlist("files")
    if request.method != "POST":
        return render(request, "web/upload.html")
    if not files:
        messages.error(request, "No file was chosen.")
        return redirect("web:upload")
    name = str(files[0].name) if len(files) == 1 else f"{len(files)} files"
    kept = "keep_in_house" in request.POST
    batch = open_batch(request.organisation, request.user, name, len(files), keep_in_house=kept)
    for outcome in accept_all(request, batch, files):
        if isinstance(outcome, Refused):
            messages.error(request, f"{outcome.name}: {outcome.reason}")
    batches.close(batch, request.user)
    return redirect("web:batch", batch.pk)


@require_POST
@uploader
def open_one(request: DeskRequest) -> HttpResponse:
    """Open a batch for files that the page is about to send."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    batch = open_batch(request.organisation, request.user, **form.cleaned_data)
    pages = {"page": "web:batch", "files": "web:batch-files", "close": "web:batch-close"}
    return JsonResponse({name: reverse(view, args=[batch.pk]) for name, view in pages.items()})


@require_POST
@uploader
@upload_limited
def add_files(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a group of files into a batch; each has its own result."""
    batch = get_object_or_404(batches_of(request.organisation), pk=pk)
    outcomes = accept_all(request, batch, request.FILES.getlist("files"))
    return JsonResponse({"results": [described(outcome) for outcome in outcomes]})


@require_POST
@uploader
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """All files of the batch are in."""
    batches.close(get_object_or_404(batches_of(request.organisation), pk=pk), request.user)
    return HttpResponse(status=204)


def accept_all(request: DeskRequest, batch: Batch, files: list["UploadedFile[bytes]"]) -> list[Outcome]:
    """Hand uploaded files to the engine; what comes out of ZIPs counts as sent, too."""
    outcomes = accept(batch, [Incoming(str(file.name), file.file) for file in files if file.file])
    if (more := len(outcomes) - len(files)) > 0:
        count_sent(request.user.pk, more)
    return outcomes


def described(outcome: Outcome) -> dict[str, str]:
    """One file's result as the page's script shows it."""
    if isinstance(outcome, Refused):
        return {"name": outcome.name, "outcome": "refused", "text": outcome.reason}
    url = reverse("web:invoice", args=[outcome.invoice.pk])
    if outcome.restored:
        return {"name": outcome.name, "outcome": "already", "text": "Was deleted: brought back", "url": url}
    if outcome.already:
        return {"name": outcome.name, "outcome": "already", "text": "Already in this batch", "url": url}
    return {"name": outcome.name, "outcome": "queued", "text": "Queued", "url": url}
