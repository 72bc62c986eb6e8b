import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import states


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("27", "27"),
        ("5", "05"),
        ("Maharashtra (27)", "27"),
        ("Place of Supply : 07-Delhi", "07"),
        ("Karnataka, Code : 29", "29"),
        ("TN", "33"),
        ("Tamilnadu", "33"),
        ("Orissa", "21"),
        ("Pondicherry", "34"),
        ("Uttaranchal", "05"),
        ("J & K", "01"),
        ("ANDAMAN & NICOBAR ISLANDS", "35"),
        ("Dadra & Nagar Haveli and Daman & Diu", "26"),
        ("KARNATAXA", "29"),
        ("Other Countries", "96"),
        ("28 Andhra Pradesh", "28"),
        ("Andhra Pradesh", "37"),
        ("29 - Krntk", "29"),
        ("Bengaluru (29)", "29"),
        ("UT", "05"),
        ("Chandigarh (UT)", "04"),
    ],
)
def test_a_state_is_found_by_its_printed_forms(printed: str, code: str) -> None:
    state = states.find(printed)
    assert state is not None
    assert state.code == code


@pytest.mark.parametrize("printed", ["", "hello", "29-Maharashtra", "44", "0", "Plot 27, Ring Road"])
def test_nothing_is_guessed(printed: str) -> None:
    assert states.find(printed) is None


@pytest.mark.parametrize("state", states.all_states().values(), ids=lambda state: state.code)
def test_each_state_is_found_by_its_own_name(state: states.State) -> None:
    by_name, by_both = states.find(state.name), states.find(f"{state.code}-{state.name}")
    assert by_name is not None
    assert by_name.current_code == state.current_code
    assert by_both == state


def test_utgst_is_levied_in_union_territories_without_a_legislature() -> None:
    """Section 2(8) of the UTGST Act; Delhi, Puducherry and Jammu and Kashmir levy SGST."""
    levying = {code for code, state in states.all_states().items() if state.levies_utgst}
    assert levying == {"04", "25", "26", "31", "35", "38", "97"}


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    states.find(text)
