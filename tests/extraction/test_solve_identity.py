import datetime as dt

import pytest

from extraction.solve.identity import prove_by_irn
from gst import financial_year, irn
from tests.extraction.papers import BUYER, VENDOR

DAY = dt.date(2025, 8, 12)
NUMBER = "SP/25-26/117"
PRINTED = irn.compute(VENDOR, financial_year.of(DAY), "INV", NUMBER)


def test_the_irn_tells_vendor_and_number_among_candidates() -> None:
    proof = prove_by_irn([PRINTED], [BUYER, VENDOR], ["4500123456", NUMBER], [DAY])
    assert proof is not None
    assert (proof.gstin, proof.number, proof.irn) == (VENDOR, NUMBER, PRINTED)


@pytest.mark.parametrize("read", ["SP/25-26/I17", "5P/25-26/117", "SP/25-26/117.", "SP / 25-26 / 117"])
def test_a_misread_number_is_found_by_its_look_alikes(read: str) -> None:
    proof = prove_by_irn([PRINTED], [VENDOR], [read], [DAY])
    assert proof is not None
    assert proof.number.upper() == NUMBER


def test_a_partly_hidden_irn_still_proves() -> None:
    assert prove_by_irn([PRINTED[:40]], [VENDOR], [NUMBER], [DAY]) is not None


def test_nothing_is_proven_by_another_papers_irn() -> None:
    assert prove_by_irn([PRINTED], [VENDOR], ["SP/25-26/999"], [DAY]) is None
    assert prove_by_irn([], [VENDOR], [NUMBER], [DAY]) is None
