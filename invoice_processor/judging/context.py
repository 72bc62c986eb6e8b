"""What is known around an invoice: the context of the rules, from the database."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from compliance.context import Context
from extraction.reading import Reading
from gst import signed_qr
from invoice_processor.judging import history
from invoice_processor.judging.history import KnownHistory
from invoice_processor.judging.prices import Prices
from invoice_processor.judging.questions import Question, ask
from invoice_processor.models import Invoice
from invoice_processor.models.gstin import known_registrations

OWN = "SELECT gstin FROM accounts_organisationgstin WHERE organisation_id = %s"
LIMITS = """SELECT DISTINCT CAST(approval_limit AS TEXT) FROM accounts_membership
    WHERE organisation_id = %s AND approval_limit IS NOT NULL"""


def context_of(invoice: Invoice, reading: Reading, prices: Prices) -> Context:
    """The context of a described invoice; call it with the history locked.

    The invoice keeps the age of its newest registration, so that it is judged anew when there is a newer one.
    """
    known = known_registrations(invoice.organisation_id, (invoice.vendor_gstin, invoice.buyer_gstin))
    invoice.registrations_as_of = max((record.verified_at for record in known.values()), default=None)
    vendor, buyer = known.get(invoice.vendor_gstin), known.get(invoice.buyer_gstin)
    answers = ask([*own(invoice.organisation_id), *history.questions(invoice, prices)])
    return Context(
        today=timezone.localdate(),
        own_gstins=frozenset(answers.get("own GSTIN", ())),
        qr=signed_qr.read(reading.qr_text) if reading.qr_text else None,
        vendor=vendor.registration if vendor else None,
        buyer=buyer.registration if buyer else None,
        history=KnownHistory(invoice, answers),
        bank_account=invoice.bank_account or None,
        approval_limits=tuple(map(Decimal, answers.get("approval limit", ()))),
    )


def own(organisation_id: int) -> Iterator[Question]:
    """What the organisation says of itself."""
    yield Question("own GSTIN", OWN, (organisation_id,))
    yield Question("approval limit", LIMITS, (organisation_id,))
