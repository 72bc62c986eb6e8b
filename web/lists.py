"""Lists of invoices: what their address asks for, and the filters with counts to press."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from accounts.models import Organisation
from compliance.catalogue import entries
from gst import hsn
from invoice_processor.models import Batch, Decision, Grade, Invoice
from invoice_processor.selectors.filters import OPEN, Days, InvoiceFilter
from invoice_processor.selectors.invoices import Counts, deleted_invoices_of, invoices_of
from invoice_processor.selectors.keyset import Sort, is_place
from web.inbox_forms import FilterForm
from web.wording import CERTAINTIES, DELETED, FILTERS, GRADES, TO_REVIEW, VERIFICATIONS


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of invoices as an address asks for it."""

    asked: dict[str, Any]  # the valid part of the address
    filter: InvoiceFilter
    organisation: Organisation

    @property
    def sort(self) -> Sort:
        """As asked for; a list of some dates is in the order of dates."""
        is_dated = self.asked.keys() & {"dated_from", "dated_to"}
        return Sort(self.asked.get("sort", Sort.DATE if is_dated else Sort.NEWEST))

    @property
    def start(self) -> str:
        """The place from which this page goes on; empty on the first one, or where it fits no order."""
        start: str = self.asked.get("start", "")
        return start if is_place(start, self.sort) else ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked.keys() - {"sort", "start"})

    @property
    def shows_deleted(self) -> bool:
        return self.asked.get("show") == DELETED

    def query(self, **changes: Any) -> str:
        """The address with some changes, on its first page."""
        asked = {name: value for name, value in (self.asked | changes).items() if value and name != "start"}
        return urlencode({name: "on" if value is True else value for name, value in asked.items()})

    def invoices(self) -> "QuerySet[Invoice]":
        """All invoices of the list, in no order."""
        some = deleted_invoices_of if self.shows_deleted else invoices_of
        return self.filter.apply(some(self.organisation))

    def in_any_state(self) -> "Listing":
        """The same list without its filter by state: what the counts beside the filters count."""
        return replace(self, filter=replace(self.filter, states=(), decision=self.asked.get("decision", "")))


def listing(organisation: Organisation, user_id: int, query: QueryDict | str) -> Listing:
    """The list that an address asks for; whatever is wrong in the address is passed over."""
    asked = FilterForm(QueryDict(query) if isinstance(query, str) else query).asked()
    words = {"q": "text", "vendor": "vendor", "health": "grade", "spend": "is_spend", "held": "is_held"}
    same = ("verification", "decision", "batch", "rule", "category")
    given = {words.get(name, name): asked[name] for name in (*words, *same) if name in asked}
    if asked.get("show") == TO_REVIEW:
        given.setdefault("decision", OPEN)
    wanted = InvoiceFilter(
        **given,
        states=FILTERS[asked["show"]][1] if "show" in asked else (),
        certainty=CERTAINTIES[asked["certainty"]][1] if "certainty" in asked else None,
        dated=Days(asked.get("dated_from"), asked.get("dated_to")),
        received=Days(asked.get("received_from"), asked.get("received_to")),
        assigned_to=user_id if asked.get("assigned") == "me" else None,
        is_unassigned=asked.get("assigned") == "nobody",
        uploaded_by=user_id if "mine" in asked else None,
    )
    return Listing(asked, replace(wanted, vendor=wanted.vendor.strip().upper()), organisation)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter to press, with the number of invoices behind it; None where they are too many to count."""

    label: str
    count: int | None
    query: str
    current: bool


def chips(counts: Counts, asked: dict[str, Any]) -> list[Chip]:
    """The filters by state that have something behind them, and the one in use; all where that is unknown."""
    made = []
    exact = not counts.is_more
    for key, (label, states) in FILTERS.items():
        if key == DELETED:
            continue
        counted = counts.undecided if key == TO_REVIEW else counts.by_state
        count = sum(counted.get(state, 0) for state in states)
        current = asked.get("show", "") == key
        if count or current or not key or not exact:
            query = {name: value for name, value in asked.items() if name not in ("show", "start")}
            query = {name: "on" if value is True else value for name, value in query.items() if value}
            address = urlencode(query | ({"show": key} if key else {}))
            made.append(Chip(label, count if exact else None, address, current))
    return made


def filtered(invoices: "QuerySet[Invoice]", show: str) -> "QuerySet[Invoice]":
    """The invoices behind a filter by state."""
    invoices = invoices.filter(decision="") if show == TO_REVIEW else invoices
    return invoices.filter(state__in=FILTERS[show][1]) if show else invoices


@dataclass(frozen=True, slots=True)
class Asked:
    """One filter in use, in words, and the address of the list without it."""

    label: str
    query: str


def in_words(shown: Listing) -> list[Asked]:
    """The filters in use, apart from state and search, which stand in their own places."""
    return [Asked(label, shown.query(**dict.fromkeys(names))) for names, label in _words(shown)]


def _words(shown: Listing) -> Iterator[tuple[tuple[str, ...], str]]:
    asked = shown.asked
    fixed: dict[str, Callable[[Any], str]] = {
        "health": lambda key: GRADES[Grade(key)].label,
        "decision": lambda key: "Not decided" if key == OPEN else Decision(key).label,
        "certainty": lambda key: f"Certainty: {CERTAINTIES[key][0].lower()}",
        "verification": lambda key: f"GSTIN: {VERIFICATIONS[key].lower()}",
        "vendor": lambda gstin: f"Vendor {gstin}",
        "rule": lambda rule: entries()[rule].title,
        "category": category,
        "assigned": lambda key: "Assigned to me" if key == "me" else "Assigned to nobody",
        "mine": lambda _: "Sent in by me",
        "spend": lambda _: "Counts as spend",
        "held": lambda _: "Open duplicate question",
        "batch": lambda pk: _batch(shown.organisation, pk),
    }
    for name, say in fixed.items():
        if name in asked:
            yield (name,), say(asked[name])
    for what, label in (("dated", "Dated"), ("received", "Received")):
        ends = [asked.get(f"{what}_{end}") for end in ("from", "to")]
        if any(ends):
            first, last = (date_format(day, "j M Y") if day else "…" for day in ends)
            yield (f"{what}_from", f"{what}_to"), f"{label} {first} to {last}"


def category(code: str) -> str:
    """A chapter of HSN or SAC codes in words."""
    entry = hsn.get(code)
    return f"HSN {code}: {entry.description.capitalize()[:60]}" if entry else f"HSN {code}"


def _batch(organisation: Organisation, pk: int) -> str:
    batch = Batch.objects.filter(organisation=organisation, pk=pk).only("name").first()
    return f"Batch {batch.name}" if batch else f"Batch {pk}"


def list_url(query: str) -> str:
    """The inbox as an invoice's page was reached from it."""
    return f"{reverse('web:inbox')}?{query}" if query else reverse("web:inbox")
