"""What a reader says about a document: the invoice, and for each value the evidence for it."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from gst.invoice import INVOICE_KINDS, Invoice, Line


class Source(StrEnum):
    """Where a value comes from."""

    SIGNED_QR = "signed_qr"  # a signature of the Invoice Registration Portal vouches for it
    QR_CODE = "qr_code"  # a code like that, whose signature cannot be checked: facts, but no proof
    PDF_TEXT = "pdf_text"
    OCR = "ocr"
    COMPUTED = "computed"  # follows from other values by arithmetic
    AI = "ai"
    PERSON = "person"


class Frozen(BaseModel):
    """A value that never changes."""

    model_config = ConfigDict(frozen=True)


class Box(Frozen):
    """A rectangle on the upright page, in fractions (0 to 1) of its width and height from the top left."""

    left: float
    top: float
    right: float
    bottom: float


class Word(Frozen):
    """A word, or the text of one table cell, as it stands on the page."""

    text: str
    box: Box
    confidence: float  # 0 to 1; 1 for the PDF's own text


class PageText(Frozen):
    """One page as it was read: ``rotation`` is what was turned, in degrees clockwise, to make it upright."""

    number: int  # from 1
    width: int  # pixels of the upright page as it was read
    height: int
    rotation: int = 0
    source: Source
    words: tuple[Word, ...] = ()


class Rejected(Frozen):
    """A value that stood for choice and was not taken, with what spoke for it."""

    value: str
    reason: str


class FieldValue(Frozen):
    """One value with its evidence; ``value`` is in normal form: ISO date, plain decimal, upper-case GSTIN."""

    value: str
    confidence: int  # 0 to 100: of values shown as 95, about 95 in 100 are right
    source: Source
    reason: str  # for a person: why it is believed
    page: int | None = None
    box: Box | None = None
    rejected: tuple[Rejected, ...] = ()
    proof: str = ""  # the kind of evidence, see extraction.solve.choice; empty where no solver chose it


class ReadingWarning(Frozen):
    """Something a person should know about the reading: a code and a sentence."""

    code: str
    message: str


class Reading(Frozen):
    """What one document says, how sure each value is, and why."""

    invoice: Invoice
    fields: dict[str, FieldValue]  # keys are those of :meth:`document`, and a few besides, e.g. "bank_ifsc"
    lines: tuple[dict[str, FieldValue], ...] = ()  # the cells of each line, by the names of gst.invoice.Line
    confidence: int  # 0 to 100: that all key fields are right
    warnings: tuple[ReadingWarning, ...] = ()
    pages: tuple[PageText, ...] = ()
    signed_qr: str | None = None  # verdict of gst.signed_qr, None when no code was read
    qr_text: str | None = None  # that code's text, so that it can be judged again with other keys
    suggestions: dict[str, FieldValue] = {}  # of an AI model, on no page: no part of the invoice
    engine: str
    seconds: float

    @property
    def is_invoice(self) -> bool:
        """Whether the paper bills a supply."""
        return self.invoice.kind in INVOICE_KINDS

    def document(self) -> dict[str, Any]:
        """The public JSON shape of a reading: decimals as strings, dates as ISO, unknown as null."""
        invoice, totals = self.invoice, self.invoice.totals
        return {
            "is_invoice": self.is_invoice,
            "kind": invoice.kind.value,
            "invoice_number": invoice.number,
            "invoice_date": invoice.date.isoformat() if invoice.date else None,
            "vendor_name": invoice.vendor.name,
            "vendor_gstin": invoice.vendor.gstin,
            "buyer_name": invoice.buyer.name,
            "buyer_gstin": invoice.buyer.gstin,
            "irn": invoice.irn,
            "place_of_supply": invoice.place_of_supply,
            "currency": invoice.currency,
            "taxable_value": plain(totals.taxable_value),
            "cgst": plain(totals.taxes.cgst),
            "sgst": plain(totals.taxes.sgst),
            "igst": plain(totals.taxes.igst),
            "cess": plain(totals.taxes.cess),
            "round_off": plain(totals.round_off),
            "grand_total": plain(totals.grand_total),
            "line_items": [line_document(line) for line in invoice.lines],
            "confidence": self.confidence,
            "fields": {
                name: {
                    "value": field.value,
                    "confidence": field.confidence,
                    "source": field.source.value,
                    "page": field.page,
                    "box": field.box.model_dump() if field.box else None,
                }
                for name, field in self.fields.items()
            },
            "warnings": [warning.message for warning in self.warnings],
            "engine": self.engine,
            "seconds": round(self.seconds, 2),
        }


def line_document(line: Line) -> dict[str, str | None]:
    """One line item in the public JSON shape; ``amount`` is its taxable value."""
    return {
        "description": line.description,
        "hsn_sac": line.hsn_sac,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "unit_price": plain(line.unit_price),
        "gst_rate": plain(line.gst_rate),
        "amount": plain(line.taxable_value),
    }


def plain(value: Decimal | None) -> str | None:
    """A decimal as a plain string without exponent, or None."""
    return None if value is None else format(value, "f")


def normal_form(value: object) -> str:
    """A value as text: ISO dates, plain decimals, codes of enumerations; empty for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
