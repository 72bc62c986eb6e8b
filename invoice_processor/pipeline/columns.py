"""What was read, as the columns hold it. A bad scan may say anything; the reading itself keeps it all."""

from dataclasses import asdict
from decimal import ROUND_HALF_UP, Decimal

from compliance.findings import Finding as Verdict
from invoice_processor.models import Finding, Invoice

MOST_DIGITS = 14  # before the point: hundreds of trillions of rupees, and less than any column holds
LONG = frozenset({"message", "advice"})  # of a finding; what else may quote the paper is cut


def text(value: str | None, length: int | None = None) -> str:
    """Text without what PostgreSQL refuses, cut to its column."""
    return (value or "").replace("\x00", "")[:length]


def figure(value: Decimal | None, places: int = 2, digits: int = MOST_DIGITS) -> Decimal | None:
    """A figure rounded to its column; None when it is beyond all reason."""
    if value is None or abs(value) >= Decimal(10) ** digits - 1:
        return None
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def finding_row(invoice: Invoice, finding: Verdict) -> Finding:
    """A finding as a row."""
    said = {name: text(value, None if name in LONG else 200) for name, value in asdict(finding).items()}
    return Finding(invoice=invoice, **said)
