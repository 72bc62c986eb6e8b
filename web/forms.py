"""What people may send us."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from invoice_processor.models import Invoice
from web.wording import FILTERS


class SignInForm(AuthenticationForm):
    """Signing in with an e-mail address."""

    username = forms.EmailField(
        label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})
    )
    error_messages = {
        "invalid_login": "This e-mail address and password do not belong together. Please try again.",
        "inactive": "This account has been switched off: ask your administrator.",
    }


class SetUpForm(forms.Form):
    """The first person and their organisation."""

    organisation_name = forms.CharField(
        label="Organisation",
        max_length=200,
        help_text="The business that receives the invoices.",
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    full_name = forms.CharField(
        label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 8 characters; a few unrelated words are easy to remember and hard to guess.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Judge the password knowing the person, so that it is not their own name."""
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            person = User(email=cleaned.get("email", ""), first_name=cleaned.get("full_name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class BatchForm(forms.Form):
    """What the page announces before it sends files."""

    name = forms.CharField(max_length=200)
    expected_files = forms.IntegerField(min_value=1, max_value=1_000_000)


class RetryForm(forms.Form):
    """Which failed invoices to process again: those selected, or all."""

    everything = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, invoices: "QuerySet[Invoice]") -> None:
        super().__init__(data)
        self.invoices = invoices
        self.fields["selected"] = forms.ModelMultipleChoiceField(invoices, required=False)

    def wanted(self) -> "QuerySet[Invoice]":
        """The invoices meant; none when the form is not valid."""
        if not self.is_valid():
            return self.invoices.none()
        everything: bool = self.cleaned_data["everything"]
        return self.invoices if everything else self.cleaned_data["selected"]


class ListForm(forms.Form):
    """The address of a list of invoices; whatever is wrong in it is passed over."""

    show = forms.ChoiceField(choices=[(key, key) for key in FILTERS], required=False)
    q = forms.CharField(max_length=100, required=False)
    start = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    def wanted(self) -> dict[str, Any]:
        """The valid part of the address."""
        self.is_valid()
        return {"show": "", "q": "", "start": None} | self.cleaned_data
