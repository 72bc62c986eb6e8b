"""The address of a list of invoices, and what is done with many of them at once."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict

from compliance.catalogue import entries
from invoice_processor.models import Decision, Grade, Verification
from invoice_processor.selectors.filters import OPEN
from invoice_processor.selectors.keyset import Sort
from web.wording import CERTAINTIES, FILTERS, GRADES, SORTS, VERIFICATIONS

LARGEST_ID = 2**62
ANY = ("", "Any")


def choices(wording: dict[str, Any]) -> list[tuple[str, str]]:
    """Options of a filter, the first of which asks for nothing."""
    return [ANY, *((key, str(label)) for key, label in wording.items())]


class DayInput(forms.DateInput):
    """A day, chosen from the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: str) -> forms.DateField:
    """One end of a range of days, within what calendars and time zones can count."""
    return forms.DateField(
        label=label,
        required=False,
        widget=DayInput(),
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(dt.date(1900, 1, 1)), MaxValueValidator(dt.date(2200, 1, 1))],
    )


class FilterForm(forms.Form):
    """What an address asks for; whatever is wrong in it is passed over."""

    q = forms.CharField(max_length=100, required=False)
    show = forms.ChoiceField(choices=[(key, key) for key in FILTERS], required=False)
    health = forms.ChoiceField(choices=choices({key: GRADES[key].label for key in Grade}), required=False)
    decision = forms.ChoiceField(choices=[ANY, (OPEN, "Not decided"), *Decision.choices], required=False)
    certainty = forms.ChoiceField(
        label="Certainty",
        choices=choices({key: label for key, (label, _) in CERTAINTIES.items()}),
        required=False,
    )
    verification = forms.ChoiceField(
        label="Vendor's GSTIN",
        choices=choices({key: VERIFICATIONS[key] for key in Verification}),
        required=False,
    )
    vendor = forms.CharField(
        label="Vendor", max_length=15, required=False,
        widget=forms.TextInput(attrs={"placeholder": "GSTIN", "autocapitalize": "characters"}),
    )  # fmt: skip
    rule = forms.ChoiceField(
        label="Finding",
        choices=lambda: [
            ANY,
            *sorted(((rule, entry.title) for rule, entry in entries().items()), key=lambda c: c[1]),
        ],
        required=False,
    )
    assigned = forms.ChoiceField(
        choices=[("", "Anybody"), ("me", "Me"), ("nobody", "Nobody")], required=False, label="Assigned to"
    )
    dated_from, dated_to = day("Invoice date from"), day("Invoice date to")
    received_from, received_to = day("Received from"), day("Received to")
    mine = forms.BooleanField(label="Only what I sent in", required=False)
    spend = forms.BooleanField(label="Only what counts as spend", required=False)
    held = forms.BooleanField(label="Only with an open duplicate question", required=False)
    batch = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False, widget=forms.HiddenInput)
    category = forms.RegexField(r"^[0-9]{2,8}\Z", required=False, widget=forms.HiddenInput)
    sort = forms.ChoiceField(choices=[(key, SORTS[key]) for key in Sort], required=False)
    start = forms.RegexField(r"^([1-9][0-9]{0,17}|[-0-9.]{0,24}~[1-9][0-9]{0,17})\Z", required=False)

    def __init__(self, data: QueryDict | dict[str, Any]) -> None:
        super().__init__(data)
        for name in PANEL:
            self.fields[name].widget.attrs["class"] = "input"

    def asked(self) -> dict[str, Any]:
        """The valid part of the address, without what asks for nothing."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: value for name, value in asked.items() if value}

    def shown(self) -> list[forms.BoundField]:
        """The fields of the filter panel."""
        return [self[name] for name in PANEL]

    @property
    def names(self) -> str:
        """The filters of the panel, as the form's own part of the address."""
        return ",".join((*PANEL, *TICKS))

    def ticks(self) -> list[forms.BoundField]:
        """Its boxes to tick."""
        return [self[name] for name in TICKS]


TICKS = ("mine", "held", "spend")
PANEL = (
    *("health", "decision", "certainty", "verification", "rule", "vendor", "assigned"),
    *("dated_from", "dated_to", "received_from", "received_to"),
)


class PeriodForm(forms.Form):
    """Other days than the usual ones."""

    first, last = day("From"), day("To")


class BulkForm(forms.Form):
    """What is to be done, to which invoices: those selected, or all that the list's address asks for."""

    ACTIONS = (
        ("approve", "Approve"),
        ("reject", "Reject"),
        ("retry", "Retry"),
        ("verify", "Verify"),
        ("delete", "Delete"),
        ("restore", "Restore"),
    )

    action = forms.ChoiceField(choices=ACTIONS)
    everything = forms.BooleanField(required=False)
    selected = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reason = forms.CharField(max_length=300, required=False)
    list = forms.CharField(max_length=2000, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        own = [value for value in data.getlist("selected") if value.isdecimal() and len(value) < 19]
        self.fields["selected"].choices = [(value, value) for value in own]  # type: ignore[attr-defined]


class SavedViewForm(forms.Form):
    """A name for the list at hand."""

    name = forms.CharField(label="Name", max_length=60)
    query = forms.CharField(max_length=1000, required=False)
