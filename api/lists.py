"""Which invoices a program asks for: by the filters of the inbox, under the same names."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import Membership
from compliance.catalogue import entries
from invoice_processor.models import Decision, Grade, InvoiceState, Verification
from invoice_processor.selectors.filters import OPEN, Days, InvoiceFilter
from invoice_processor.selectors.keyset import Sort

LARGEST_ID = 2**62


def one_of(*names: str) -> forms.ChoiceField:
    """One of some words."""
    return forms.ChoiceField(choices=[(name, name) for name in names], required=False)


def percent() -> forms.IntegerField:
    """A share of a hundred."""
    return forms.IntegerField(min_value=0, max_value=100, required=False)


def day() -> forms.DateField:
    """A day as ISO 8601 has it."""
    return forms.DateField(input_formats=["%Y-%m-%d"], required=False)


def yes() -> forms.BooleanField:
    """Asked for or not."""
    return forms.BooleanField(required=False)


class ListForm(forms.Form):
    """What an address asks for; what is wrong is an error, so that nobody gets more than they wanted."""

    q = forms.CharField(max_length=100, required=False)
    state = forms.MultipleChoiceField(choices=InvoiceState.choices, required=False)
    health = one_of(*Grade)
    decision = one_of(OPEN, *Decision)
    certainty_from, certainty_to = percent(), percent()
    verification = one_of(*Verification)
    vendor = forms.CharField(max_length=15, required=False)
    rule = forms.ChoiceField(choices=lambda: [(rule, rule) for rule in entries()], required=False)
    category = forms.RegexField(r"\d{2,8}", required=False)
    batch = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    assigned = one_of("me", "nobody")
    dated_from, dated_to = day(), day()
    received_from, received_to = day(), day()
    mine, spend, held = yes(), yes(), yes()
    sort = one_of(*Sort)
    start = forms.RegexField(r"([1-9]\d{0,17}|[-\d.]{0,24}~[1-9]\d{0,17})", required=False)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.unknown = [name for name in asked if name not in self.fields]

    def clean(self) -> None:
        """A place belongs to one order, and only a filter that exists can have been meant."""
        for name in self.unknown:
            raise forms.ValidationError(f"There is no filter {name}.")
        if start := self.cleaned_data.get("start"):
            by_value = self.cleaned_data.get("sort", "") not in ("", Sort.NEWEST)
            if ("~" in start) != by_value:
                self.add_error("start", "It is a place of another order: follow next as it is.")

    def problem(self) -> str:
        """What is wrong, in a sentence or two."""
        wrong = ((name, " ".join(map(str, errors))) for name, errors in self.errors.items())
        return " ".join(f"{name}: {said}" if name in self.fields else said for name, said in wrong)

    @property
    def sort_order(self) -> Sort:
        """The order asked for."""
        return Sort(self.cleaned_data["sort"] or Sort.NEWEST)

    def filter(self, asking: Membership) -> InvoiceFilter:
        """The filter asked for, by a member."""
        asked: dict[str, Any] = self.cleaned_data
        least, most = asked["certainty_from"], asked["certainty_to"]
        certainty = None if least is None and most is None else (least or 0, 100 if most is None else most)
        return InvoiceFilter(
            text=asked["q"],
            states=tuple(InvoiceState(state) for state in asked["state"]),
            grade=asked["health"],
            certainty=certainty,
            dated=Days(asked["dated_from"], asked["dated_to"]),
            received=Days(asked["received_from"], asked["received_to"]),
            vendor=asked["vendor"].strip().upper(),
            assigned_to=asking.user_id if asked["assigned"] == "me" else None,
            is_unassigned=asked["assigned"] == "nobody",
            uploaded_by=asking.user_id if asked["mine"] else None,
            is_spend=asked["spend"],
            is_held=asked["held"],
            **{name: asked[name] for name in ("decision", "verification", "rule", "category", "batch")},
        )
