"""What is known around an invoice: the context of the rules, from the database."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from compliance.context import Context
from extraction.reading import Reading, Source
from gst import signed_qr
from invoice_processor.judging import history
from invoice_processor.judging.history import KnownHistory
from invoice_processor.judging.prices import Prices
from invoice_processor.judging.questions import Question, ask
from invoice_processor.models import GSTCacheEntry, ImportedRegistration, Invoice
from invoice_processor.prepared import Given, Select

OWN = "SELECT gstin FROM accounts_organisationgstin WHERE organisation_id = %s"
LIMITS = """SELECT DISTINCT CAST(approval_limit AS TEXT) FROM accounts_membership
    WHERE organisation_id = %s AND approval_limit IS NOT NULL"""
ROLE_LIMITS = """SELECT CAST({0} AS TEXT) FROM accounts_organisation WHERE id = %s"""

READ_FROM_CODE = {"number": "invoice_number", "date": "invoice_date", "vendor": "vendor_gstin"}

PARTIES = Q(gstin=Given("vendor")) | Q(gstin=Given("buyer"))
RECORDS = Select(GSTCacheEntry.objects.filter(PARTIES))
CLAIMS = Select(ImportedRegistration.objects.filter(PARTIES, organisation_id=Given("organisation")))


def context_of(invoice: Invoice, reading: Reading, prices: Prices) -> Context:
    """The context of a described invoice; call it with the history locked.

    The invoice keeps the age of its newest registration, so that it is judged anew when there is a newer one.
    """
    known = registrations(invoice)
    invoice.registrations_as_of = max((record.verified_at for record in known.values()), default=None)
    vendor, buyer = known.get(invoice.vendor_gstin), known.get(invoice.buyer_gstin)
    answers = ask([*own(invoice.organisation_id), *history.questions(invoice, prices)])
    return Context(
        today=timezone.localdate(),
        own_gstins=frozenset(answers.get("own GSTIN", ())),
        qr=signed_qr.read(reading.qr_text) if reading.qr_text else None,
        unlike_qr=frozenset(unlike_qr(reading)),
        vendor=vendor.registration if vendor else None,
        buyer=buyer.registration if buyer else None,
        history=KnownHistory(invoice, answers),
        bank_account=invoice.bank_account or None,
        approval_limits=tuple(map(Decimal, answers.get("approval limit", ()))),
    )


def unlike_qr(reading: Reading) -> Iterator[str]:
    """What the reader saw printed otherwise than the signed code says, and no person has looked at."""
    warned = {warning.code for warning in reading.warnings}
    for what, name in READ_FROM_CODE.items():
        value = reading.fields.get(name)
        if f"qr_other_{what}" in warned and value and value.source is not Source.PERSON:
            yield what


def registrations(invoice: Invoice) -> "dict[str, GSTCacheEntry | ImportedRegistration]":
    """What is known of vendor and buyer: the public record, else the organisation's own.

    With the history locked, since a record that is saved later then finds the invoice judged, and has it
    judged again. It is models.gstin.known_registrations, prepared for two.
    """
    parties = {"vendor": invoice.vendor_gstin, "buyer": invoice.buyer_gstin}
    public = {record.gstin: record for record in RECORDS(**parties)}
    if public.keys() >= {gstin for gstin in parties.values() if gstin}:
        return {**public}
    claims = CLAIMS(organisation=invoice.organisation_id, **parties)
    return {**{claim.gstin: claim for claim in claims}, **public}


def own(organisation_id: int) -> Iterator[Question]:
    """What the organisation says of itself."""
    yield Question("own GSTIN", OWN, (organisation_id,))
    yield Question("approval limit", LIMITS, (organisation_id,))
    for limit in ("admin_limit", "accountant_limit"):
        yield Question("approval limit", ROLE_LIMITS.format(limit), (organisation_id,))
