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


@register.simple_tag
def ai_state(invoice: Invoice) -> ai.AiState | None:
    """Which readers read an invoice, why, what that cost, and what the model said unsupported."""
    return ai.ai_state(invoice)


@register.filter
def field_name(name: str) -> str:
    """A field of a reading in words, also one that the page does not have."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


@register.inclusion_tag("web/_ai_batch.html")
def ai_of_batch(batch: Batch) -> dict[str, Any]:
    """What AI reading of a batch waits for, and what it cost."""
    if not ai.is_enabled():
        return {}
    jobs = ai.jobs_in(batch)
    return {"waiting": ai.waiting(jobs), "unfinished": ai.unfinished(jobs), "cost": ai.cost_of_batch(batch)}
