"""The addresses of django-allauth's pages that we offer, under the names by which it finds them."""

from collections.abc import Callable

from allauth.account import views
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from web.desk import person

View = Callable[..., HttpResponseBase]


def form(view: View) -> View:
    """A page with a form; django-allauth would take a PUT for a POST."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


urlpatterns = [
    path("login/", form(views.login), name="account_login"),
    path("logout/", require_POST(views.logout), name="account_logout"),
    path("register/", form(views.signup), name="account_signup"),
    path("inactive/", require_safe(views.account_inactive), name="account_inactive"),
    path(
        "confirm-email/", require_safe(views.email_verification_sent), name="account_email_verification_sent"
    ),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", form(views.confirm_email), name="account_confirm_email"),
    path("password/reset/", form(views.password_reset), name="account_reset_password"),
    path("password/reset/sent/", require_safe(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        require_safe(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("password/confirm/", form(views.reauthenticate), name="account_reauthenticate"),
    path("settings/password/", form(person(views.password_change)), name="account_change_password"),
    path("settings/email/", form(person(views.email)), name="account_email"),
]
