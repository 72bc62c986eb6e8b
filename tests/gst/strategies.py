"""Hypothesis strategies for lawful identifiers that belong to nobody."""

from string import ascii_uppercase, digits

from hypothesis import strategies as st

from gst import gstin
from gst.pan import HOLDERS

_STATES = [f"{code:02d}" for code in range(1, 39)] + ["97", "99"]


def _text(alphabet: str, length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=length, max_size=length)


@st.composite
def pans(draw: st.DrawFn) -> str:
    serial = draw(st.integers(1, 9999))
    head = draw(_text(ascii_uppercase, 3)) + draw(st.sampled_from(sorted(HOLDERS)))
    return f"{head}{draw(_text(ascii_uppercase, 1))}{serial:04d}{draw(_text(ascii_uppercase, 1))}"


@st.composite
def regular_gstins(draw: st.DrawFn) -> str:
    """A valid GSTIN of the ordinary family."""
    entity = draw(st.sampled_from(digits[1:] + ascii_uppercase))
    body = f"{draw(st.sampled_from(_STATES))}{draw(pans())}{entity}Z"
    return body + gstin.check_character(body)


@st.composite
def gstins(draw: st.DrawFn) -> str:
    """A valid GSTIN of any family."""
    state, letters = draw(st.sampled_from(_STATES)), draw(_text(ascii_uppercase, 4))
    tan = letters + draw(_text(digits, 5)) + draw(_text(ascii_uppercase, 1))
    abroad = draw(_text(digits, 2)) + letters[:3] + draw(_text(digits, 5))
    body = draw(
        st.one_of(
            regular_gstins().map(lambda value: value[:14]),
            st.sampled_from([f"{state}{tan}1D", f"{state}{tan}1C", f"{state}{tan}{draw(_text(digits, 1))}Z"]),
            st.sampled_from([f"{state}{abroad}{tail}" for tail in ("UN", "ON", "NR")]),
            st.just(f"99{abroad}OS"),
        )
    )
    return body + gstin.check_character(body)
