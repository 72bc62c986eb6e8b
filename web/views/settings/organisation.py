"""The organisation: which one, its name, its own registrations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from invoice_processor.services import administration
from web.desk import CURRENT, DeskRequest, may, member
from web.settings_forms import OrganisationForm


@require_POST
@member
def switch(request: DeskRequest) -> HttpResponse:
    """Work for another organisation of one's own."""
    wanted = request.POST.get("organisation", "")
    for membership in request.memberships:
        if str(membership.organisation_id) == wanted:
            request.session[CURRENT] = membership.organisation_id
            messages.success(request, f"You now work for {membership.organisation}.")
    return redirect("web:dashboard")


@require_http_methods(["GET", "HEAD", "POST"])
@may(Permission.ADMINISTER)
def organisation(request: DeskRequest) -> HttpResponse:
    """Name and GSTINs."""
    form = OrganisationForm(request.organisation, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        administration.rename(request.membership, form.cleaned_data["name"])
        if administration.set_gstins(request.membership, form.cleaned_data["gstins"]):
            messages.success(request, "Saved. All invoices are judged again in the background.")
        else:
            messages.success(request, "Saved.")
        return redirect("web:settings-organisation")
    return render(request, "web/settings/organisation.html", {"form": form})
