"""django-allauth's forms in our words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest

from accounts.models import User
from accounts.services import organisations
from web.gstins import GstinsField

PASSWORD_ADVICE = "At least 8 characters; a few unrelated words are easy to remember and hard to guess."  # noqa: S105


NAME_TAKEN = "An organisation of this name is here already: ask its owner to invite you."


class InOurWords:
    """Replaces labels and help, and drops placeholders that repeat the label."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}
    first: str = ""  # the field where typing starts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
        if self.first:
            fields[self.first].widget.attrs["autofocus"] = True


class LoginForm(InOurWords, allauth.LoginForm):  # type: ignore[misc]
    """Logging in with an e-mail address."""

    labels = {"login": "E-mail", "remember": "Stay logged in on this device"}
    first = "login"


class ResetPasswordForm(InOurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Asking for a link to choose a new password."""

    labels = {"email": "E-mail"}
    first = "email"


class NewPasswordForm(InOurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choosing a new password after following the link."""

    labels = {"password1": "New password", "password2": "New password, once more"}
    helps = {"password1": PASSWORD_ADVICE}
    first = "password1"


class ChangePasswordForm(InOurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    """Choosing a new password while logged in."""

    labels = {
        "oldpassword": "Present password",
        "password1": "New password",
        "password2": "New password, once more",
    }
    helps = {"password1": PASSWORD_ADVICE}


class ReauthenticateForm(InOurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    """Showing once more who one is."""

    first = "password"


class EmailForm(InOurWords, allauth.AddEmailForm):  # type: ignore[misc]
    """Changing the e-mail address."""

    labels = {"email": "New e-mail address"}


class RegisterForm(InOurWords, allauth.SignupForm):  # type: ignore[misc]
    """Registering a new organisation, where the desk is open for that."""

    organisation_name = forms.CharField(label="Organisation", max_length=200)
    gstins = GstinsField()
    full_name = forms.CharField(label="Your name", max_length=150)
    field_order = ["organisation_name", "gstins", "full_name", "email", "password1"]
    labels = {"email": "E-mail"}
    helps = {"password1": PASSWORD_ADVICE, "gstins": GstinsField.help_text}
    first = "organisation_name"

    def clean_organisation_name(self) -> str:
        """A name that no other organisation has."""
        name: str = self.cleaned_data["organisation_name"]
        if organisations.is_taken(name):
            raise forms.ValidationError(NAME_TAKEN)
        return name

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        """Give the new person a name and an organisation of their own."""
        user.first_name = self.cleaned_data["full_name"]
        user.save(update_fields=["first_name"])
        organisations.found(user, self.cleaned_data["organisation_name"], self.cleaned_data["gstins"])
