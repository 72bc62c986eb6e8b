"""Whatever a bad scan makes of a paper, every rule comes to an end."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from compliance import engine
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals
from specimens import make_gstin
from tests.compliance.honest import surroundings

texts = st.none() | st.text(max_size=20)
figures = st.none() | st.decimals(-(10**15), 10**15, allow_nan=False, places=4)
codes = (
    st.none()
    | st.sampled_from(["731815", "996311", "8421.99.00", "2202909", "99", "x1"])
    | st.text(max_size=8)
)
states = st.none() | st.sampled_from(["27", "24", "96", "97", "99", "1"]) | st.text(max_size=2)
gstins = (
    st.none() | st.sampled_from([make_gstin("27", "XQCFS4711K"), "27AAPFU0939F1ZZ"]) | st.text(max_size=15)
)
taxes = st.builds(TaxAmounts, cgst=figures, sgst=figures, igst=figures, cess=figures)
parties = st.builds(Party, name=texts, gstin=gstins, address=texts, state_code=states)
lines = st.builds(
    Line,
    description=texts,
    hsn_sac=codes,
    unit=texts,
    taxes=taxes,
    **dict.fromkeys(("quantity", "unit_price", "discount", "taxable_value", "gst_rate", "total"), figures),
)
totals = st.builds(
    Totals,
    taxes=taxes,
    amount_in_words=texts | st.just("Rupees Nine Crore Only"),
    **dict.fromkeys(
        ("taxable_value", "discount", "other_charges", "tcs", "round_off", "grand_total"), figures
    ),
)
scribbles = st.builds(
    Invoice,
    kind=st.sampled_from(DocumentKind),
    number=texts,
    date=st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31)),
    vendor=parties,
    buyer=parties,
    place_of_supply=states,
    reverse_charge=st.none() | st.booleans(),
    lines=st.lists(lines, max_size=3).map(tuple),
    totals=totals,
    irn=texts | st.just("0" * 64),
)


@given(scribbles)
def test_no_rule_fails_on_scribble(paper: Invoice) -> None:
    paper = replace(paper, irn=paper.irn if paper.date else None)
    registered = (
        paper.irn and paper.kind in {DocumentKind.TAX_INVOICE, DocumentKind.CREDIT_NOTE} and paper.lines
    )
    found = engine.check(paper, context=surroundings(replace(paper, irn=paper.irn if registered else None)))
    assert [finding.message for finding in found if finding.rule == "rule_failed"] == []
