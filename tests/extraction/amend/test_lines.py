"""Line items as people type them."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from extraction.amend.lines import COLUMNS, CellsNotUnderstood, parse_lines
from extraction.amend.typed import NotUnderstood
from gst.invoice import Line

CELLS = st.text(max_size=20) | st.from_regex(r"[0-9.,%\-]{0,12}", fullmatch=True)


@given(st.lists(st.dictionaries(st.sampled_from([*COLUMNS, "was"]), CELLS), max_size=3))
def test_any_cells_are_lines_or_an_explanation(rows: list[dict[str, str]]) -> None:
    with suppress(CellsNotUnderstood, NotUnderstood):
        assert len(parse_lines(rows, (Line(description="Paper"),))) <= len(rows)
