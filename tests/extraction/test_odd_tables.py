"""Tables that need more than titles over one line and figures under them."""

from decimal import Decimal

import pytest

from extraction.fields.columns import respelled
from extraction.fields.totals import money_on
from extraction.layout import Sheet
from extraction.solve.line_evidence import REASONS
from extraction.solve.lines import Items, solve_items
from extraction.solve.sums import Pool
from tests.extraction.papers import sheet

Word = tuple[float, float, str]
TITLES: tuple[Word, ...] = (
    (0.05, 0.30, "Particulars"),
    (0.50, 0.30, "Qty"),
    (0.65, 0.30, "Rate"),
    (0.85, 0.30, "Amount"),
)


def row(top: float, *cells: str) -> tuple[Word, ...]:
    """Cells under the titles."""
    return tuple((x, top, text) for x, text in zip((0.05, 0.5, 0.65, 0.85), cells, strict=False) if text)


def read(*words: Word) -> Items:
    """The items of a page whose sums are known too."""
    page: Sheet = sheet(*words)
    return solve_items([page], Pool(tuple(money_on(page))))


def test_a_code_named_in_the_description_is_the_items() -> None:
    found = read(*TITLES, *row(0.33, "Phone", "2", "50.00", "100.00"), (0.05, 0.345, "HSN: 85171300"))
    assert [line.hsn_sac for line in found.lines] == ["85171300"]


def test_a_code_under_all_items_is_that_of_each() -> None:
    items = (*row(0.33, "Stone", "2", "50.00", "100.00"), *row(0.36, "Sand", "3", "50.00", "150.00"))
    found = read(*TITLES, *items, (0.05, 0.375, "HSN Code : 25171010"))
    assert [line.hsn_sac for line in found.lines] == ["25171010", "25171010"]


@pytest.mark.parametrize(
    ("misread", "meant"),
    [("Deseription", "description"), ("Amounit", "amount"), ("Ammount", "amount"), ("Quality", "Quality")],
)
def test_titles_with_one_letter_misread_are_known(misread: str, meant: str) -> None:
    assert respelled(misread) == meant


def test_a_bill_of_services_names_words_and_amounts_only() -> None:
    words = (
        (0.05, 0.30, "Particulars"),
        (0.85, 0.30, "Amount"),
        (0.05, 0.33, "Audit fees"),
        (0.85, 0.33, "5,000.00"),
    )
    foot = (
        (0.6, 0.4, "IGST 18%"),
        (0.85, 0.4, "900.00"),
        (0.6, 0.43, "Grand Total"),
        (0.85, 0.43, "5,900.00"),
    )
    assert [line.taxable_value for line in read(*words, *foot).lines] == [Decimal("5000.00")]
    assert read(*words).lines == ()


def test_lines_without_titles_are_items_where_they_lead_to_the_total() -> None:
    rolls = ((0.05, 0.30, "Tea"), (0.5, 0.30, "3 x 20.00"), (0.85, 0.30, "60.00"))
    total = ((0.6, 0.40, "Grand Total"), (0.85, 0.40, "60.00"))
    (line,) = read(*rolls, *total).lines
    assert (line.quantity, line.unit_price, line.taxable_value) == (
        Decimal(3),
        Decimal("20.00"),
        Decimal("60.00"),
    )
    assert read(*rolls, (0.6, 0.40, "Grand Total"), (0.85, 0.40, "75.50")).lines == ()


def test_a_slip_prints_one_item_under_labels() -> None:
    slip = (
        *((0.05, 0.30, "Rate"), (0.3, 0.30, "92.48"), (0.05, 0.33, "Volume"), (0.3, 0.33, "40.000")),
        *(
            (0.05, 0.36, "Amount"),
            (0.3, 0.36, "3,699.20"),
            (0.05, 0.40, "Grand Total"),
            (0.3, 0.40, "3,699.20"),
        ),
    )
    (line,) = read(*slip).lines
    assert (line.quantity, line.unit_price) == (Decimal("40.000"), Decimal("92.48"))


@pytest.mark.parametrize(("volume", "count"), [("38.16", 1), ("38.17", 0)])
def test_a_measure_times_a_price_proves_the_amount_of_a_slip_without_a_total(volume: str, count: int) -> None:
    slip = (
        *((0.05, 0.30, "Rate : Rs. 97.58"), (0.05, 0.33, f"Volume : {volume} L")),
        (0.05, 0.36, "Sale : Rs. 3723.65"),
    )
    assert len(read(*slip).lines) == count


def test_an_amount_that_was_not_read_completes_the_printed_sum() -> None:
    heads = (*TITLES[:1], (0.35, 0.30, "HSN"), *TITLES[1:])
    items = (*row(0.33, "Cap", "2", "45.00", ""), *row(0.36, "Belt", "2", "50.00", "100.00"))
    codes = ((0.35, 0.33, "6505"), (0.35, 0.36, "4203"))
    found = read(*heads, *items, *codes, (0.05, 0.40, "Sub Total"), (0.85, 0.40, "190.00"))
    assert [line.taxable_value for line in found.lines] == [Decimal("90.00"), Decimal("100.00")]


