"""Papers of one vendor, and what the rules said of them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from gst.invoice import Invoice as Paper
from invoice_processor.models import Invoice, Source
from invoice_processor.portal.record import PortalRecord
from invoice_processor.services import rejudging
from invoice_processor.services.verification import remember
from specimens import sample_invoice

DAY = dt.date(2026, 5, 4)


def paper(number: str, **changes: object) -> Paper:
    """A paper of one and the same vendor."""
    first = sample_invoice(7, e_invoice=False, number=number, date=DAY)
    return replace(first, **changes)  # type: ignore[arg-type]


VENDOR = paper("1").vendor
GSTIN = VENDOR.gstin or ""


def record(**changes: object) -> PortalRecord:
    """What the portal says of that vendor."""
    values: dict[str, object] = {
        "gstin": GSTIN,
        "legal_name": VENDOR.name or "",
        "status": "Active",
        "taxpayer_type": "Regular",
        "registered_on": dt.date(2017, 7, 1),
    }
    return PortalRecord(**values | changes)  # type: ignore[arg-type]


def verify(**changes: object) -> None:
    """Keep the portal's record, and do all that follows from it."""
    remember(record(**changes), Source.PORTAL)
    while rejudging.rejudge_outdated():
        pass


def rules(invoice: Invoice) -> set[str]:
    """The rules that found something about the vendor."""
    found = invoice.findings.values_list("rule", flat=True)
    return {rule for rule in found if rule.startswith(("vendor_", "composition_"))}


def score(invoice: Invoice) -> Decimal:
    """The health score as it stands now."""
    invoice.refresh_from_db()
    assert invoice.health_score is not None
    return invoice.health_score
