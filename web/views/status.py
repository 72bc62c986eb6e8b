"""Is everything running?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from invoice_processor.selectors.system import essentials, machine
from invoice_processor.selectors.workers import failures, helpers, queue_health
from invoice_processor.version import VERSION
from web.desk import DeskRequest, member


@require_safe
@member
def status(request: DeskRequest) -> HttpResponse:
    """Workers, what waits, what the desk stands on, and why things failed."""
    context = {
        "queues": queue_health(request.organisation),
        "probes": [*essentials(), *helpers(), *machine()],
        "failures": failures(request.organisation),
        "version": VERSION,
    }
    return render(request, "web/status.html", context)
