"""The first visit, and the first visit of those who were invited."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import Invitation, User
from accounts.services import invitations, organisations
from invoice_processor.services import administration
from web.desk import CURRENT
from web.entrance_forms import NewPersonForm, SetUpForm

THE_WAY_IN = ["GET", "HEAD", "POST"]


@require_http_methods(THE_WAY_IN)
@sensitive_post_parameters("password")
def set_up(request: HttpRequest) -> HttpResponse:
    """Create the first person and organisation, once."""
    if organisations.is_set_up():
        raise Http404
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = organisations.set_up(**form.cleaned_data)
        except organisations.AlreadySetUp:
            return redirect("account_login")
        login(request, user)
        return redirect("web:dashboard")
    return render(request, "web/set_up.html", {"form": form})


@require_http_methods(THE_WAY_IN)
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: as the person one is, or as a new one."""
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "web/join_gone.html", status=410)
    known = User.objects.filter(email=invitation.email).exists()
    if request.user.is_authenticated:
        return join_as_oneself(request, invitation)
    if known:
        return redirect_to_login(request.path)
    return join_as_new(request, invitation)


def join_as_oneself(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """A person who is logged in takes a further seat."""
    if request.method != "POST" or not request.user.is_authenticated:
        return render(request, "web/join.html", {"invitation": invitation})
    try:
        administration.join(invitation, request.user)
    except invitations.NotForYou:
        return render(request, "web/join.html", {"invitation": invitation}, status=403)
    except invitations.Gone:
        return render(request, "web/join_gone.html", status=410)
    return welcome(request, invitation)


def join_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody new takes their first seat."""
    form = NewPersonForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = administration.register(invitation, **form.cleaned_data)
        except invitations.Gone:
            return render(request, "web/join_gone.html", status=410)
        login(request, user)
        return welcome(request, invitation)
    return render(request, "web/join.html", {"invitation": invitation, "form": form})


def welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """To the desk of the new organisation."""
    request.session[CURRENT] = invitation.organisation_id
    messages.success(request, f"Welcome to {invitation.organisation}.")
    return redirect("web:dashboard")
