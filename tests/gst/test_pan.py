import pytest
from hypothesis import given
from stdnum.in_ import pan as stdnum_pan

from gst import pan
from gst.pan import Pan
from gst.problem import Problem
from tests.gst.strategies import pans


@given(pans())
def test_lawful_pans_are_read_and_stdnum_agrees(value: str) -> None:
    parsed = pan.parse(value.lower())
    assert isinstance(parsed, Pan)
    assert parsed.value == value
    assert stdnum_pan.is_valid(value) == (value[3] != "E")  # stdnum does not know the older letter of an LLP


@pytest.mark.parametrize("text", ["", "ABCDE1234", "ABCXE1234F", "ABCPE0000F", "1BCPE1234F"])
def test_other_text_is_a_problem(text: str) -> None:
    assert isinstance(pan.parse(text), Problem)
