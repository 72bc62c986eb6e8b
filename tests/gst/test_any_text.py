"""Whatever is printed or typed where one of our parsers looks: an answer, never a fault."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gst import financial_year, gstin, hsn_search, ifsc, irn, money, numbering, pan, rate_lists, units, words

PARSERS: list[Callable[[str], object]] = [
    *(financial_year.parse, gstin.parse, gstin.normal, hsn_search.search, ifsc.check, irn.is_irn),
    *(money.parse, numbering.check, numbering.check_registered, pan.parse),
    *(rate_lists.read_codes, rate_lists.read_headings, rate_lists.read_rates, units.uqc, words.parse),
]
NEARLY = st.from_regex(r"[0-9A-Z₹Rs.,()/% \-+]{0,40}", fullmatch=True)


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: f"{parser.__module__}.{parser.__name__}")
@settings(deadline=None)
@given(text=st.one_of(st.text(max_size=60), NEARLY))
@example(text="²³¼ ٣٤ १२३")  # digits to Python, and to no parser of numbers
@example(text="9" * 5000)
@example(text="1e999999999")
@example(text="\x00\ud800")
def test_no_text_raises(parser: Callable[[str], object], text: str) -> None:
    parser(text)
