import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import irn
from gst.financial_year import FinancialYear

GSTIN, YEAR, NUMBER = "27AAPFU0939F1ZV", FinancialYear(2025), "Inv-42"
IRN = irn.compute(GSTIN, YEAR, "INV", NUMBER)
GSTINS = [GSTIN, "29AAACZ1234Q1Z0"]
NUMBERS = ["PO-77", "Inv-42", "Inv-43"]


def prove(printed: str) -> irn.Proof | None:
    return irn.prove(printed, GSTINS, NUMBERS, irn.DOCUMENT_TYPES, [FinancialYear(2024), YEAR])


def test_the_irn_is_the_hash_of_four_values() -> None:
    """SHA-256 of SellerGstin + FY + DocTyp + DocNo: verified on 70 public signed QR codes."""
    assert hashlib.sha256(b"27AAPFU0939F1ZV2025-26INVInv-42").hexdigest() == IRN


def test_a_printed_irn_proves_the_combination() -> None:
    proof = prove(IRN.upper())
    assert proof == irn.Proof(GSTIN, NUMBER, "INV", YEAR, IRN, 64)


@given(st.sets(st.integers(0, 63), max_size=20))
def test_unreadable_characters_do_not_matter(unreadable: set[int]) -> None:
    printed = "".join("?" if place in unreadable else character for place, character in enumerate(IRN))
    proof = prove(printed)
    assert proof is not None
    assert (proof.irn, proof.agreeing) == (IRN, 64 - len(unreadable))


@given(st.integers(0, 63))
def test_a_lost_or_added_character_does_not_matter(place: int) -> None:
    for printed in (IRN[:place] + IRN[place + 1 :], IRN[:place] + "0" + IRN[place:]):
        proof = prove(printed)
        assert proof is not None
        assert proof.number == NUMBER


def test_a_number_hashed_in_capitals_is_proven_as_it_was_given() -> None:
    """GSTN advisory of 4 April 2025: the portal capitalises the number from 1 June 2025 on."""
    proof = prove(irn.compute(GSTIN, YEAR, "INV", "INV-42"))
    assert proof is not None
    assert proof.number == "Inv-42"


@pytest.mark.parametrize("numbers", [["INV-42", "Inv-42"], ["Inv-42", "INV-42"]])
def test_the_spelling_that_was_hashed_is_preferred(numbers: list[str]) -> None:
    printed = irn.compute(GSTIN, YEAR, "INV", "INV-42")
    proof = irn.prove(printed, GSTINS, numbers, ["INV"], [YEAR])
    assert proof is not None
    assert proof.number == "INV-42"


@pytest.mark.parametrize("printed", ["", "0" * 64, IRN[:20], "?" * 64, "not an IRN at all"])
def test_nothing_is_proven_without_agreement(printed: str) -> None:
    assert prove(printed) is None


@given(st.binary(min_size=32, max_size=32))
def test_a_strangers_irn_proves_nothing(digest: bytes) -> None:
    assert prove(digest.hex()) is None


def test_agreement_follows_either_spelling() -> None:
    assert irn.agrees(IRN, GSTIN, YEAR, "INV", NUMBER)
    assert irn.agrees(irn.compute(GSTIN, YEAR, "INV", "INV-42"), GSTIN, YEAR, "INV", NUMBER)
    assert not irn.agrees(IRN, GSTIN, YEAR, "CRN", NUMBER)
