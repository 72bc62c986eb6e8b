"""What became of an invoice: versions and events in one line of time, the latest first."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extraction.amend.amended import LINES
from invoice_processor.models import DuplicateVerdict, Event, Invoice, InvoiceState, InvoiceVersion
from web.review.fields import in_words
from web.wording import FIELDS

SENTENCES = {
    "invoice.approved": "approved it",
    "invoice.rejected": "rejected it",
    "invoice.reopened": "reopened it",
    "invoice.commented": "wrote",
    "invoice.corrected": "changed",
    "invoice.version_restored": "went back to an earlier version",
    "invoice.reading_taken_over": "took over what was read anew",
    "invoice.reading_ignored": "kept the values against what was read anew",
    "invoice.deleted": "deleted it",
    "invoice.restored": "brought it back",
    "invoice.no_longer_found": "read the file anew, and took these pages for no invoice of their own",
    "invoice.retried": "had it read again",
    "invoice.read_by_ai": "had it read by an AI model as well",
    "invoice.judged_anew": "judged it anew",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    label: str
    before: str
    after: str

    @property
    def is_check(self) -> bool:
        """Whether a person only found the value to be right."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    at: dt.datetime
    who: str
    sentence: str
    text: str = ""
    changes: tuple[Change, ...] = ()
    version: int | None = None  # that came of it, and can be brought back


def history(invoice: Invoice) -> list[Entry]:
    """Everything that people and the program did, from the latest to the upload."""
    versions = {version.number: version for version in invoice.versions.all()}
    # A restored desk may give the number of a removed invoice to a new one: earlier entries are not its own.
    events = Event.objects.filter(invoice=invoice, created_at__gte=invoice.created_at)
    sender = str(invoice.batch.created_by or "The program")
    return [
        *(entry(event, versions) for event in events.select_related("actor").order_by("-id")),
        Entry(invoice.created_at, sender, "sent it in", invoice.place_in_file),
    ]


def entry(event: Event, versions: Mapping[int, InvoiceVersion]) -> Entry:
    """An event in words."""
    data: dict[str, Any] = event.data
    version = versions.get(data.get("version", 0))
    told = data.get("changes") or (version.changes if version else ())
    changes = judged(data) if event.action == "invoice.judged_anew" else tuple(map(changed, told))
    return Entry(
        event.created_at,
        str(event.actor or "The program"),
        sentence(event.action, data, changes),
        data.get("text") or data.get("reason") or data.get("engine") or "",
        changes,
        version.number if version else None,
    )


def sentence(action: str, data: Mapping[str, Any], changes: tuple[Change, ...]) -> str:
    """What was done."""
    if action == "invoice.assigned":
        return f"assigned it to {data['to']}" if data.get("to") else "assigned it to nobody"
    if action == "duplicate.decided":
        same = data.get("after") == DuplicateVerdict.DUPLICATE
        return (
            "found it to be the same invoice as another" if same else "found it to be an invoice of its own"
        )
    if action == "invoice.corrected" and changes and all(change.is_check for change in changes):
        return "checked"
    return SENTENCES.get(action, action.replace("_", " ").replace(".", ": "))


def judged(data: Mapping[str, Any]) -> tuple[Change, ...]:
    """How the program's judgement changed, in words."""
    before, after = (InvoiceState(data[side]).label for side in ("before", "after"))
    return (Change("State", str(before), str(after)),)


def changed(change: Mapping[str, Any]) -> Change:
    """A change of a version in words."""
    name = change["field"]
    label = "Line items" if name == LINES else FIELDS.get(name, name)
    before, after = (in_words(name, change[side]) for side in ("before", "after"))
    if name == LINES and before == after and change["before"] != change["after"]:
        after = f"{after}, changed"
    return Change(label, before or "nothing", after or "nothing")
