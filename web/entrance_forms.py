"""The forms at the door: the first person, and those who were invited."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from web.account_forms import PASSWORD_ADVICE
from web.gstins import GstinsField


class NewPersonForm(forms.Form):
    """A person's name and password; the address is known from elsewhere."""

    full_name = forms.CharField(
        label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        help_text=PASSWORD_ADVICE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = email

    def clean(self) -> dict[str, Any]:
        """Judge the password knowing the person, so that it is not their own name."""
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            email = cleaned.get("email", self.invited)
            try:
                validate_password(password, User(email=email, first_name=cleaned.get("full_name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class SetUpForm(NewPersonForm):
    """The first person and their organisation."""

    organisation_name = forms.CharField(
        label="Organisation",
        max_length=200,
        help_text="The business that receives the invoices.",
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    gstins = GstinsField()
    email = forms.EmailField(
        label="E-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    field_order = ["organisation_name", "gstins", "full_name", "email", "password"]
