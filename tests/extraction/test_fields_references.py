import datetime as dt

from extraction.fields.currency import currency
from extraction.fields.references import acknowledgement, references
from gst.invoice import Acknowledgement, DocumentReference
from tests.extraction.papers import INVOICE, sheet


def test_a_credit_note_names_its_invoice() -> None:
    paper = sheet((0.6, 0.09, "Original Invoice No. & Date."), (0.6, 0.11, "SP/25-26/117 dt. 12-Aug-25"))
    assert references([paper, paper]) == (
        DocumentReference(number="SP/25-26/117", date=dt.date(2025, 8, 12)),
    )


def test_an_acknowledgement_has_fifteen_digits_and_a_date() -> None:
    paper = sheet((0.1, 0.1, "Ack No."), (0.2, 0.1, ": 172531800246913"), (0.1, 0.12, "Ack Date : 20-Aug-25"))
    assert acknowledgement([paper]) == Acknowledgement(number="172531800246913", date=dt.date(2025, 8, 20))
    assert acknowledgement([sheet(*INVOICE)]) is None


def test_amounts_are_rupees_unless_only_another_currency_is_named() -> None:
    assert currency([sheet(*INVOICE)]) == "INR"
    assert currency([sheet((0.1, 0.1, "Total due"), (0.5, 0.1, "USD 1,200.00"))]) == "USD"
    assert currency([sheet((0.1, 0.1, "USD 100.00"), (0.1, 0.2, "Rs. 8,800.00"))]) == "INR"
