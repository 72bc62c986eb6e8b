"""What a person sends from the review page."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import Membership
from extraction.amend.amended import LINES, Place
from extraction.amend.lines import COLUMNS
from extraction.amend.typed import PARSERS
from extraction.reading import Box
from invoice_processor.models import DuplicateVerdict
from web.review.lines import rows_from

BASIS = forms.CharField(max_length=40, required=False)
LONGEST = 4000  # characters of one typed value


class FieldForm(forms.Form):
    """One field as typed, and where in the document it was picked up, if it was."""

    basis = BASIS
    field = forms.ChoiceField(choices=[(name, name) for name in PARSERS])
    value = forms.CharField(max_length=LONGEST, required=False, strip=False)
    place = forms.RegexField(r"\d{1,4}(,[01]\.\d{1,6}){4}", required=False)

    def clean_place(self) -> Place | None:
        """Page and box."""
        if not (given := self.cleaned_data["place"]):
            return None
        page, left, top, right, bottom = given.split(",")
        box = Box(left=float(left), top=float(top), right=float(right), bottom=float(bottom))
        return Place(int(page), box)


class LinesForm(forms.Form):
    """All line items: a list of cells for each column."""

    basis = BASIS

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.rows = rows_from({name: data.getlist(name) for name in ("was", *COLUMNS)})


class VersionForm(forms.Form):
    """An earlier version to bring back."""

    basis = BASIS
    number = forms.IntegerField(min_value=0, max_value=1_000_000)


class SuggestionForm(forms.Form):
    """What to do with values that were read anew."""

    fields_ = forms.MultipleChoiceField(choices=[(name, name) for name in (*PARSERS, LINES)])
    answer = forms.ChoiceField(choices=[("take", "take"), ("keep", "keep")])

    def add_prefix(self, field_name: str) -> str:
        """``fields_`` comes as ``fields``, which a form uses itself."""
        return field_name.rstrip("_")


class ApprovalForm(forms.Form):
    """What the person looked at, and the list they came from."""

    basis = BASIS
    list = forms.CharField(max_length=2000, required=False)


class TextForm(forms.Form):
    """A comment, or the reason of a rejection."""

    text = forms.CharField(max_length=2001, required=False)


class AssignForm(forms.Form):
    """A member to look at the invoice, or nobody."""

    def __init__(self, data: QueryDict, members: "QuerySet[Membership]") -> None:
        super().__init__(data)
        self.fields["to"] = forms.ModelChoiceField(members, required=False)

    @property
    def to(self) -> Membership | None:
        """The member; None for nobody."""
        member: Membership | None = self.cleaned_data["to"]
        return member


class VerdictForm(forms.Form):
    """Whether two invoices are one."""

    verdict = forms.ChoiceField(choices=DuplicateVerdict.choices)
    list = forms.CharField(max_length=2000, required=False)
