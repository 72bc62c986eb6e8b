"""What comes from outside is taken apart with care."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_processor.portal import record
from invoice_processor.portal.errors import PortalError
from invoice_processor.portal.record import parse
from specimens import make_gstin

GSTIN = make_gstin("29", "AAPCM4821K")
LEAST = {"gstin": GSTIN, "lgnm": "Mango Mills", "sts": "Active"}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_subnormal=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
FIELDS = ("lgnm", "tradeNam", "sts", "dty", "ctb", "rgdt", "cxdt", "einvoiceStatus", "pradr", "gstin")


@given(st.dictionaries(st.sampled_from(FIELDS), anything))
def test_any_answer_is_a_record_or_unreadable(answer: dict[str, Any]) -> None:
    try:
        found = parse({**LEAST, **answer}, GSTIN)
    except PortalError:
        return
    for written in (found.legal_name, found.trade_name, found.status, found.address):
        assert b"\x00" not in written.encode()  # nor half characters, which cannot be encoded
        assert len(written) <= 500


@pytest.mark.parametrize("missing", ["gstin", "lgnm", "sts"])
def test_answer_without_the_least_is_no_record(missing: str) -> None:
    with pytest.raises(PortalError):
        parse({key: value for key, value in LEAST.items() if key != missing}, GSTIN)


@pytest.mark.parametrize("nothing", ["NA", "", None, " n/a ", "-"])
def test_not_available_means_nothing(nothing: str | None) -> None:
    found = parse({**LEAST, "tradeNam": nothing, "cxdt": nothing, "einvoiceStatus": nothing}, GSTIN)
    assert (found.trade_name, found.cancelled_on, found.einvoice_enabled) == ("", None, None)


@pytest.mark.parametrize("impossible", ["31/02/2025", "2025-01-01", "1/1/25", "\u0660\u0661/01/2025", 2025])
def test_impossible_day_is_no_day(impossible: object) -> None:
    assert record.day(impossible) is None


def test_day_is_read_in_the_indian_order() -> None:
    assert record.day("02/01/2025") == dt.date(2025, 1, 2)


def test_address_in_parts_is_put_together() -> None:
    parts = {
        "bno": "12",
        "st": "MG Road",
        "loc": "Pune",
        "stcd": "Maharashtra",
        "pncd": "411001",
        "lt": "1.5",
    }
    assert record.address({"addr": parts, "ntr": "Trade"}) == "12, MG Road, Pune, Maharashtra, 411001"
