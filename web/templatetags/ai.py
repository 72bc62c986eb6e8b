"""What templates ask about reading by AI models."""

from typing import Any

from django import template

from invoice_processor.models import Batch, Invoice
from invoice_processor.selectors import ai
from web.wording import FIELDS

register = template.Library()


@register.simple_tag
def ai_is_enabled() -> bool:
    """Whether a document may be sent to an AI model at all."""
    return ai.is_enabled()


@register.inclusion_tag("web/_ai_state.html")
def ai_state(invoice: Invoice) -> dict[str, Any]:
    """What to know of AI reading at once: that it waits or failed, and what it said unsupported."""
    said = ai.suggestions(invoice)
    suggestions = [(FIELDS.get(name, name.replace("_", " ").capitalize()), one) for name, one in said.items()]
    return {"ai": ai.ai_state(invoice), "suggestions": suggestions}


@register.inclusion_tag("web/_ai_foot.html")
def ai_foot(invoice: Invoice) -> dict[str, Any]:
    """Which readers read an invoice, why, and what that cost."""
    return {"ai": ai.ai_state(invoice)}


@register.inclusion_tag("web/_ai_batch.html")
def ai_of_batch(batch: Batch) -> dict[str, Any]:
    """What AI reading of a batch waits for, and what it cost."""
    if not ai.is_enabled():
        return {}
    jobs = ai.jobs_in(batch)
    return {"waiting": ai.waiting(jobs), "unfinished": ai.unfinished(jobs), "cost": ai.cost_of_batch(batch)}
