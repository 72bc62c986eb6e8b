"""What one wants to be told, and how."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.selectors import wishes_of
from accounts.services.notices import set_wishes
from web.desk import DeskRequest, member
from web.settings_forms import NoticesForm


@require_http_methods(["GET", "HEAD", "POST"])
@member
def notices(request: DeskRequest) -> HttpResponse:
    """Two ticks for each kind of notice."""
    form = NoticesForm(wishes_of(request.membership), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_wishes(request.membership, form.wishes())
        messages.success(request, "Your choice is saved.")
        return redirect("web:settings-notices")
    rows = [(notice.label, form[f"{notice}_in_desk"], form[f"{notice}_by_mail"]) for notice in form.notices]
    return render(request, "web/settings/notices.html", {"rows": rows})
