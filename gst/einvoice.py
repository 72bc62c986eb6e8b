"""Who has to register invoices with the Invoice Registration Portal, and by when (Rule 48(4) and (5)).

An invoice that had to be registered and was not is no invoice: the credit is at risk.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from gst import limits
from gst.invoice import DocumentKind
from gst.tables import law

REGISTERED_KINDS = frozenset({DocumentKind.TAX_INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE})
DOCUMENT_TYPES = {
    DocumentKind.TAX_INVOICE: "INV",
    DocumentKind.CREDIT_NOTE: "CRN",
    DocumentKind.DEBIT_NOTE: "DBN",
}
"""The portal's name of each kind, as it stands in the IRN."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A class of suppliers that need not register."""

    id: str
    who: str
    source: str


def exemptions() -> tuple[Exemption, ...]:
    """The exempt classes; no paper proves that a supplier belongs to one."""
    return tuple(Exemption(row["id"], row["who"], row["source"]) for row in law("einvoice_exempt"))


def is_required(kind: DocumentKind, turnover: Decimal, on: dt.date) -> bool:
    """Whether a supplier has to register a document to a registered or foreign buyer.

    ``turnover`` is the highest of any year since 2017-18, in rupees; exempt classes are not considered.
    """
    threshold = limits.value("einvoice_turnover", on)
    return kind in REGISTERED_KINDS and threshold is not None and turnover > threshold


def last_day_to_register(invoice_date: dt.date, turnover: Decimal) -> dt.date | None:
    """The last day on which the portal takes a document; None where it sets no limit."""
    threshold = limits.value("einvoice_reporting_turnover", invoice_date)
    days = limits.value("einvoice_reporting_days", invoice_date)
    if threshold is None or days is None or turnover < threshold:
        return None
    return invoice_date + dt.timedelta(days=int(days))
