from decimal import Decimal

import pytest

from extraction.fields.columns import Kind
from extraction.fields.lines import items_on
from extraction.fields.table import tables
from extraction.layout import Sheet
from extraction.solve.lines import solve_items
from extraction.solve.sums import Pool
from gst.invoice import Line
from tests.extraction.papers import INVOICE, sheet


def lines(*sheets: Sheet) -> tuple[Line, ...]:
    """The items of some pages."""
    return solve_items(sheets, Pool(())).lines


def cells(line: Line) -> tuple[str | None, ...]:
    """Code, quantity, price and amount as text."""
    return (line.hsn_sac, *(str(v) for v in (line.quantity, line.unit_price, line.taxable_value)))


TABLE: tuple[tuple[float, float, str], ...] = (
    (0.05, 0.30, "Particulars"),
    (0.50, 0.30, "Qty"),
    (0.65, 0.30, "Rate"),
    (0.85, 0.30, "Amount"),
)


def test_lines_of_a_table_without_rules() -> None:
    found = lines(sheet(*INVOICE))
    assert [cells(line) for line in found] == [
        ("841370", "4", "5000.00", "20000.00"),
        ("848410", "10", "150.40", "1504.00"),
    ]
    assert [(line.description, line.unit) for line in found] == [
        ("Pump 2 HP with foot valve", "NOS"),
        ("Gasket set", "SET"),
    ]


def test_a_header_over_two_lines_tells_rates_from_amounts() -> None:
    header = (
        *((0.05, 0.30, "Description"), (0.30, 0.30, "HSN"), (0.40, 0.30, "Taxable"), (0.60, 0.30, "CGST")),
        *((0.80, 0.30, "SGST"), (0.40, 0.315, "Value"), (0.55, 0.315, "Rate"), (0.65, 0.315, "Amount")),
        *((0.75, 0.315, "Rate"), (0.85, 0.315, "Amount")),
    )
    (table,) = tables(sheet(*header))
    assert [column.kind for column in table.columns] == [
        *(Kind.DESCRIPTION, Kind.HSN, Kind.TAXABLE, Kind.CGST_RATE, Kind.CGST, Kind.SGST_RATE, Kind.SGST)
    ]


@pytest.mark.parametrize("label", ["Output CGST", "Round Off", "Freight", "Sub Total"])
def test_taxes_charges_and_sums_are_no_items(label: str) -> None:
    item = ((0.05, 0.33, "Gasket"), (0.50, 0.33, "2"), (0.65, 0.33, "50.00"), (0.85, 0.33, "100.00"))
    assert len(lines(sheet(*TABLE, *item, (0.4, 0.36, label), (0.85, 0.36, "18.40")))) == 1


def test_a_copy_of_the_page_does_not_double_the_lines() -> None:
    assert len(lines(sheet(*INVOICE), sheet(*INVOICE, number=2))) == 2


def test_lines_on_a_second_page_follow_those_of_the_first() -> None:
    second = sheet(
        *TABLE, (0.05, 0.33, "Valve"), (0.5, 0.33, "1"), (0.65, 0.33, "70.00"), (0.85, 0.33, "70.00")
    )
    assert len(lines(sheet(*INVOICE), second)) == 3


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "meant"),
    [
        ("", "50.00", "150.00", ("3", "50.00")),  # not read
        ("8", "50.00", "150.00", ("3", "50.00")),  # one digit misread
        ("40", "315.32", "11982.16", ("40", "315.32")),  # a discount off the line: nothing to mend
    ],
)
def test_only_what_one_digit_explains_is_mended(
    quantity: str, price: str, amount: str, meant: tuple[str, str]
) -> None:
    row = ((0.05, 0.33, "Gasket"), (0.50, 0.33, quantity), (0.65, 0.33, price), (0.85, 0.33, amount))
    (line,) = lines(sheet(*TABLE, *(word for word in row if word[2])))
    assert (str(line.quantity), str(line.unit_price)) == meant


def test_a_cut_off_last_digit_follows_from_quantity_and_price() -> None:
    row = ((0.05, 0.33, "Water"), (0.50, 0.33, "2"), (0.65, 0.33, "104.76"), (0.85, 0.33, "209.5"))
    (line,) = lines(sheet(*TABLE, *row))
    assert line.taxable_value == Decimal("209.52")


def test_a_page_without_a_table_has_no_items() -> None:
    assert items_on(sheet((0.1, 0.1, "Dear Sir"), (0.1, 0.2, "we enclose 3 invoices of Rs. 1,000.00"))) == []


def test_an_amount_with_its_tax_is_told_by_price_and_quantity() -> None:
    row = ((0.05, 0.33, "Hinge"), (0.50, 0.33, "24"), (0.65, 0.33, "45.00"), (0.85, 0.33, "1,274.40"))
    (line,) = lines(sheet(*TABLE, *row))
    assert line.taxable_value == Decimal("1080.00")


def test_names_above_the_figures_belong_to_the_figures_below() -> None:
    rolls = (
        *((0.05, 0.33, "Masala dosa"), (0.50, 0.345, "2"), (0.65, 0.345, "110.00"), (0.85, 0.345, "220.00")),
        *((0.05, 0.36, "Filter coffee"), (0.50, 0.375, "3"), (0.65, 0.375, "40.00"), (0.85, 0.375, "120.00")),
    )
    assert [line.description for line in lines(sheet(*TABLE, *rolls))] == ["Masala dosa", "Filter coffee"]


def test_of_two_amounts_with_one_name_the_one_before_tax_is_the_lines() -> None:
    heads = ("Particulars", "Nos", "Rate", "Net Amount", "GST %", "Tax Amount", "Net Value")
    row = ("Copier paper", "5", "142.59", "712.95", "18%", "128.33", "841.28")
    words = [(0.05 + 0.13 * at, 0.3, head) for at, head in enumerate(heads)]
    words += [(0.05 + 0.13 * at, 0.33, cell) for at, cell in enumerate(row)]
    (line,) = lines(sheet(*words))
    assert (line.quantity, line.taxable_value, line.gst_rate) == (Decimal(5), Decimal("712.95"), Decimal(18))
