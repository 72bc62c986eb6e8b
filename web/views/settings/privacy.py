"""One's own data: taking them along, and closing the account."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.services.members import LastOwner
from accounts.services.people import owned_alone
from invoice_processor.services import leaving
from invoice_processor.services.personal_data import archive
from web.desk import PersonRequest, person
from web.settings_forms import DeleteAccountForm


@require_safe
@person
def data(request: PersonRequest) -> HttpResponse:
    """What can be done with one's own data."""
    return render(request, "web/settings/data.html")


@require_safe
@person
def export(request: PersonRequest) -> StreamingHttpResponse:
    """Everything that is kept about the person, as a ZIP."""
    name = f"smart-iinvoice-my-data-{timezone.localtime():%Y-%m-%d-%H%M}.zip"
    response = StreamingHttpResponse(archive(request.user), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@person
def delete(request: PersonRequest) -> HttpResponse:
    """Close the account, after saying what is kept and why."""
    form = DeleteAccountForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leaving.delete_account(request.user)
        except LastOwner:
            messages.error(request, "Make somebody else an owner first.")
            return redirect("web:account-delete")
        logout(request)
        return render(request, "web/settings/account_deleted.html")
    context = {"form": form, "owned_alone": owned_alone(request.user)}
    return render(request, "web/settings/delete.html", context)
