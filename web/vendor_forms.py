"""What people may send about vendors and verification."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from invoice_processor.selectors.vendors import Order, Show
from invoice_processor.services.tables import LARGEST_FILE
from web.vendor_wording import ORDERS, SHOWS

MOST_SKIPPED = 200
MOST_AMONG = 200  # of a selection; their names fit into an address


class VendorListForm(forms.Form):
    """The address of the list; whatever is wrong in it is passed over."""

    q = forms.CharField(max_length=100, required=False)
    show = forms.ChoiceField(choices=[(key.value, label) for key, label in SHOWS.items()], required=False)
    order = forms.ChoiceField(choices=[(key.value, label) for key, label in ORDERS.items()], required=False)
    start = forms.CharField(max_length=400, required=False)

    def clean_start(self) -> str:
        """A place of the list: a value and an id."""
        start: str = self.cleaned_data["start"]
        value, _, pk = start.rpartition("~")
        by_name = self.data.get("order") == Order.NAME
        try:
            usable = pk.isdecimal() and len(pk) < 19 and (by_name or Decimal(value).is_finite())
        except InvalidOperation:
            usable = False
        return start if usable else ""

    def wanted(self) -> dict[str, Any]:
        """The valid part of the address."""
        self.is_valid()
        given = {"q": "", "show": "", "order": "", "start": ""} | self.cleaned_data
        return given | {"show": Show(given["show"]), "order": Order(given["order"] or Order.SPEND)}


class GstinForm(forms.Form):
    """One GSTIN."""

    gstin = forms.CharField(label="GSTIN", max_length=30)


def apart(gstins: str) -> tuple[str, ...]:
    """GSTINs that stand apart by blanks."""
    return tuple(one for one in gstins.split() if one.isalnum())


class QueueForm(forms.Form):
    """The address of the queue: ``among`` some vendors, or of all that wait."""

    among = forms.CharField(max_length=16 * MOST_AMONG, required=False)  # GSTINs apart by blanks

    def wanted(self) -> tuple[str, ...]:
        """The GSTINs, as far as they are valid; none are all."""
        return apart(self.cleaned_data["among"]) if self.is_valid() else ()


class DialogForm(forms.Form):
    """A step of the CAPTCHA dialog; ``goes_on``: to the next GSTIN of the queue, but for those skipped."""

    gstin = forms.CharField(max_length=15, required=False)
    goes_on = forms.BooleanField(required=False)
    skip = forms.CharField(max_length=16 * MOST_SKIPPED, required=False)  # apart by blanks
    among = forms.CharField(max_length=16 * MOST_AMONG, required=False)  # of a selection only
    refresh = forms.BooleanField(required=False)
    by_hand = forms.BooleanField(required=False)  # ask the portal although there is a GSP
    token = forms.CharField(max_length=64, required=False)
    answer = forms.CharField(max_length=20, required=False)

    def wanted(self) -> dict[str, Any]:
        """What was sent, as far as it is valid."""
        self.is_valid()
        empty: dict[str, Any] = dict.fromkeys(self.fields, "")
        given = empty | self.cleaned_data
        return given | {"skip": apart(given["skip"])[-MOST_SKIPPED:], "among": apart(given["among"])}


class VendorFileForm(forms.Form):
    """A vendor list."""

    file = forms.FileField(label="Vendor list")

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large before reading it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(f"The file is larger than {LARGEST_FILE // 1_000_000} MB: split it.")
        return file
