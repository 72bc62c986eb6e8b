from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst.rate_lists import PrintedCodes, read_codes, read_headings, read_rates


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # All as they stand in CBIC's list of goods.
        ("0202,    0203, 0204", PrintedCodes(("0202", "0203", "0204"))),
        ("0507 [Except 050790]", PrintedCodes(("0507",), ("050790",))),
        ("0910    [other than 0910 11 10, 0910 30 10]", PrintedCodes(("0910",), ("09101110", "09103010"))),
        ("5004    to 5006", PrintedCodes(("5004", "5005", "5006"))),
        (
            "[2515 (Except 2515 12 10, 2515 12 90) or 6802",
            PrintedCodes(("2515", "6802"), ("25151210", "25151290")),
        ),
        ("9603    other than 9603 10 00", PrintedCodes(("9603",), ("96031000",))),
        ("2711    12 00 2711 13 00", PrintedCodes(("27111200", "27111300"))),
        ("90    or any other Chapter", PrintedCodes(("90",), is_for_any_chapter=True)),
        ("Any    Chapter except 71", PrintedCodes((), ("71",), is_for_any_chapter=True)),
        ("84,    85 or 94", PrintedCodes(("84", "85", "94"))),
        ("96190010 or     96190020", PrintedCodes(("96190010", "96190020"))),
        ("[3304", PrintedCodes(("3304",))),
    ],
)
def test_codes_are_read_with_ranges_and_exceptions(printed: str, expected: PrintedCodes) -> None:
    assert read_codes(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Heading 9954 (Construction services)", PrintedCodes(("9954",))),
        ("Heading 9992 or Heading 9983 or Heading 9991", PrintedCodes(("9992", "9983", "9991"))),
        ("Chapter 99", PrintedCodes((), is_for_any_chapter=True)),
        ("Heading 9983 or any other Heading of Chapter 99", PrintedCodes(("9983",), is_for_any_chapter=True)),
        ("Chapter 9968", PrintedCodes(("9968",))),
    ],
)
def test_headings_of_services_are_read(printed: str, expected: PrintedCodes) -> None:
    assert read_headings(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("18", ["18"]), ("5 or 12", ["5", "12"]), ("Nil", ["0"]), ("", []), ("0.75", ["0.75"])],
)
def test_rates_are_read(printed: str, expected: list[str]) -> None:
    assert read_rates(printed) == tuple(map(Decimal, expected))


def test_leasing_follows_the_goods_leased() -> None:
    """11/2017-CT(Rate), serial 17 (iii) and (vi)."""
    assert Decimal(12) in read_rates("Same rate of integrated tax as on supply of like goods")
    assert Decimal("18.2") in read_rates("65 per cent. of the rate of integrated tax as applicable")


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    read_codes(text)
    read_headings(text)
