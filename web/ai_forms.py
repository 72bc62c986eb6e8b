"""What an organisation lets AI models do, as people fill it in."""

from typing import Any

from django import forms
from django.http import QueryDict

from invoice_processor.models import AiPolicy, AiSettings
from web.gstins import GstinsField


class AiForm(forms.Form):
    """Policy, budget, and whose papers stay in the house."""

    policy = forms.ChoiceField(
        label="An AI model reads documents, too", choices=AiPolicy.choices, widget=forms.RadioSelect
    )
    monthly_budget = forms.DecimalField(
        label="Budget for a month (US$)",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        help_text="Estimated from the provider's price list. Empty: no limit.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "No limit"}),
    )

    def __init__(self, present: AiSettings, data: QueryDict | None = None) -> None:
        initial: dict[str, Any] = {
            "policy": present.policy,
            "monthly_budget": present.monthly_budget,
            "in_house_vendors": "\n".join(present.in_house_vendors),
        }
        super().__init__(data, initial=initial)
        vendors = GstinsField()
        vendors.label = "Vendors whose papers are never sent"
        vendors.help_text = "Their GSTINs, one a line."
        self.fields["in_house_vendors"] = vendors
