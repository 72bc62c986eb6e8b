import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import place_of_supply, states
from gst.place_of_supply import Heads, TaxHeads
from gst.problem import Problem

CODES = st.sampled_from([code for code in states.all_states() if code not in {"96", "99"}])


def heads(supplier: str, place: str, *, is_sez: bool = False) -> Heads:
    found = place_of_supply.tax_heads(supplier, place, is_sez=is_sez)
    assert isinstance(found, TaxHeads)
    assert found.reason
    assert found.source
    return found.heads


@pytest.mark.parametrize(
    ("supplier", "place", "expected"),
    [
        ("27", "27", Heads.CGST_SGST),  # section 8 of the IGST Act
        ("27", "29", Heads.IGST),  # section 7(1) of the IGST Act
        ("04", "04", Heads.CGST_UTGST),  # Chandigarh: UTGST Act
        ("07", "07", Heads.CGST_SGST),  # Delhi has a legislature
        ("38", "38", Heads.CGST_UTGST),  # Ladakh
        ("25", "26", Heads.CGST_UTGST),  # one Union territory since January 2020
        ("28", "37", Heads.CGST_SGST),  # Andhra Pradesh by its old and new code
        ("27", "96", Heads.IGST),  # export: section 7(5)(a)
        ("99", "27", Heads.IGST),  # online services from abroad: section 7(4)
    ],
)
def test_the_place_of_supply_decides_the_heads(supplier: str, place: str, expected: Heads) -> None:
    assert heads(supplier, place) == expected


@given(CODES, CODES)
def test_a_special_economic_zone_always_means_igst(supplier: str, place: str) -> None:
    """Section 7(5)(b) of the IGST Act."""
    assert heads(supplier, place, is_sez=True) == Heads.IGST


@given(CODES, CODES)
def test_heads_do_not_depend_on_the_direction(one: str, other: str) -> None:
    assert heads(one, other) == heads(other, one)


@pytest.mark.parametrize(("supplier", "place"), [("27", "77"), ("", "27"), ("27", "99")])
def test_an_unknown_state_is_a_problem(supplier: str, place: str) -> None:
    """99 begins GSTINs only; it is no place of supply."""
    assert isinstance(place_of_supply.tax_heads(supplier, place), Problem)


def test_a_merged_state_is_called_by_its_name_of_today() -> None:
    found = place_of_supply.tax_heads("26", "25")
    assert isinstance(found, TaxHeads)
    assert "Dadra" in found.reason


def test_goods_sent_to_a_third_person_are_supplied_where_the_buyer_is() -> None:
    """Section 10(1)(a) and (b) of the IGST Act."""
    assert [place.state_code for place in place_of_supply.of_goods("27", "29")] == ["27", "29"]
    assert [place.state_code for place in place_of_supply.of_goods("27")] == ["27"]
    assert [place.state_code for place in place_of_supply.of_goods("25", "26")] == ["26"]


def test_a_hotel_in_another_state_taxes_rightly_and_the_credit_is_lost() -> None:
    """CGST and SGST of the hotel's State: GSTR-2B shows itcavl N, reason P."""
    assert heads("30", "30") == Heads.CGST_SGST
    assert not place_of_supply.gives_credit(Heads.CGST_SGST, "30", "27")
    assert place_of_supply.gives_credit(Heads.CGST_SGST, "27", "27")
    assert place_of_supply.gives_credit(Heads.IGST, "30", "27")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("996311", "hotel"),
        ("995411", "immovable"),
        ("996511", "recipient"),
        ("998314", "recipient"),
        ("996331", "performed"),
    ],
)
def test_services_have_their_place_by_law(code: str, words: str) -> None:
    """Section 12 of the IGST Act."""
    place = place_of_supply.of_service(code)
    assert place is not None
    assert words in place.place
    assert place_of_supply.of_service("8471") is None
