"""How vendors and their registrations are shown."""

from decimal import Decimal

from django import template

from invoice_processor.selectors.vendors import Month
from invoice_processor.selectors.verification import MOST_COUNTED
from web.vendor_wording import Record
from web.vendor_wording import is_old as grown_old
from web.vendor_wording import source as said_by
from web.vendor_wording import standing as stands
from web.wording import Wording

register = template.Library()

HIGH = 88  # of the drawing, in its own units
BAR, GAP = 16, 8


@register.filter
def standing(record: Record | None) -> Wording:
    """How a registration stands, in words."""
    return stands(record)


@register.filter
def source(record: Record) -> str:
    """Where a record comes from."""
    return said_by(record)


@register.filter
def is_old(record: Record | None) -> bool:
    """Whether a record should be asked for again."""
    return grown_old(record)


@register.filter
def bars(months: list[Month]) -> list[dict[str, object]]:
    """Months as bars of a drawing: the dearest is as high as the drawing."""
    most = max((month.value for month in months), default=Decimal(0))
    drawn: list[dict[str, object]] = []
    for place, month in enumerate(months):
        height = round(float(month.value / most * HIGH), 1) if most > 0 and month.value > 0 else 0
        drawn.append(
            {
                "month": month,
                "x": place * (BAR + GAP),
                "middle": place * (BAR + GAP) + BAR / 2,
                "y": HIGH - height,
                "height": height,
            }
        )
    return drawn


@register.filter
def waiting_count(number: int) -> str:
    """How many wait; more than are counted is said to be more."""
    return f"{number}+" if number >= MOST_COUNTED else str(number)