def test_a_misread_digit_is_put_right_where_the_sum_allows_one_reading_only() -> None:
    items = (*row(0.33, "Oil", "5", "310.42", "1,562.10"), *row(0.36, "Filter", "1", "100.00", "100.00"))
    found = read(*TITLES, *items, (0.05, 0.40, "Taxable Value"), (0.85, 0.40, "1,652.10"))
    assert found.lines[0].taxable_value == Decimal("1552.10")
    assert found.choices[0]["taxable_value"].repaired


@pytest.mark.parametrize(("total", "amount"), [("160.00", "-20.00"), ("200.00", "20.00")])
def test_a_sign_counts_where_the_sum_says_that_it_is_no_speck(total: str, amount: str) -> None:
    items = (*row(0.33, "Valve", "2", "90.00", "180.00"), *row(0.36, "Returned", "1", "20.00", "-20.00"))
    found = read(*TITLES, *items, (0.05, 0.40, "Sub Total"), (0.85, 0.40, total))
    assert found.lines[1].taxable_value == Decimal(amount)


def test_paise_in_a_column_of_their_own_belong_to_their_rupees() -> None:
    found = read(*TITLES, *row(0.33, "Valve", "3", "33.45", "100"), (0.89, 0.33, "35"))
    assert found.lines[0].taxable_value == Decimal("100.35")


def test_a_second_night_is_no_sum_of_the_first() -> None:
    nights = (*row(0.33, "Room Charge", "", "", "5,250.00"), *row(0.36, "Room Charge", "", "", "5,250.00"))
    found = read(TITLES[0], TITLES[3], *nights, (0.05, 0.40, "Grand Total"), (0.85, 0.40, "10,500.00"))
    assert [line.taxable_value for line in found.lines] == [Decimal("5250.00")] * 2


def test_headings_between_the_lines_name_their_tax() -> None:
    words = (
        *((0.05, 0.32, "Items with VAT"), *row(0.34, "Water", "1", "20.00", "20.00")),
        *((0.05, 0.36, "CGST @ 2.5% SGST @ 2.5%"), *row(0.38, "Curry", "2", "90.00", "180.00")),
    )
    assert [line.gst_rate for line in read(*TITLES, *words).lines] == [None, Decimal(5)]


def test_cells_say_why_they_are_believed() -> None:
    items = (*row(0.33, "Pump", "4", "50.00", "200.00"), *row(0.36, "Seal", "", "50.00", "150.00"))
    found = read(*TITLES, *items, (0.05, 0.40, "Taxable Value"), (0.85, 0.40, "350.00"))
    first, second = found.choices
    assert first["quantity"].proof == first["taxable_value"].proof == "proved"
    assert (second["quantity"].value, second["quantity"].proof) == (Decimal(3), "computed")
    assert second["taxable_value"].proof == "sums"
    assert {choice.reason for cells in found.choices for choice in cells.values()} <= set(REASONS.values())
    assert first["unit_price"].cell is not None


def test_a_discount_in_per_cent_is_given_in_rupees() -> None:
    titles = (*TITLES[:3], (0.75, 0.30, "Disc %"), TITLES[3])
    (line,) = read(*titles, *row(0.33, "Valve", "2", "50.00", "90.00"), (0.75, 0.33, "10")).lines
    assert line.discount == Decimal("10.00")


def test_a_rounding_below_the_taxable_value_is_no_item() -> None:
    foot = ((0.4, 0.36, "Taxable Value"), (0.85, 0.36, "100.00"), (0.4, 0.39, "R/O"), (0.85, 0.39, "0.50"))
    titles = (*TITLES[:1], *TITLES[2:])
    assert len(read(*titles, *row(0.33, "Freight", "", "20.00", "100.00"), *foot).lines) == 1


def test_rates_follow_from_the_amounts_of_the_summary_where_no_per_cent_was_read() -> None:
    heads = (*TITLES[:1], (0.35, 0.30, "HSN"), *TITLES[1:])
    summary = ((0.05, 0.45, "6505"), (0.3, 0.45, "100.00"), (0.5, 0.45, "188"), (0.7, 0.45, "18.00"))
    found = read(*heads, *row(0.33, "Cap", "2", "50.00", "100.00"), (0.35, 0.33, "6505"), *summary)
    assert found.lines[0].gst_rate == Decimal(18)


def test_codes_are_known_where_their_title_was_not_read() -> None:
    items = (*row(0.33, "Cap", "2", "50.00", "100.00"), *row(0.36, "Belt", "1", "50.00", "50.00"))
    found = read(*TITLES, *items, (0.3, 0.33, "65050090"), (0.3, 0.36, "42033000"))
    assert [line.hsn_sac for line in found.lines] == ["65050090", "42033000"]


@pytest.mark.parametrize("cell", ["2710 19 80", "12 .50", "1.2.3.4", "(-", "4012.12.12", "7,,5", "."])
def test_what_is_no_number_harms_nothing(cell: str) -> None:
    for column in range(1, 4):
        cells = ["Oil", "2", "50.00", "100.00"]
        cells[column] = cell
        read(*TITLES, *row(0.33, *cells), (0.6, 0.40, "Grand Total"), (0.85, 0.40, "100.00"))
        read(*row(0.33, *cells), (0.6, 0.40, "Grand Total"), (0.85, 0.40, "100.00"))
