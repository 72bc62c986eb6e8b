"""Records as JSON. Amounts are strings of rupees with paise, since floats round; dates are ISO 8601."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.urls import reverse

from invoice_processor.models import Batch, Finding, Invoice, InvoiceLine
from invoice_processor.selectors.batches import refused_in
from invoice_processor.selectors.progress import batch_progress

FIELDS = (
    *("kind", "number", "date", "vendor_name", "vendor_gstin", "buyer_name", "buyer_gstin", "irn"),
    *("place_of_supply", "currency", "taxable_value", "cgst", "sgst", "igst", "cess", "round_off"),
    *("grand_total", "confidence"),
)
LINE = ("position", "description", "hsn_sac", "quantity", "unit", "unit_price", "gst_rate", "amount")
FINDING = ("rule", "severity", "title", "message", "field", "expected", "found", "advice", "source")


def invoice(record: Invoice) -> dict[str, Any]:
    """One invoice: where it stands, what was read, what was found."""
    return {
        **listed(record),
        "lines": [some_of(line, LINE) for line in record.lines.all()],
        "findings": [some_of(finding, FINDING) for finding in record.findings.all()],
    }


def listed(record: Invoice) -> dict[str, Any]:
    """One invoice among others: without its lines and findings."""
    return {
        "id": record.pk,
        "url": reverse("api:invoice", args=[record.pk]),
        "file": record.original_name,
        "first_page": record.first_page,
        "batch": record.batch_id,
        "received_at": record.created_at,
        "state": record.state,
        "state_reason": record.state_reason,
        "decision": record.decision,
        "held_back": record.is_held_back,  # type: ignore[attr-defined]  # see selectors.duplicates
        "health_score": plain(record.health_score),
        "health_grade": record.health_grade,
        "verification": record.verification,
        "fields": {name: plain(getattr(record, name)) for name in FIELDS},
    }


def some_of(record: InvoiceLine | Finding, names: tuple[str, ...]) -> dict[str, Any]:
    """Columns of a record by their names."""
    return {name: plain(getattr(record, name)) for name in names}


def plain(value: object) -> object:
    """A value as JSON has it; empty text is null."""
    return str(value) if isinstance(value, Decimal) else value if value != "" else None


def batch(record: Batch) -> dict[str, Any]:
    """One batch: how far it is, and its invoices."""
    return {
        "id": record.pk,
        "url": reverse("api:batch", args=[record.pk]),
        "name": record.name,
        "finished_at": record.finished_at,
        "progress": asdict(batch_progress(record)),
        "invoices": list(record.invoices.filter(deleted_at=None).order_by("pk").values("id", "state")),
        "refused": list(refused_in(record).values("name", "reason")),
    }


def results(record: Batch) -> list[dict[str, object]]:
    """What became of each file of a batch, as the call that sent them was told."""
    files = record.invoices.filter(first_page=1).order_by("pk").values_list("original_name", "pk")
    found: list[dict[str, object]] = [
        {"name": name, "outcome": "queued", "invoice": pk} for name, pk in files
    ]
    found += [{"name": one.name, "outcome": "refused", "reason": one.reason} for one in refused_in(record)]
    return found
