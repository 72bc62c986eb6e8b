"""Corrections from the review page; each answers with the part beside the document, judged anew."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from extraction.amend.amended import LINES, blank
from invoice_processor.models import Invoice
from invoice_processor.selectors.invoices import invoices_of
from invoice_processor.services import corrections
from invoice_processor.services.corrections import Conflict, Invalid, Refused, Typed
from web.desk import DeskRequest, may
from web.review.fields import Wrong
from web.review.lines import grid
from web.review_forms import FieldForm, LinesForm, SuggestionForm, VersionForm
from web.views.review import panel

MALFORMED = "This request was put together wrongly: reload the page and try again."


@require_POST
@may(Permission.REVIEW)
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep what was typed into one field, or confirm what stands there."""
    invoice, form = of(request, pk), FieldForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    name, text, place = (form.cleaned_data[key] for key in ("field", "value", "place"))
    typed = Typed(fields={name: text}, places={name: place} if place else {})
    try:
        version = corrections.correct(invoice, typed, request.user, basis=form.cleaned_data["basis"])
    except Invalid as error:
        return panel(request, pk, wrong=Wrong(texts={name: text}, errors=error.errors))
    except Conflict as error:
        theirs = {clash.field: clash.theirs for clash in error.clashes}
        return panel(request, pk, wrong=Wrong(texts={name: text}, theirs=theirs), told=str(error))
    except Refused as error:
        return panel(request, pk, refused=str(error))
    return panel(request, pk, saved=version)


@require_POST
@may(Permission.REVIEW)
def lines(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep all line items as they stand in the grid."""
    invoice, form = of(request, pk), LinesForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    try:
        version = corrections.correct(
            invoice, Typed(lines=form.rows), request.user, basis=form.cleaned_data["basis"]
        )
    except Invalid as error:
        typed = grid(blank(), form.rows, error.cells)
        return panel(request, pk, lines=typed, lines_error=error.errors.get(LINES, ""), unsaved=True)
    except Conflict as error:
        return panel(request, pk, refused=f"{error} Your lines were not kept: here are theirs.")
    except Refused as error:
        return panel(request, pk, refused=str(error))
    return panel(request, pk, saved=version)


@require_POST
@may(Permission.REVIEW)
def restore(request: DeskRequest, pk: int) -> HttpResponse:
    """Bring an earlier version back."""
    invoice, form = of(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    wanted = form.cleaned_data
    try:
        version = corrections.restore(invoice, wanted["number"], request.user, basis=wanted["basis"])
    except (Conflict, Refused) as error:
        return panel(request, pk, refused=str(error))
    return panel(request, pk, saved=version)


@require_POST
@may(Permission.REVIEW)
def suggestion(request: DeskRequest, pk: int) -> HttpResponse:
    """Take over what was read anew, or keep what stands there."""
    invoice, form = of(request, pk), SuggestionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(MALFORMED)
    names = form.cleaned_data["fields_"]
    if form.cleaned_data["answer"] == "keep":
        corrections.ignore(invoice, names, request.user)
        return panel(request, pk)
    try:
        version = corrections.take_over(invoice, names, request.user)
    except Refused as error:
        return panel(request, pk, refused=str(error))
    return panel(request, pk, saved=version)


def of(request: DeskRequest, pk: int) -> Invoice:
    """An invoice of the organisation."""
    return get_object_or_404(invoices_of(request.organisation), pk=pk)
