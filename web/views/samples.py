"""Something to try the desk with."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from invoice_processor.services import batches
from invoice_processor.services.intake import Incoming, accept, open_batch
from web.desk import DeskRequest, uploader


@require_POST
@uploader
def load(request: DeskRequest) -> HttpResponse:
    """Take in the invented invoices that come with the program."""
    files = [path for path in sorted((settings.BASE_DIR / "samples").glob("*")) if path.suffix != ".md"]
    if not files:
        messages.error(request, "This installation came without samples: upload an invoice of your own.")
        return redirect("web:inbox")
    batch = open_batch(request.organisation, request.user, "Sample invoices", len(files))
    for path in files:
        with path.open("rb") as content:
            accept(batch, [Incoming(path.name, content)])
    batches.close(batch, request.user)
    return redirect("web:batch", batch.pk)
