"""What is known around an invoice: the context of the rules, from the database."""

from django.utils import timezone

from accounts.models import OrganisationGstin
from compliance.context import Context
from invoice_processor.models import Invoice
from invoice_processor.models.gstin import known_registrations


def context_of(invoice: Invoice) -> Context:
    """The context of a described invoice."""
    own = OrganisationGstin.objects.filter(organisation_id=invoice.organisation_id)
    known = known_registrations(invoice.organisation_id, (invoice.vendor_gstin, invoice.buyer_gstin))
    vendor, buyer = known.get(invoice.vendor_gstin), known.get(invoice.buyer_gstin)
    return Context(
        today=timezone.localdate(),
        own_gstins=frozenset(own.values_list("gstin", flat=True)),
        vendor=vendor.registration if vendor else None,
        buyer=buyer.registration if buyer else None,
        bank_account=invoice.bank_account or None,
    )
