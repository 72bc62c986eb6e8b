"""The values of an invoice as a person judges them: each with its certainty and why it is believed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from extraction.reading import FieldValue, Reading
from invoice_processor.models import Invoice
from web.templatetags.desk import kind, money, state_name
from web.wording import AMOUNTS, HEADER, PARTIES, SOURCES, certainty


@dataclass(frozen=True, slots=True)
class Value:
    """One field: what it is called, what was read, and the evidence (None when nothing was read)."""

    name: str
    label: str
    shown: str
    evidence: FieldValue | None
    amount: bool

    @property
    def source(self) -> str:
        """Where the value comes from, in words."""
        return SOURCES[self.evidence.source] if self.evidence else ""

    @property
    def tone(self) -> str:
        """The colour of its certainty."""
        return certainty(self.evidence.confidence) if self.evidence else "plain"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was read on one invoice."""

    header: list[Value]
    parties: list[Value]
    amounts: list[Value]
    warnings: list[str]
    engine: str
    seconds: float
    pages: int


COLUMNS = {"invoice_number": "number", "invoice_date": "date"}  # the others are named like their field


def evidence(invoice: Invoice) -> Evidence | None:
    """What the desk shows of an invoice's reading; None while there is none."""
    if invoice.reading is None:
        return None
    reading = Reading.model_validate_json(invoice.reading.reading)
    return Evidence(
        header=[value(invoice, reading, name, label) for name, label in HEADER.items()],
        parties=[value(invoice, reading, name, label) for name, label in PARTIES.items()],
        amounts=[
            value(invoice, reading, name, label)
            for name, label in AMOUNTS.items()
            if name in ("taxable_value", "grand_total") or getattr(invoice, name) is not None
        ],
        warnings=[warning.message for warning in reading.warnings],
        engine=reading.engine,
        seconds=reading.seconds,
        pages=len(reading.pages),
    )


def value(invoice: Invoice, reading: Reading, name: str, label: str) -> Value:
    """One field of an invoice with its evidence."""
    shown = in_words(name, getattr(invoice, COLUMNS.get(name, name)), invoice.currency)
    return Value(name, label, shown, reading.fields.get(name), name in AMOUNTS)


def in_words(name: str, stored: object, currency: str) -> str:
    """A stored value as people write it; empty when unknown."""
    if stored is None or stored == "":
        return ""
    if isinstance(stored, Decimal):
        return money(stored, currency)
    if name == "kind":
        return kind(str(stored))
    if name == "place_of_supply":
        return state_name(str(stored))
    return date_format(stored, "j M Y") if isinstance(stored, date) else str(stored)
