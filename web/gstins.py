"""The organisation's own GSTINs as people type them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gst import gstin
from gst.problem import Problem


class GstinsField(forms.CharField):
    """Any number of GSTINs, one a line; each is checked to the check character."""

    help_text = "One a line. Invoices to other GSTINs are flagged, so name all that you have."
    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Its GSTINs", required=False, help_text=self.help_text, **kwargs)
        self.widget.attrs |= {
            "class": "input",
            "rows": 3,
            "autocapitalize": "characters",
            "spellcheck": "false",
        }

    def clean(self, value: str) -> list[str]:
        """The GSTINs in normal form, each once, in the order given.

        Raises:
            ValidationError: for each that cannot be one, why.
        """
        parsed = [gstin.parse(typed) for typed in re.split(r"[\n,;]+", super().clean(value)) if typed.strip()]
        if problems := [one.message for one in parsed if isinstance(one, Problem)]:
            raise ValidationError(problems)
        return list(dict.fromkeys(one.value for one in parsed if not isinstance(one, Problem)))
