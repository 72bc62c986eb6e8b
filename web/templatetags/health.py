"""How the health of an invoice is shown."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from compliance.catalogue import Part
from invoice_processor.models import Grade

register = template.Library()

TONES = {Grade.HEALTHY: "good", Grade.REVIEW: "warn", Grade.AT_RISK: "bad"}
PARTS = {
    Part.COMPLETENESS: "Completeness",
    Part.VERIFICATION: "Vendor and buyer",
    Part.COMPLIANCE: "Compliance",
    Part.ANOMALY: "Fraud and anomalies",
    Part.QUALITY: "Reading and document",
}
SOUND = Decimal("0.8")
"""Share of its points from which a part looks healthy, as the whole score does."""
POOR = Decimal("0.5")


@register.filter
def grade_tone(grade: str) -> str:
    """The colour of a health grade."""
    return TONES[Grade(grade)]


@register.filter
def part_name(part: str) -> str:
    """The name of a part of the score."""
    return PARTS[Part(part)]


@register.simple_tag
def part_bar(points: str, weight: str) -> SafeString:
    """A part's points as a bar; the figures stand beside it."""
    share = Decimal(points) / Decimal(weight)
    tone = "good" if share >= SOUND else "warn" if share >= POOR else "bad"
    return format_html(
        '<svg class="block h-1.5 w-full overflow-hidden rounded-full bg-plain-soft" aria-hidden="true">'
        '<rect class="fill-{}" width="{}%" height="100%"></rect></svg>',
        tone,
        round(share * 100, 1),
    )
