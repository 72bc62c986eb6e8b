"""An organisation's own GSTINs: after a change all its invoices are judged again, in the background.

How far that is stands in the organisation's row, so a lost message or a killed worker only costs time.
"""

from collections.abc import Iterable

import structlog
from django.core.cache import cache

from accounts.models import Organisation
from accounts.services import organisations
from invoice_processor.judging.judge import rejudge
from invoice_processor.models import Invoice

AT_ONCE = 200  # invoices in one task
RUNNING = "judging-again"
RUNS_AT_MOST = 300  # seconds; only a process that died is believed to run so long

log = structlog.get_logger(__name__)


def set_own_gstins(organisation: Organisation, gstins: Iterable[str]) -> bool:
    """Make these the organisation's registrations; returns whether anything changed."""
    if not organisations.set_gstins(organisation, gstins):
        return False
    Organisation.objects.filter(pk=organisation.pk).update(judge_again_from=0)
    return True


def judge_some_again() -> bool:
    """Judge the next invoices of an organisation that asked for it; returns whether there may be more.

    Harmless when called twice: while one process is at it, others do nothing.
    """
    waiting = Organisation.objects.exclude(judge_again_from=None).order_by("pk").first()
    if waiting is None or not cache.add(RUNNING, 1, RUNS_AT_MOST):
        return False
    try:
        judge_after(waiting, waiting.judge_again_from or 0)
    finally:
        cache.delete(RUNNING)
    return True


def judge_after(organisation: Organisation, done: int) -> None:
    """Judge the invoices that follow the id ``done``, and write down how far that is."""
    later = Invoice.objects.filter(organisation=organisation, pk__gt=done).exclude(judged_at=None)
    some = list(later.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in some:
        try:
            rejudge(pk)
        except Exception:
            log.exception("not judged again", invoice_id=pk)
    unchanged = Organisation.objects.filter(pk=organisation.pk, judge_again_from=done)  # else asked anew
    unchanged.update(judge_again_from=some[-1] if some else None)
