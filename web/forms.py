"""What people may send us."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from invoice_processor.models import Invoice
from web.wording import FILTERS


class BatchForm(forms.Form):
    """What the page announces before it sends files."""

    name = forms.CharField(max_length=200)
    expected_files = forms.IntegerField(min_value=1, max_value=1_000_000)
    keep_in_house = forms.BooleanField(required=False)


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
