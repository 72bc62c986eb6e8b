import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.in_ import gstin as stdnum_gstin

from gst import gstin
from gst.gstin import ALPHABET, Change, Gstin, Kind
from gst.problem import Problem
from tests.gst.strategies import gstins, regular_gstins


def with_check(body: str) -> str:
    return body + gstin.check_character(body)


@given(gstins())
def test_every_valid_gstin_survives_a_round_trip(value: str) -> None:
    parsed = gstin.parse(f" {value[:2]} {value[2:12].lower()}-{value[12:]}\n")
    assert isinstance(parsed, Gstin)
    assert (parsed.value, parsed.state_code) == (value, value[:2])
    assert gstin.is_valid(value)


@given(gstins(), st.integers(0, 14), st.sampled_from(ALPHABET))
def test_one_changed_character_never_passes(value: str, place: int, other: str) -> None:
    assume(value[place] != other)
    changed = value[:place] + other + value[place + 1 :]
    assert not gstin.is_valid(changed)
    assert isinstance(gstin.parse(changed), Problem)


@given(gstins())
def test_whatever_stdnum_accepts_is_accepted(value: str) -> None:
    """python-stdnum knows codes 01 to 37 and position 14 = Z only, so the reverse does not hold."""
    ordinary = value[13] == "Z" and value[:2] <= "37" and value[2:7].isalpha() and value[5] != "E"
    assert stdnum_gstin.is_valid(value) == ordinary


@pytest.mark.parametrize(
    ("value", "kind", "holder"),
    [
        # python-stdnum's own example (stdnum/in_/gstin.py).
        ("27AAPFU0939F1ZV", Kind.REGULAR, "firm or limited liability partnership"),
        # gst-validator 0.6.1 (gstin.py) quotes these two.
        ("9917USA29016OS6", Kind.OIDAR, None),
        ("2317UNO00001UND", Kind.UIN, None),
        # Shapes of india-compliance constants/__init__.py, with invented content.
        (with_check("29MUMA12345B1D"), Kind.TAX_DEDUCTOR, None),
        (with_check("29AAACZ1234Q1C"), Kind.ECOMMERCE_COLLECTOR, "company"),
        (with_check("3319USA12345NR"), Kind.NON_RESIDENT, None),
        (with_check("07DELA12345B1Z"), Kind.GOVERNMENT, None),
    ],
)
def test_each_family_is_recognised(value: str, kind: Kind, holder: str | None) -> None:
    parsed = gstin.parse(value)
    assert isinstance(parsed, Gstin)
    assert (parsed.kind, parsed.holder) == (kind, holder)


@pytest.mark.parametrize("state", ["25", "28", "38", "97"])
def test_states_that_stdnum_forgets_or_that_merged_are_lawful(state: str) -> None:
    """India-compliance STATE_NUMBERS: 25 and 28 stand on old papers, 38 is Ladakh, 97 Other Territory."""
    assert gstin.is_valid(with_check(f"{state}AAACZ1234Q1Z"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("27AAPFU0939F1Z", "gstin_length"),
        ("44AAPFU0939F1ZV", "gstin_state"),
        ("96AAPFU0939F1ZV", "gstin_state"),  # 96 is a place of supply only (gst-validator, india-compliance)
        ("27AAPXU0939F1ZV", "gstin_shape"),  # no holder of a PAN has the letter X
        ("27AAPFU0000F1ZV", "gstin_shape"),  # the digits of a PAN are never 0000 (stdnum/in_/pan.py)
        ("27AAPFU0939F1Z5", "gstin_check"),
        ("", "gstin_length"),
    ],
)
def test_a_bad_number_is_a_problem_and_not_an_exception(text: str, code: str) -> None:
    problem = gstin.parse(text)
    assert isinstance(problem, Problem)
    assert problem.code == code


@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    gstin.parse(text)
    assert gstin.is_valid(text) <= isinstance(gstin.parse(text), Gstin)
    for repair in gstin.repairs(text):
        assert gstin.is_valid(repair.value)


def test_letters_among_digits_are_put_right_and_named() -> None:
    repair = gstin.repair("Z7AAPFUO939FI2V")
    assert repair is not None
    assert repair.value == "27AAPFU0939F1ZV"
    assert [change.place for change in repair.changes] == [1, 8, 13, 14]
    assert repair.is_forced


def test_a_valid_number_needs_no_repair() -> None:
    assert gstin.repair("27AAPFU0939F1ZV") == gstin.Repair("27AAPFU0939F1ZV", ())


def test_a_change_that_only_the_check_character_chose_says_so() -> None:
    near = gstin.repairs("27AAPFU0939F1ZU")
    assert Change(15, "U", "V", forced=False) in [change for repair in near for change in repair.changes]
    assert not any(repair.is_forced for repair in near)


def test_two_equally_close_numbers_are_no_repair() -> None:
    assert len(gstin.repairs("27AAPFU0939F1ZU")) == 2
    assert gstin.repair("27AAPFU0939F1ZU") is None


def test_a_single_repair_that_only_the_check_character_speaks_for_is_offered_but_not_made() -> None:
    """An 8 read as a 3 leaves the shape lawful; of some thirty exchanges one in 36 fits by chance."""
    value = with_check("29AAACZ1081Q1Z")
    misread = value.replace("1081", "1031")
    assert [repair.value for repair in gstin.repairs(misread)] == [value]
    assert gstin.repair(misread) is None


@given(regular_gstins(), st.integers(0, 14), st.sampled_from(ALPHABET))
def test_a_repair_changes_only_what_its_place_forbids(value: str, place: int, other: str) -> None:
    repair = gstin.repair(value[:place] + other + value[place + 1 :])
    assert repair is None or repair.is_forced


@given(regular_gstins())
def test_a_letter_read_as_its_digit_is_found_among_the_repairs(value: str) -> None:
    """The pairs of the facts file: O/0, I/1, S/5, B/8, Z/2, G/6."""
    confused = str.maketrans("OISBZG015826", "015826OISBZG")
    for place in range(2, 12):
        misread = value[:place] + value[place].translate(confused) + value[place + 1 :]
        assert value in [repair.value for repair in gstin.repairs(misread)]


def test_other_text_of_fifteen_characters_is_not_repaired() -> None:
    assert gstin.repair("ABCDEFGHIJKLMNO") is None
    assert gstin.repair("000000000000000") is None
