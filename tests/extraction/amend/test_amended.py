"""A person's values in a reading."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from extraction.amend.amended import LINES, Place, Stamp, amend, blank, with_fields_of
from extraction.amend.fields import PATHS, value_of, with_value
from extraction.amend.lines import CellsNotUnderstood, in_cells, parse_lines
from extraction.amend.typed import PARSERS, parse
from extraction.reading import Box, FieldValue, Reading, ReadingWarning, Source
from gst.invoice import Acknowledgement, Line, TaxAmounts
from specimens import sample_invoice

STAMP = Stamp("Asha Iyer", dt.date(2026, 8, 20))
BOX = Box(left=0.1, top=0.1, right=0.2, bottom=0.2)


@pytest.fixture
def reading() -> Reading:
    invoice = sample_invoice(7, line_count=2)
    read = FieldValue(
        value=invoice.number or "", confidence=60, source=Source.OCR, reason="label", page=1, box=BOX
    )
    return Reading(invoice=invoice, fields={"invoice_number": read}, confidence=60, engine="test", seconds=1)


def test_every_field_can_be_typed_and_set() -> None:
    assert PATHS.keys() == PARSERS.keys()
    for field in PATHS:
        assert value_of(with_value(blank().invoice, field, None), field) in (None, "INR", "not_invoice")


def test_typed_value_is_vouched_for_by_a_person(reading: Reading) -> None:
    amended = amend(reading, {"invoice_number": "B/7"}, STAMP)
    assert amended.invoice.number == "B/7"
    value = amended.fields["invoice_number"]
    assert (value.value, value.confidence, value.source) == ("B/7", 100, Source.PERSON)
    assert value.reason == "typed by Asha Iyer on 20 Aug 2026"
    assert value.box is None  # it was not read there


def test_same_value_is_confirmed_and_keeps_its_place(reading: Reading) -> None:
    value = amend(reading, {"invoice_number": reading.invoice.number}, STAMP).fields["invoice_number"]
    assert (value.confidence, value.box, value.reason) == (100, BOX, "checked by Asha Iyer on 20 Aug 2026")


def test_value_picked_up_in_the_document_has_its_place(reading: Reading) -> None:
    amended = amend(reading, {"invoice_number": "B/7"}, STAMP, places={"invoice_number": Place(2, BOX)})
    assert (amended.fields["invoice_number"].page, amended.fields["invoice_number"].box) == (2, BOX)


def test_emptied_field_is_remembered(reading: Reading) -> None:
    amended = amend(reading, {"invoice_number": None, "irn": None}, STAMP)
    assert amended.invoice.number is None
    assert amended.fields["invoice_number"].reason.startswith("emptied by")


def test_doubt_about_the_sums_ends_when_a_person_types_one(reading: Reading) -> None:
    doubts = tuple(ReadingWarning(code=code, message="?") for code in ("totals_unproven", "pages_unread"))
    doubtful = reading.model_copy(update={"warnings": doubts})
    assert amend(doubtful, {"invoice_number": "B/7"}, STAMP).warnings == doubts
    assert amend(doubtful, {"cgst": Decimal(9)}, STAMP).warnings == doubts[1:]


def test_state_follows_the_gstin(reading: Reading) -> None:
    amended = amend(reading, {"vendor_gstin": "29AAPFU0939F1ZV", "buyer_gstin": None}, STAMP)
    assert amended.invoice.vendor.state_code == "29"
    assert amended.invoice.buyer.state_code is None


def test_account_is_typed_where_none_was_read() -> None:
    assert value_of(with_value(blank().invoice, "bank_account", "123456"), "bank_account") == "123456"


def test_acknowledgement_and_other_papers_are_typed_where_none_were_read() -> None:
    typed = {"acknowledgement_date": dt.date(2026, 8, 20), "references": parse("references", "PO/7; DC 9")}
    amended = amend(blank(), typed, STAMP)
    assert amended.invoice.acknowledgement == Acknowledgement(date=dt.date(2026, 8, 20))
    assert amended.fields["references"].value == "PO/7; DC 9"
    assert amend(amended, {"references": None}, STAMP).invoice.references == ()


def test_reading_is_as_sure_as_its_least_sure_key_field(reading: Reading) -> None:
    key = {
        name: value_of(reading.invoice, name)
        for name in ("invoice_number", "invoice_date", "vendor_gstin", "buyer_gstin", "grand_total")
    }
    assert amend(reading, key, STAMP).confidence == 100
    del key["grand_total"]
    assert amend(reading, key, STAMP).confidence == 60


def test_newer_reading_is_taken_over_by_field(reading: Reading) -> None:
    newer = replace(reading.invoice, number="C/8", currency="USD", lines=reading.invoice.lines[:1])
    other = reading.model_copy(update={"invoice": newer})
    taken = with_fields_of(reading, other, ["invoice_number", LINES], STAMP)
    assert (taken.invoice.number, taken.invoice.currency, len(taken.invoice.lines)) == ("C/8", "INR", 1)
    assert taken.fields[LINES].reason.startswith("read anew, taken over by Asha Iyer")


def test_lines_come_back_from_their_cells_unchanged(reading: Reading) -> None:
    lines = reading.invoice.lines
    rows = [in_cells(line) | {"was": str(number)} for number, line in enumerate(lines)]
    assert parse_lines([rows[1], {}, rows[0]], lines) == (lines[1], lines[0])  # moved, an empty row dropped


def test_figures_that_belong_to_a_changed_line_are_forgotten() -> None:
    line = Line(
        description="Paper",
        quantity=Decimal(2),
        unit_price=Decimal(50),
        taxable_value=Decimal(100),
        taxes=TaxAmounts(igst=Decimal(18)),
        total=Decimal(118),
    )
    renamed, repriced = (
        in_cells(line) | {"was": "0", "description": "Card"},
        in_cells(line) | {"was": "0", "unit_price": "60"},
    )
    same, other = parse_lines([renamed, repriced], [line])
    assert (same.description, same.total) == ("Card", Decimal(118))
    assert (other.unit_price, other.total, other.taxes) == (Decimal(60), None, TaxAmounts())


def test_wrong_cells_are_named() -> None:
    with pytest.raises(CellsNotUnderstood) as caught:
        parse_lines([{"description": "x"}, {"quantity": "many", "hsn_sac": "48-02x"}], [])
    assert caught.value.errors.keys() == {(1, "quantity"), (1, "hsn_sac")}


def test_evidence_of_a_line_stays_with_the_cells_that_stay(reading: Reading) -> None:
    cell = FieldValue(value="x", confidence=70, source=Source.OCR, reason="read", page=1, box=BOX)
    read = reading.model_copy(update={"lines": ({"quantity": cell, "unit_price": cell}, {"quantity": cell})})
    first, second = read.invoice.lines
    now = amend(read, {}, STAMP, lines=(second, replace(first, unit_price=Decimal("1.25")), Line()))
    assert now.lines == ({"quantity": cell}, {"quantity": cell}, {})
