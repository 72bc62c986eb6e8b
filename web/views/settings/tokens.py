"""Tokens with which one's own programs use the API."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from invoice_processor.services import administration
from web.desk import DeskRequest, member
from web.settings_forms import TokenForm


@require_http_methods(["GET", "HEAD", "POST"])
@member
def tokens(request: DeskRequest) -> HttpResponse:
    """One's tokens; a new one is shown once."""
    form, fresh = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        fresh, form = administration.create_token(request.membership, form.cleaned_data["name"]), TokenForm()
    context = {"form": form, "fresh": fresh, "tokens": request.membership.api_tokens.all()}
    response = render(request, "web/settings/tokens.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@member
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Let a token work no longer."""
    token = get_object_or_404(request.membership.api_tokens, pk=pk)
    administration.revoke_token(request.membership, token)
    messages.success(request, f"{token.name} is refused from now on.")
    return redirect("web:settings-tokens")
