"""Whether a document may leave the house and needs to: the organisation's choice, with its reason."""

from dataclasses import dataclass

from django.conf import settings

from extraction.ai.need import doubt
from extraction.ai.support import gstin_cell
from extraction.layout import lay_out
from extraction.reading import Reading
from invoice_processor.models import AiPolicy, AiSettings, Invoice, InvoiceVersion


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether an AI model is asked, under which policy, and why (or why not), as a sentence."""

    asked: bool
    policy: AiPolicy
    reason: str


def settings_of(organisation_id: int) -> AiSettings:
    """What an organisation allows; the defaults where it never said."""
    known = AiSettings.objects.filter(organisation_id=organisation_id).first()
    return known or AiSettings(organisation_id=organisation_id)


def choose(invoice: Invoice, reading: Reading) -> Choice:
    """Decide on an invoice by its offline reading."""
    allowed = settings_of(invoice.organisation_id)
    policy = AiPolicy(allowed.policy)
    if against := kept_in_house(invoice, reading, allowed) or idle(invoice, policy):
        return Choice(False, policy, against)
    if policy is AiPolicy.ALWAYS:
        return Choice(True, policy, "The organisation lets an AI model read every document.")
    unsure = doubt(reading, settings.REVIEW_BELOW_CONFIDENCE)
    return Choice(unsure is not None, policy, unsure or "The offline reading is proved.")


def idle(invoice: Invoice, policy: AiPolicy) -> str | None:
    """Why an answer would be of no use, or is not wanted."""
    if policy is AiPolicy.OFF:
        return "AI reading is switched off for the organisation."
    if invoice.deleted_at:
        return "It was deleted."
    if invoice.decision:
        return "A person has decided about it."
    if InvoiceVersion.objects.filter(invoice_id=invoice.pk).exists():
        return "A person has corrected it."
    return None


def kept_in_house(invoice: Invoice, reading: Reading, allowed: AiSettings) -> str | None:
    """Why a document must not leave the house; the same bytes in any batch marked so are enough."""
    copies = Invoice.objects.filter(document_id=invoice.document_id, batch__keep_in_house=True)
    if copies.exists():
        return "It was uploaded to be kept in the house."
    vendors = [str(value) for value in allowed.in_house_vendors]
    if reading.invoice.vendor.gstin in vendors or (vendors and names_any(reading, vendors)):
        return "The vendor's papers are kept in the house."
    return None


def names_any(reading: Reading, gstins: list[str]) -> bool:
    """Whether a GSTIN stands anywhere on the pages, even misread."""
    sheets = [lay_out(page) for page in reading.pages]
    return any(gstin_cell(value, sheets) for value in gstins)
