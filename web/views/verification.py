"""GST verification: the queue, and the dialog in which a person reads one picture after the other."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import OrganisationGstin
from accounts.permissions import Permission
from invoice_processor.models import GSTCacheEntry, Vendor
from invoice_processor.portal import challenges, pace
from invoice_processor.portal.challenges import Pending
from invoice_processor.portal.errors import PortalError
from invoice_processor.portal.sources import unattended
from invoice_processor.selectors.verification import queue
from invoice_processor.services import verification
from web.desk import DeskRequest, may, member
from web.vendor_forms import DialogForm, QueueForm

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where the dialog stands: at most one of picture, result and error is new."""

    gstin: str = ""
    goes_on: bool = False
    skip: tuple[str, ...] = ()
    among: tuple[str, ...] = ()  # of a selection; of all that wait if there is none
    pending: Pending | None = None
    entry: GSTCacheEntry | None = None
    error: PortalError | None = None

    @property
    def skipped(self) -> str:
        """The GSTINs to pass over, as the form carries them."""
        return " ".join(self.skip)

    @property
    def selected(self) -> str:
        """The GSTINs of the selection, as the form carries them."""
        return " ".join(self.among)


@require_safe
@member
def waiting(request: DeskRequest) -> HttpResponse:
    """The queue, or with htmx its rows alone."""
    among = QueueForm(request.GET).wanted()
    context = {
        "queue": queue(request.organisation, MOST_SHOWN, among=among),
        "among": " ".join(among),
        "most": MOST_SHOWN,
        "unattended": unattended(),
        "is_off": not unattended() and not settings.GST_PORTAL_URL,
        "rests": pace.seconds_of_rest(),
        "refresh_days": settings.GST_REFRESH_DAYS,
    }
    template = "web/_verification_queue.html" if request.htmx else "web/verification.html"
    return render(request, template, context)


@require_POST
@may(Permission.VERIFY)
def ask(request: DeskRequest) -> HttpResponse:
    """A picture for a GSTIN, or for the next one of the queue."""
    form = DialogForm(request.POST).wanted()
    step = step_of(form)
    if not step.gstin:
        following = queue(request.organisation, 1, step.skip, step.among)
        step = replace(step, gstin=following[0].gstin if following else "")
    if not step.gstin:
        return show(request, step)
    return show(request, asked(request, step, refresh=bool(form["refresh"]), by_hand=bool(form["by_hand"])))


def step_of(form: dict[str, Any]) -> Step:
    """Where the dialog stands, as its form says."""
    return Step(gstin=form["gstin"], goes_on=bool(form["goes_on"]), skip=form["skip"], among=form["among"])


@require_POST
@may(Permission.VERIFY)
def answer(request: DeskRequest) -> HttpResponse:
    """What the person has read: the record, or a new picture."""
    form = DialogForm(request.POST).wanted()
    step = step_of(form)
    try:
        entry = verification.answer(request.organisation, request.user, form["token"], form["answer"])
    except PortalError as error:
        if error.needs_new_picture and is_ours(request, step.gstin):
            return show(request, replace(asked(request, step, refresh=True, by_hand=True), error=error))
        return show(request, replace(step, error=error))
    return show(request, replace(step, entry=entry))


@require_safe
@may(Permission.VERIFY)
def picture(request: DeskRequest, token: str) -> HttpResponse:
    """The picture itself, for the person it was fetched for."""
    try:
        pending = challenges.find(token, request.user.pk)
    except PortalError as error:
        raise Http404("The picture has expired.") from error
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pending.challenge.picture, content_type=pending.challenge.media_type, headers=headers)


def asked(request: DeskRequest, step: Step, *, refresh: bool, by_hand: bool) -> Step:
    """The step with a picture, or with the record where nobody has to read one."""
    if not is_ours(request, step.gstin):
        raise Http404("No invoice of yours names this GSTIN.")
    try:
        # A person who asks sees the portal's answer of today; in the queue a colleague may have been faster.
        found = verification.start(
            request.organisation, request.user, step.gstin, refresh=refresh, by_hand=by_hand
        )
    except PortalError as error:
        return replace(step, error=error)
    return replace(step, pending=found) if isinstance(found, Pending) else replace(step, entry=found)


def is_ours(request: DeskRequest, gstin: str) -> bool:
    """Whether the organisation deals with a GSTIN: nobody asks about others from here."""
    mine = {"organisation": request.organisation, "gstin": gstin}
    return Vendor.objects.filter(**mine).exists() or OrganisationGstin.objects.filter(**mine).exists()


def show(request: DeskRequest, step: Step) -> HttpResponse:
    """The dialog at this step; without scripts it is a page of its own."""
    known = Vendor.objects.filter(organisation=request.organisation, gstin=step.gstin).first()
    context: dict[str, Any] = {"step": step, "vendor": known, "unattended": unattended()}
    if not request.htmx:
        if step.entry and known:
            return redirect("web:vendor", known.gstin)
        return render(request, "web/verify.html", context)
    headers = {"HX-Trigger": "verified"} if step.entry else {}
    return HttpResponse(render(request, "web/_verify_step.html", context).content, headers=headers)
