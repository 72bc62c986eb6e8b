"""The organisation's rules: who approves, and how long papers are kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission
from invoice_processor.services import administration
from invoice_processor.services.retention import due_after
from web.desk import DeskRequest, may
from web.settings_forms import ApprovalForm, RetentionForm


@require_http_methods(["GET", "HEAD", "POST"])
@may(Permission.ADMINISTER)
def approval(request: DeskRequest) -> HttpResponse:
    """Whether one pair of eyes is enough, and whose up to which amount."""
    rules = ("uploader_may_approve", "accountant_limit", "admin_limit")
    present = {rule: getattr(request.organisation, rule) for rule in rules}
    form = ApprovalForm(request.POST if request.method == "POST" else None, initial=present)
    if request.method == "POST" and form.is_valid():
        administration.set_approval(request.membership, **form.cleaned_data)
        messages.success(request, "The rule is saved.")
        return redirect("web:settings-approval")
    return render(request, "web/settings/approval.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@may(Permission.OWN)
def retention(request: DeskRequest) -> HttpResponse:
    """How long papers are kept; asks once more before anything would be deleted."""
    present = {"years": request.organisation.retention_years or ""}
    form = RetentionForm(request.POST if request.method == "POST" else None, initial=present)
    if request.method == "POST" and form.is_valid():
        years = form.cleaned_data["years"]
        if years in (None, request.organisation.retention_years) or "sure" in request.POST:
            administration.set_retention(request.membership, years)
            messages.success(request, "The rule is saved.")
            return redirect("web:settings-retention")
        context = {"years": years, "due": due_after(request.organisation, years).count()}
        return render(request, "web/settings/retention_sure.html", context)
    return render(request, "web/settings/retention.html", {"form": form})
