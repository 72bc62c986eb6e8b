"""How a registration stands, in words and colour."""

from invoice_processor.models import GSTCacheEntry, ImportedRegistration
from invoice_processor.selectors.vendors import Order, Show
from invoice_processor.services.verification import is_fresh
from web.wording import Wording

Record = GSTCacheEntry | ImportedRegistration

SHOWS = {
    Show.ALL: "All",
    Show.UNVERIFIED: "Not verified",
    Show.TROUBLE: "Not active",
    Show.ACTIVE: "Active",
    Show.OLD: "Checked long ago",
}
ORDERS = {Order.SPEND: "Highest spend", Order.NAME: "Name", Order.AT_STAKE: "Most at stake"}

UNVERIFIED = Wording("Not verified", "plain", "Verify this GSTIN before you pay.")
UNKNOWN = Wording("Unknown to the portal", "bad", "Compare the GSTIN with the papers; do not pay the tax.")
SINCE_WHEN = "Find out since when before you pay the tax."
NO_CREDIT = "Invoices dated on or after the day of cancellation carry no credit: do not pay their tax."
BEGINNINGS = {
    "active": ("good", ""),
    "suspend": ("warn", "Hold back the tax until it is active again."),
    "cancel": ("bad", NO_CREDIT),
    "inactive": ("bad", SINCE_WHEN),
}
"""Tone and advice by how the source's words begin."""


def standing(record: Record | None) -> Wording:
    """The state of a registration, as its source writes it."""
    if record is None:
        return UNVERIFIED
    if not record.is_registered:
        return UNKNOWN
    label = record.status or "In your list"
    known = (what for start, what in BEGINNINGS.items() if label.lower().startswith(start))
    tone, advice = next(known, ("plain", ""))
    return Wording(label, "plain" if record.is_claim and tone == "good" else tone, advice)


def source(record: Record) -> str:
    """Where a record comes from."""
    return record.get_source_display() if isinstance(record, GSTCacheEntry) else "Your vendor list"


def is_old(record: Record | None) -> bool:
    """Whether a public record should be asked for again."""
    return isinstance(record, GSTCacheEntry) and not is_fresh(record)
