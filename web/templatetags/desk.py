"""How amounts, times and states are shown."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.forms import BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from gst import states
from gst.money import grouped
from invoice_processor.models import InvoiceState
from invoice_processor.selectors.progress import Progress
from web.wording import AMOUNTS, KINDS, REPEATS, STATES, Wording

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def money(amount: Decimal | None, currency: str = "INR") -> str:
    """An amount with its currency: ₹12,34,075.00 for rupees; a dash when unknown."""
    if amount is None:
        return "—"
    if currency == "INR":
        return f"-₹{grouped(-amount)}" if amount < 0 else f"₹{grouped(amount)}"
    return f"{currency} {amount:,.2f}"


register.filter("grouped", grouped)


@register.filter
def figure(text: str, field: str) -> str:
    """What a finding says about a field: amounts and dates as such, everything else as it stands."""
    try:
        if field in ("invoice_date", "irn"):  # of an IRN, when it was registered
            return date_format(date.fromisoformat(text), "j M Y")
        return money(Decimal(text)) if field in AMOUNTS else text
    except (InvalidOperation, ValueError):
        return text


@register.filter
def number(value: Decimal | None, places: int = 0) -> str:
    """A quantity or rate without idle zeros beyond ``places``; a dash when unknown."""
    if value is None:
        return "—"
    return grouped(value, max(places, -int(value.normalize().as_tuple().exponent)))


@register.filter
def count(value: int) -> str:
    """A whole number in Indian grouping."""
    return grouped(Decimal(value), 0)


@register.filter
def ago(moment: datetime) -> str:
    """The age of a moment, in words: just now, 3 min ago, 2 h ago, yesterday, 4 days ago, 20 Aug 2025."""
    seconds = (timezone.now() - moment).total_seconds()
    days = (timezone.localdate() - timezone.localdate(moment)).days
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{seconds // MINUTE:.0f} min ago"
    if seconds < 12 * HOUR or days == 0:
        return f"{seconds // HOUR:.0f} h ago"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days <= 7 else date_format(timezone.localtime(moment), "j M Y")


@register.simple_tag
def age(moment: datetime) -> SafeString:
    """A moment as an age, with the exact time on hovering and for machines."""
    exact = date_format(timezone.localtime(moment), "j M Y, H:i")
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, ago(moment))


@register.filter
def time_left(seconds: int) -> str:
    """A rough time left: people plan with minutes, not seconds."""
    if seconds < MINUTE:
        return "less than a minute left"
    if seconds < HOUR:
        return f"about {round(seconds / MINUTE)} min left"
    return f"about {seconds / HOUR:.1f} h left"


@register.filter
def size(size_in_bytes: int) -> str:
    """A file's size in kB or MB."""
    kilobytes = size_in_bytes / 1000
    return f"{max(1, round(kilobytes))} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"


@register.filter
def wording(state: str) -> Wording:
    """The words for an invoice's state."""
    return STATES[InvoiceState(state)]


@register.filter
def kind(value: str) -> str:
    """The name of a kind of document."""
    return KINDS.get(value, value)


@register.filter
def repeat(reason: str) -> str:
    """Why two invoices are one, in words."""
    return REPEATS.get(reason, reason)


@register.filter
def state_name(code: str) -> str:
    """A State with its GST code: Maharashtra (27)."""
    state = states.get(code)
    return f"{state.name} ({code})" if state else code


@register.filter
def segments(progress: Progress) -> list[dict[str, object]]:
    """The coloured pieces of a batch's progress bar, in percent of its width."""
    pieces = [
        ("good", progress.done),
        ("warn", progress.attention),
        ("bad", progress.failed),
        ("busy", progress.working),
    ]
    drawn: list[dict[str, object]] = []
    start = 0.0
    for tone, jobs in pieces:
        width = jobs * 100 / (progress.total or 1)
        drawn.append({"tone": tone, "start": round(start, 3), "width": round(width, 3)})
        start += width
    return drawn


@register.filter
def initials(person: User) -> str:
    """Up to two letters that stand for a person without a picture."""
    words = str(person).replace("@", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def is_past(moment: datetime) -> bool:
    """Whether a moment is over."""
    return moment <= timezone.now()


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is a box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def icon(name: str, classes: str = "size-5") -> SafeString:
    """A drawing of the sprite; it is decoration, words stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("web/icons.svg"),
        name,
    )
