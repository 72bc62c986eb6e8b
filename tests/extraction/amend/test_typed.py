"""What a person types into a field."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.amend.typed import PARSERS, NotUnderstood, Value, parse
from gst.invoice import DocumentKind, DocumentReference
from gst.money import grouped

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("grand_total", "₹12,34,075.00", Decimal("1234075.00")),
        ("grand_total", "Rs. 1,664.00 /-", Decimal("1664.00")),
        ("round_off", "(0.40)", Decimal("-0.40")),
        ("invoice_date", "20/08/2025", dt.date(2025, 8, 20)),
        ("invoice_date", "Dt. 5th Sept 2025", dt.date(2025, 9, 5)),
        ("vendor_gstin", "27 aapfu 0939 f1zv", "27AAPFU0939F1ZV"),
        ("vendor_gstin", "27AAPFU0939F1ZX", "27AAPFU0939F1ZX"),  # a wrong check character is kept
        ("place_of_supply", "Maharashtra (27)", "27"),
        ("place_of_supply", "TN", "33"),
        ("currency", "$", "USD"),
        ("reverse_charge", "no", False),
        ("kind", "credit_note", DocumentKind.CREDIT_NOTE),
        ("invoice_number", "  A /  12 ", "A / 12"),
        ("bank_account", "0012 3456-789", "00123456789"),
        ("irn", "A" * 64, "a" * 64),
        ("acknowledgement_number", "1725 3180 0246 913", "172531800246913"),
        ("bank_ifsc", "hdfc 0001234", "HDFC0001234"),
        (
            "references",
            "PO/77 of 3 Apr 2026; DC 12 dt. 04/04/2026; Bill of lading 9;",
            (
                DocumentReference(number="PO/77", date=dt.date(2026, 4, 3)),
                DocumentReference(number="DC 12", date=dt.date(2026, 4, 4)),
                DocumentReference(number="Bill of lading 9"),
            ),
        ),
        ("grand_total", "  ", None),
    ],
)
def test_usual_ways_of_writing_are_understood(field: str, text: str, meant: Value) -> None:
    assert parse(field, text) == meant


@pytest.mark.parametrize(
    ("field", "text", "advice"),
    [
        ("grand_total", "12 and 13", "like 12,34,075.00"),
        ("grand_total", "1e9", "like 12,34,075.00"),
        ("grand_total", "1.005", "2 decimals"),
        ("grand_total", "99999999999999", "too large"),
        ("invoice_date", "31/02/2025", "like 20 Aug 2025"),
        ("invoice_date", "1/1/2025 to 2/1/2025", "not one date"),
        ("vendor_gstin", "27AAPFU0939F1Z", "this has 14"),
        ("place_of_supply", "Atlantis", "GST code"),
        ("irn", "abc", "64 characters"),
        ("acknowledgement_number", "16252", "15 digits"),
        ("bank_ifsc", "HDFC1234", "six more"),
        ("references", "PO/77 of 31 Feb 2026", "not one date"),
        ("references", "1;" * 21, "At most 20"),
        ("currency", "rupee", "three letters"),
        ("kind", "letter", "Choose"),
        ("reverse_charge", "perhaps", "yes or no"),
        ("invoice_number", "1" * 101, "at most 100"),
    ],
)
def test_what_cannot_be_meant_is_explained(field: str, text: str, advice: str) -> None:
    with pytest.raises(NotUnderstood, match=advice):
        parse(field, text)


@given(amounts)
def test_amounts_are_understood_as_the_desk_shows_them(value: Decimal) -> None:
    sign = "-" if value < 0 else ""
    assert parse("grand_total", f"{sign}₹{grouped(abs(value))}") == value


@given(st.sampled_from(sorted(PARSERS)), st.text(max_size=40))
def test_any_text_is_a_value_or_an_explanation(field: str, text: str) -> None:
    with suppress(NotUnderstood):
        parse(field, text)
