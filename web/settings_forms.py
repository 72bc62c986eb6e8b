"""The forms of the settings."""

from decimal import Decimal

from allauth.account.adapter import get_adapter
from django import forms
from django.http import QueryDict

from accounts.models import Membership, Notice, Organisation, Role, User
from accounts.permissions import Permission, allows
from accounts.selectors import Wish
from accounts.services import organisations
from gst.money import grouped, parse
from web.account_forms import NAME_TAKEN
from web.gstins import GstinsField

ROLE_HELP = {
    Role.OWNER: "everything, other owners included",
    Role.ADMIN: "members, rules and all everyday work",
    Role.ACCOUNTANT: "sends in, corrects, approves, verifies vendors",
    Role.VIEWER: "sees and exports everything, changes nothing",
}


CHOICE = forms.Select(attrs={"class": "input"})


class ProfileForm(forms.Form):
    """A person's name."""

    full_name = forms.CharField(
        label="Name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class OrganisationForm(forms.Form):
    """An organisation's name and its own registrations."""

    name = forms.CharField(label="Name", max_length=200)
    gstins = GstinsField()

    def __init__(self, organisation: Organisation, data: QueryDict | None = None) -> None:
        present = "\n".join(organisation.gstins.values_list("gstin", flat=True))
        super().__init__(data, initial={"name": organisation.name, "gstins": present})
        self.organisation = organisation

    def clean_name(self) -> str:
        """A name that no other organisation has."""
        name: str = self.cleaned_data["name"]
        if organisations.is_taken(name, but=self.organisation):
            raise forms.ValidationError(NAME_TAKEN)
        return name


def roles_for(by: Membership) -> list[tuple[str, str]]:
    """The roles that a member may hand out, with what each may do."""
    return [
        (role.value, f"{role.label}: {ROLE_HELP[role]}")
        for role in reversed(Role)
        if role is not Role.OWNER or allows(by.role, Permission.OWN)
    ]


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label="E-mail", max_length=254)

    def __init__(self, by: Membership, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["role"] = forms.ChoiceField(
            label="Role", choices=roles_for(by), initial=Role.ACCOUNTANT.value, widget=CHOICE
        )


class RupeesField(forms.DecimalField):
    """An amount as people write it: 1,00,000 or ₹ 1,00,000."""

    def prepare_value(self, value: object) -> object:
        """In Indian grouping, as long as nobody has typed anything."""
        return grouped(value) if isinstance(value, Decimal) else value

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override] # the stubs say int
        """The amount meant, or what Django makes of it."""
        meant = parse(value) if isinstance(value, str) else None
        return super().to_python(value if meant is None else meant)


def limit(label: str) -> RupeesField:
    """Up to which grand total somebody approves."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "Any amount"})
    return RupeesField(
        label=label, min_value=0, max_digits=18, decimal_places=2, required=False, widget=widget
    )


class MemberForm(forms.Form):
    """A member's role, and up to which amount they approve."""

    role = forms.ChoiceField(label="Role", choices=Role.choices)
    approval_limit = limit("Approves up to (₹)")


class TokenForm(forms.Form):
    """What a token is for."""

    name = forms.CharField(label="Name", max_length=100, help_text="The program or script that uses it.")


class ApprovalForm(forms.Form):
    """Who may approve what."""

    uploader_may_approve = forms.BooleanField(
        label="People may approve invoices that they sent in themselves",
        help_text="Without the tick every invoice needs a second person.",
        required=False,
    )
    accountant_limit = limit("Accountants approve up to (₹)")
    admin_limit = limit("Admins approve up to (₹)")


class RetentionForm(forms.Form):
    """How long papers are kept. Eight years is the longest term that the law asks for."""

    years = forms.TypedChoiceField(
        label="Delete invoices and their documents",
        choices=[("", "Never"), *((years, f"{years} years after they came in") for years in (8, 10, 12, 15))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=CHOICE,
    )


class NoticesForm(forms.Form):
    """How a member is told of what: two ticks for each."""

    def __init__(self, wishes: dict[Notice, Wish], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.notices = list(wishes)
        for notice, wish in wishes.items():
            for way in ("in_desk", "by_mail"):
                self.fields[f"{notice}_{way}"] = forms.BooleanField(
                    required=False, initial=getattr(wish, way)
                )

    def wishes(self) -> dict[Notice, Wish]:
        """What was ticked."""
        ticked = self.cleaned_data
        return {
            notice: Wish(ticked[f"{notice}_in_desk"], ticked[f"{notice}_by_mail"]) for notice in self.notices
        }


class DeleteAccountForm(forms.Form):
    """The password shows that it is the person, and that they mean it."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        """The right password."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):  # which counts guesses, as logging in does
            raise forms.ValidationError("This is not your password.")
        return password
