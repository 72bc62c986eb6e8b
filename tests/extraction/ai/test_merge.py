"""One reading from two readers: proof stands, agreement raises, conflict lowers, invention never passes."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from extraction.ai.answer import parse
from extraction.ai.merge import merge
from extraction.explain import explain
from extraction.labels import fold
from extraction.reading import FieldValue, Reading, Source
from gst.invoice import DocumentKind
from tests.extraction.ai.said import UNPROVED, answer, offline, printed
from tests.extraction.papers import BUYER, VENDOR


def merged(local: Reading, said: dict[str, Any]) -> Reading:
    return merge(local, parse(json.dumps(said)), "google/test")


def codes(reading: Reading) -> set[str]:
    return {warning.code for warning in reading.warnings}


@pytest.fixture(scope="module")
def well() -> Reading:
    return offline()


@pytest.fixture(scope="module")
def badly() -> Reading:
    return offline(**UNPROVED)


def test_agreement_raises_certainty_and_changes_no_value(well: Reading) -> None:
    both = merged(well, answer())
    assert both.invoice == well.invoice
    assert both.confidence >= well.confidence
    for name, before in well.fields.items():
        assert both.fields[name].value == before.value
        assert both.fields[name].confidence >= before.confidence
    assert "the AI model reads the same" in both.fields["invoice_number"].reason
    assert both.suggestions == {}
    assert codes(both) == codes(well)


def test_the_arithmetic_proves_what_both_readers_give_together(badly: Reading) -> None:
    assert badly.invoice.totals.grand_total is None
    both = merged(badly, answer())
    assert (both.invoice.totals.grand_total, both.invoice.totals.taxable_value) == (
        Decimal("25375.00"),
        Decimal("21504.00"),
    )
    assert both.fields["grand_total"].proof == "sums"
    assert both.invoice.number == "SP/25-26/117"
    assert both.fields["invoice_number"].source is Source.AI
    assert both.fields["invoice_number"].page == 1
    assert both.confidence > badly.confidence
    assert "totals_unproven" not in codes(both)


def test_a_value_that_stands_nowhere_is_a_suggestion_and_no_part_of_the_invoice(badly: Reading) -> None:
    both = merged(badly, answer(number="ZX/99/4711", irn="ab" * 32))
    assert both.invoice.number is None
    assert both.invoice.irn is None
    assert set(both.suggestions) == {"invoice_number", "irn"}
    assert both.suggestions["invoice_number"].reason.startswith("unsupported")
    assert "invoice_number" not in both.fields
    assert "ai_unsupported" in codes(both)


def test_an_invented_total_that_completes_no_sum_is_not_taken() -> None:
    local = offline(total="", words="")
    both = merged(local, answer(totals__grand_total="99,999.00"))
    assert both.invoice.totals.grand_total != Decimal("99999.00")
    assert both.suggestions["grand_total"].value == "99999.00"


def test_a_tax_without_which_all_adds_up_is_not_taken(well: Reading) -> None:
    both = merged(well, answer(totals__taxes={"igst": printed("3,870.72"), "cgst": printed("150.40")}))
    assert both.invoice.totals.taxes.cgst is None
    assert "add up without it" in both.suggestions["cgst"].reason


def test_a_small_figure_somewhere_on_the_page_supports_no_total() -> None:
    both = merged(offline(total="", words=""), answer(totals__grand_total="4", totals__other_charges="10"))
    assert both.invoice.totals.grand_total != 4
    assert both.invoice.totals.other_charges is None


def test_two_invented_amounts_do_not_prove_each_other() -> None:
    local = offline(total="", words="", taxable="", tax="")
    both = merged(
        local, answer(totals__grand_total="11,800.00", totals__taxable_value="10,000.00",
                      totals__taxes={"igst": printed("1,800.00")})
    )  # fmt: skip
    totals = both.invoice.totals
    assert Decimal("11800.00") not in (totals.grand_total, totals.taxable_value)
    assert Decimal("10000.00") not in (totals.grand_total, totals.taxable_value)


def test_what_adds_up_stands_against_the_models_word(well: Reading) -> None:
    both = merged(well, answer(totals__grand_total="25,735.00"))
    field = both.fields["grand_total"]
    assert field.value == "25375.00"
    assert (field.rejected[0].value, "adds up stands" in field.rejected[0].reason) == ("25735.00", True)
    assert field.confidence < well.fields["grand_total"].confidence
    assert "ai_conflict" in codes(both)


def with_proof(reading: Reading, name: str, proof: str) -> Reading:
    source = Source.SIGNED_QR if proof == "signed" else reading.fields[name].source
    signed = reading.fields[name].model_copy(update={"proof": proof, "source": source})
    return reading.model_copy(update={"fields": {**reading.fields, name: signed}})


@pytest.mark.parametrize("proof", ["signed", "irn"])
def test_what_is_signed_or_hashed_keeps_value_and_certainty(well: Reading, proof: str) -> None:
    local = with_proof(well, "invoice_number", proof)
    both = merged(local, answer(number="4500123456"))
    field = both.fields["invoice_number"]
    assert (field.value, field.confidence) == ("SP/25-26/117", local.fields["invoice_number"].confidence)
    assert field.rejected[0].value == "4500123456"


def test_a_conflict_lowers_certainty_and_keeps_both(well: Reading) -> None:
    both = merged(well, answer(number="4500123456"))  # it stands on the page: the buyer's order number
    field = both.fields["invoice_number"]
    assert both.invoice.number == "SP/25-26/117"
    assert field.confidence < well.fields["invoice_number"].confidence
    assert field.rejected[0].value == "4500123456"
    assert both.confidence < well.confidence


def test_a_doubtful_value_gives_way_to_one_that_the_solver_prefers(well: Reading) -> None:
    weak = FieldValue(value="4500123456", confidence=40, source=Source.OCR, reason="a guess", proof="weak")
    local = well.model_copy(
        update={
            "fields": {**well.fields, "invoice_number": weak},
            "invoice": type(well.invoice)(**{**fields_of(well), "number": "4500123456"}),
        }
    )
    both = merged(local, answer())
    field = both.fields["invoice_number"]
    assert (both.invoice.number, field.value, field.rejected[0].value) == (
        "SP/25-26/117",
        "SP/25-26/117",
        "4500123456",
    )


def fields_of(reading: Reading) -> dict[str, Any]:
    return {name: getattr(reading.invoice, name) for name in reading.invoice.__dataclass_fields__}


def test_a_gstin_with_a_wrong_check_digit_is_never_taken() -> None:
    local = offline(buyer="Phone 99")
    wrong = BUYER[:-1] + ("A" if BUYER[-1] != "A" else "B")
    both = merged(local, answer(buyer__gstin=wrong))
    assert both.invoice.buyer.gstin is None
    assert "check digit" in both.suggestions["buyer_gstin"].reason


def test_a_gstin_that_ocr_misread_is_supported_by_its_place() -> None:
    misread = BUYER[:4] + "0" + BUYER[5:7] + "6" + BUYER[8:]
    local = offline(buyer=f"GSTIN/UIN : {misread}")
    assert local.invoice.buyer.gstin is None
    both = merged(local, answer())
    assert both.invoice.buyer.gstin == BUYER
    assert both.fields["buyer_gstin"].box is not None


def test_the_models_own_gstin_from_memory_is_no_value() -> None:
    both = merged(offline(buyer="Phone 99"), answer())
    assert both.invoice.buyer.gstin is None
    assert both.suggestions["buyer_gstin"].value == BUYER


def test_lines_are_those_that_add_up() -> None:
    local = offline(line="l,S04", code="B4BA1O")
    assert sum(line.taxable_value or 0 for line in local.invoice.lines) != Decimal("21504.00")
    both = merged(local, answer())
    assert [line.taxable_value for line in both.invoice.lines] == [Decimal("20000.00"), Decimal("1504.00")]
    assert both.invoice.lines[1].quantity == 10
    assert "ai_lines" in codes(both)


def test_invented_lines_are_not_taken(well: Reading) -> None:
    said = answer(lines=[{"description": "Gold bar", "quantity": "1", "taxable_value": "21,504.00"}])
    assert merged(well, said).invoice.lines == well.invoice.lines


def test_an_empty_answer_changes_nothing(well: Reading, badly: Reading) -> None:
    for local in (well, badly):
        both = merged(local, {})
        assert both.invoice == local.invoice
        assert both.fields == local.fields


def test_no_hidden_character_of_a_model_becomes_part_of_a_value(badly: Reading) -> None:
    """One that reorders letters, or that PostgreSQL refuses; folding passes over them on the page."""
    huge = "9," + "99," * 20 + "999.00"
    both = merged(badly, answer(number="SP/25\0-26/\u202e117", totals__grand_total=huge))
    assert both.invoice.number == "SP/25-26/117"


def test_what_the_paper_is_is_decided_by_the_offline_readers_rules(well: Reading) -> None:
    both = merged(well, answer(kind="proforma"))
    assert both.invoice.kind is DocumentKind.TAX_INVOICE
    assert both.fields["kind"].rejected[0].value == "proforma"


def test_the_merged_reading_survives_storage_and_can_be_explained(badly: Reading) -> None:
    both = merged(badly, answer(irn="ab" * 32))
    assert Reading.model_validate_json(both.model_dump_json()) == both
    assert "SP/25-26/117" in explain(both)


texts = st.text(max_size=30) | st.sampled_from(["25,375.00", VENDOR, "1/1/25", "-0.28", "1e9", "९९", "0"])
members = st.fixed_dictionaries({"text": texts, "page": st.none() | st.integers(-1, 3)})
paths = st.sampled_from(
    ["number", "date", "irn", "place_of_supply", "reverse_charge", "vendor__gstin", "buyer__name",
     "totals__grand_total", "totals__taxable_value", "totals__round_off", "totals__taxes__cgst"]
)  # fmt: skip


cells = st.sampled_from(["description", "quantity", "unit_price", "taxable_value", "hsn_sac"])


@given(
    said=st.dictionaries(paths, members, max_size=6),
    lines=st.lists(st.dictionaries(cells, texts), max_size=3),
)
@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_whatever_a_model_says_nothing_unsupported_becomes_the_invoice(
    badly: Reading, said: dict[str, Any], lines: list[dict[str, str]]
) -> None:
    both = merged(badly, answer(**said, lines=lines))
    text = " ".join(word.text for page in badly.pages for word in page.words)
    for name, field in both.fields.items():
        if field.source is Source.AI and field.proof == "ai":
            assert field.box is not None, name
    assert fold(both.invoice.number or "") in fold(text)
