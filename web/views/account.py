"""The first visit, signing in and signing out."""

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts import services
from web.forms import SetUpForm, SignInForm


class SignIn(LoginView):
    """Signing in; somebody who is signed in already goes on to the inbox."""

    template_name = "web/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Signing out, by POST only."""


@sensitive_post_parameters("password")
def set_up(request: HttpRequest) -> HttpResponse:
    """Create the first person and organisation, once."""
    if services.is_set_up():
        raise Http404
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.set_up(**form.cleaned_data)
        except services.AlreadySetUp:
            return redirect("web:login")
        login(request, user)
        return redirect("web:inbox")
    return render(request, "web/set_up.html", {"form": form})
