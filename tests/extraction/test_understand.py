import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.engines.local import readings
from extraction.evidence import Code
from extraction.layout import lay_out
from extraction.merge import invoices
from extraction.page_reader import ReadPage
from extraction.reading import Source
from extraction.report import report
from extraction.understand import understand
from gst import gstin
from gst.invoice import DocumentKind, Party
from specimens import make_gstin, sample_invoice, sandbox_key, signed_qr
from tests.extraction.papers import BUYER, INVOICE, VENDOR, page, sheet


def test_an_invoice_is_understood_with_a_reason_for_each_value() -> None:
    found = understand([sheet(*INVOICE)], [])
    invoice = found.invoice
    assert (invoice.kind, invoice.number, invoice.date) == (
        DocumentKind.TAX_INVOICE,
        "SP/25-26/117",
        dt.date(2025, 8, 12),
    )
    assert (invoice.vendor.gstin, invoice.buyer.gstin, invoice.place_of_supply) == (VENDOR, BUYER, "24")
    assert (invoice.totals.taxable_value, invoice.totals.taxes.igst) == (
        Decimal("21504.00"),
        Decimal("3870.72"),
    )
    assert (invoice.totals.round_off, invoice.totals.grand_total) == (Decimal("0.28"), Decimal("25375.00"))
    assert {line.gst_rate for line in invoice.lines} == {Decimal(18)}
    assert all(choice.reason for choice in found.choices.values())


@pytest.mark.parametrize("cell", ["150.40", "20,000.00", "25,375.00"])
def test_a_number_longer_than_any_amount_disturbs_nothing_else(cell: str) -> None:
    """As of a barcode, or of columns that OCR took for one: exact arithmetic has an end, too."""
    huge = "1," + "00," * 14 + "000.00"
    paper = sheet(*((x, y, huge if text == cell else text) for x, y, text in INVOICE))
    assert understand([paper], []).invoice.number == "SP/25-26/117"


def without(*hidden: str) -> list[tuple[float, float, str]]:
    """The invoice with some words covered."""
    return [word for word in INVOICE if word[2] not in hidden]


def test_what_is_not_printed_stays_unknown() -> None:
    invoice = understand([sheet(*without("SP/25-26/117", "12-Aug-25", f"GSTIN: {VENDOR}"))], []).invoice
    assert (invoice.number, invoice.date, invoice.vendor.gstin) == (None, None, None)


def test_a_total_without_proof_is_weaker_evidence() -> None:
    words = "INR Twenty Five Thousand Three Hundred Seventy Five Only"
    found = understand([sheet(*without("IGST @ 18%", "3,870.72", "21,504.00", words))], [])
    assert found.choices["grand_total"].proof == "weak"
    assert understand([sheet(*INVOICE)], []).choices["grand_total"].proof == "sums"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CREDIT NOTE", DocumentKind.CREDIT_NOTE),
        ("BILL OF SUPPLY", DocumentKind.BILL_OF_SUPPLY),
        ("PROFORMA INVOICE", DocumentKind.PROFORMA),
        ("Tax Invoice (ORIGINAL FOR RECIPIENT)", DocumentKind.TAX_INVOICE),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: DocumentKind) -> None:
    words = [(left, top, title if text == "TAX INVOICE" else text) for left, top, text in INVOICE]
    assert understand([sheet(*words)], []).invoice.kind is kind


@pytest.mark.parametrize("title", ["PACKING LIST", "STATEMENT OF ACCOUNT", "PURCHASE ORDER", "LORRY RECEIPT"])
def test_other_papers_are_no_invoices(title: str) -> None:
    paper = sheet((0.4, 0.02, title), (0.1, 0.1, f"GSTIN: {VENDOR}"), (0.1, 0.2, "Date 12-Aug-25"))
    assert not understand([paper], []).is_invoice


def test_a_payment_code_says_nothing() -> None:
    found = understand([sheet(*INVOICE)], [Code("upi://pay?pa=someone@bank", 1)])
    assert found.seen.signed is None


def other_invoice(number: int) -> tuple[tuple[float, float, str], ...]:
    """The same paper under another number."""
    return tuple((left, top, text.replace("SP/25-26/117", "SP/25-26/240")) for left, top, text in INVOICE)


def test_several_invoices_in_one_file_are_told_apart_and_copies_kept_together() -> None:
    pages = [sheet(*INVOICE), sheet(*other_invoice(2), number=2), sheet(*INVOICE, number=3)]
    groups = invoices(pages, [])
    assert [(group.number, [s.number for s in group.sheets]) for group in groups] == [
        ("SP/25-26/117", [1, 3]),
        ("SP/25-26/240", [2]),
    ]


@pytest.mark.parametrize(("one", "other"), [("INV-1", "INV-10"), ("7", "17"), ("18", "117")])
def test_a_number_inside_another_is_another_invoice(one: str, other: str) -> None:
    pages = [
        sheet(
            *((left, top, text.replace("SP/25-26/117", number)) for left, top, text in INVOICE), number=page
        )
        for page, number in enumerate((one, other, one), 1)
    ]
    groups = invoices(pages, [])
    assert [[s.number for s in group.sheets] for group in groups] == [[1, 3], [2]]


page_kinds = st.sampled_from(["A", "B", "C", "list", "blank"])


@settings(deadline=None, max_examples=40)
@given(st.lists(page_kinds, min_size=1, max_size=6))
def test_every_page_stands_in_one_reading_and_each_number_in_one(kinds: list[str]) -> None:
    papers = {
        **{
            name: [(x, y, t.replace("SP/25-26/117", f"SP/25-26/{name}17")) for x, y, t in INVOICE]
            for name in "ABC"
        },
        "list": [(0.4, 0.02, "PACKING LIST"), (0.1, 0.2, "Cartons 4")],
        "blank": [],
    }
    pages = [read_page(papers[kind], number) for number, kind in enumerate(kinds, 1)]
    found = readings(pages, 0.0)
    shares = [[page.number for page in reading.pages] for reading in found]
    assert sorted(number for share in shares for number in share) == list(range(1, len(kinds) + 1))
    assert shares == sorted(shares)
    bills = [reading.invoice.number for reading in found if reading.is_invoice]
    assert bills == [f"SP/25-26/{name}17" for name in dict.fromkeys(kinds) if name in "ABC"]
    assert len(found) == max(1, len(bills))
    warned = [any(warning.code == "several_invoices" for warning in reading.warnings) for reading in found]
    assert warned == [len(found) > 1] * len(found)


def read_page(words: list[tuple[float, float, str]], number: int) -> ReadPage:
    """A page as the lower half of the reader gives it."""
    text = page(*words, number=number)
    return ReadPage(text=text, codes=(), centres=((),) * len(text.words), of=9)


def test_copies_whose_number_was_misread_are_one_invoice_by_their_irn() -> None:
    irn = (0.1, 0.93, "IRN: " + "4f" * 32)
    copy = [(left, top, text.replace("SP/25-26/117", "SP/25-26/771")) for left, top, text in INVOICE]
    (found,) = readings([read_page([*INVOICE, irn], 1), read_page([*copy, irn], 2)], 0.0)
    assert [page.number for page in found.pages] == [1, 2]


@pytest.mark.parametrize(
    ("number", "mark", "groups"),
    [("5B/25-26/117", "", [2]), ("SP/25-26/118", "(Page 2)", [2]), ("SP/25-26/118", "", [1, 1])],
)
def test_a_side_whose_number_was_misread_stays_with_its_invoice(
    number: str, mark: str, groups: list[int]
) -> None:
    begun = [w for w in INVOICE if w[1] < 0.5]
    ended = [(x, y, text.replace("SP/25-26/117", number)) for x, y, text in INVOICE]
    sides = [sheet(*begun), sheet(*ended, (0.45, 0.005, mark), number=2)]
    assert [len(group.sheets) for group in invoices(sides, [])] == groups


def test_a_page_without_a_number_follows_the_page_before() -> None:
    pages = [sheet(*INVOICE), sheet((0.1, 0.1, "Terms and conditions"), number=2)]
    assert len(invoices(pages, [])) == 1


def test_a_gstin_misprinted_in_each_place_is_given_as_printed() -> None:
    right = "24AAACB1678G1Z" + gstin.check_character("24AAACB1678G1Z")
    wrong = right[:12] + "I" + right[13:]  # a letter I, while the other 1 is read well
    paper = [(left, top, text.replace(BUYER, wrong)) for left, top, text in INVOICE]
    once = understand([sheet(*paper)], []).choices["buyer_gstin"]
    twice = understand([sheet(*paper, (0.05, 0.22, f"GSTIN : {wrong}"))], []).choices["buyer_gstin"]
    assert (once.value, once.repaired) == (right, True)
    assert (twice.value, twice.proof) == (wrong, "misprint")


def test_a_buyers_gstin_is_not_the_vendors_because_that_one_is_illegible() -> None:
    words = [(0.6, 0.05, "GSTIN: " + VENDOR[:14]), (0.05, 0.2, f"GSTIN {BUYER}")]
    found = understand([sheet((0.4, 0.02, "TAX INVOICE"), *words)], [])
    assert (found.invoice.vendor.gstin, found.invoice.buyer.gstin) == (None, BUYER)


@pytest.mark.parametrize("read", ["3,B7O.7Z", "", "387"])
def test_a_tax_that_cannot_be_read_follows_from_taxable_value_and_total(read: str) -> None:
    words = [w for w in INVOICE if w[2] not in ("3,870.72", "21,504.00")]
    words += [(0.5, 0.40, "Taxable Value"), (0.86, 0.40, "21,504.00")]
    found = understand([sheet(*words, *([(0.86, 0.43, read)] if read else []))], [])
    assert found.invoice.totals.taxes.igst == Decimal("3870.72")
    assert found.choices["igst"].repaired


def test_a_date_within_a_sentence_gives_way_to_one_that_stands_alone() -> None:
    sentence = "Dated 01-04-2026 for supplies to be made without payment of integrated tax"
    words = [(0.05, 0.03, sentence), (0.6, 0.1, "Dated"), (0.7, 0.1, "12-Aug-26")]
    assert understand([sheet(*words)], []).invoice.date == dt.date(2026, 8, 12)


def test_a_date_years_away_from_all_others_is_doubted() -> None:
    words = [
        (0.6, 0.1, "Invoice Date"),
        (0.75, 0.1, "12-Aug-75"),
        (0.6, 0.3, "Ack Date"),
        (0.75, 0.3, "12-Aug-25"),
    ]
    words += [(0.1, 0.5, "PO No. 7 dt. 11-Aug-25")]
    assert understand([sheet(*words)], []).invoice.date == dt.date(2025, 8, 12)


@pytest.mark.parametrize("read", ["26,875.00", "25,875.00"])
def test_words_tell_a_total_in_which_digits_were_misread(read: str) -> None:
    words = without("IGST @ 18%", "3,870.72", "21,504.00", "25,375.00")
    found = understand([sheet(*words, (0.85, 0.50, read))], [])
    assert found.invoice.totals.grand_total == Decimal("25375.00")


def test_a_total_without_its_first_digits_is_found_elsewhere_whole() -> None:
    words = [(0.5, 0.5, "Grand Total"), (0.85, 0.5, "5,375.00"), (0.85, 0.8, "25,375.00")]
    assert understand([sheet(*words)], []).invoice.totals.grand_total == Decimal("25375.00")


def test_the_state_of_an_illegible_gstin_tells_how_a_tax_is_divided() -> None:
    cut_off = f"GSTIN: {BUYER[:2]}{VENDOR[2:14]}"
    head = [
        (0.1, 0.05, cut_off),
        (0.1, 0.1, "Invoice No 7"),
        (0.1, 0.2, "Bill to"),
        (0.1, 0.22, f"GSTIN: {BUYER}"),
    ]
    foot = [
        (0.5, 0.7, "Taxable Value 1,000.00"),
        (0.5, 0.72, "Total GST 180.00"),
        (0.5, 0.74, "Grand Total 1,180.00"),
    ]
    taxes = understand([sheet(*head, *foot)], []).invoice.totals.taxes
    assert (taxes.cgst, taxes.sgst, taxes.igst) == (Decimal(90), Decimal(90), None)


@pytest.mark.parametrize(("head", "is_here"), [("IGST", False), ("CGST", True)])
def test_the_tax_tells_which_of_its_registrations_a_vendor_bills_under(head: str, is_here: bool) -> None:
    here = make_gstin(BUYER[:2], VENDOR[2:12])
    top = [
        (0.1, 0.05, f"Head office GSTIN {VENDOR}"),
        (0.5, 0.05, f"Works GSTIN {here}"),
        (0.1, 0.2, "Bill to"),
    ]
    foot = [(0.1, 0.22, f"GSTIN: {BUYER}"), (0.5, 0.7, f"{head} 90.00"), (0.5, 0.72, "Grand Total 1,090.00")]
    vendor = understand([sheet(*top, *foot)], []).invoice.vendor.gstin
    assert vendor == (here if is_here else VENDOR)


@pytest.mark.parametrize(
    ("read", "meant"),
    [("SP/25-76/117", "SP/25-26/117"), ("SP/2075-26/117", "SP/2025-26/117"), ("SP/25-27", "SP/25-27")],
)
def test_a_misread_year_in_a_number_is_that_of_the_date(read: str, meant: str) -> None:
    words = [(x, y, text.replace("SP/25-26/117", read)) for x, y, text in INVOICE]
    assert understand([sheet(*words)], []).invoice.number == meant


def test_a_delivery_note_behind_the_invoice_adds_no_lines() -> None:
    note = [(left, top, "CONSIGNMENT NOTE" if text == "TAX INVOICE" else text) for left, top, text in INVOICE]
    pages = [sheet(*INVOICE), sheet(*note, number=2)]
    assert len(understand(pages, []).invoice.lines) == 2


scraps = st.sampled_from([text for _, _, text in INVOICE]) | st.text(max_size=12)
places = st.floats(min_value=0, max_value=0.9, allow_subnormal=False)  # OCR libraries switch those off


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.tuples(places, places, scraps), max_size=40))
def test_scrambled_papers_are_read_without_a_fault(words: list[tuple[float, float, str]]) -> None:
    found = understand([sheet(*words)], [])
    reading = report(found, [], "test", 0.0)
    assert all(0 < value.confidence < 100 for value in reading.fields.values())
    assert reading.invoice.totals.grand_total is None or reading.invoice.totals.grand_total > 0


def coded(**changes: Any) -> Code:
    """The e-invoice's code of the paper, with changes, under a signature that is not known here."""
    facts: dict[str, Any] = {
        "number": "SP/25-26/117",
        "date": dt.date(2025, 8, 12),
        "vendor": Party(name="Sahyadri Pumps Pvt Ltd", gstin=VENDOR, state_code="27"),
        "buyer": Party(name="Kutch Salt Works Limited", gstin=BUYER, state_code="24"),
    }
    invoice = sample_invoice(8, e_invoice=True, **facts | changes)
    total = replace(invoice.totals, grand_total=Decimal("25375.00"))
    return Code(signed_qr(replace(invoice, totals=total), sandbox_key(), issuer="NIC"), 1)


OTHER_VENDOR = Party(name="Neem Foods", gstin=make_gstin("27", "XQCFS4711K"), state_code="27")
TAMPERED = [
    ({"number": "AB/9/2025"}, "number", "SP/25-26/117"),
    ({"date": dt.date(2025, 7, 30)}, "date", dt.date(2025, 8, 12)),
]


@pytest.mark.parametrize(("signed", "field", "printed"), TAMPERED)
def test_text_that_contradicts_its_code_is_read_as_printed(
    signed: dict[str, Any], field: str, printed: object
) -> None:
    text = lay_out(page(*INVOICE, source=Source.PDF_TEXT))
    found = understand([text], [coded(**signed)])
    assert getattr(found.invoice, field) == printed


@pytest.mark.parametrize(("signed", "field", "printed"), TAMPERED)
def test_a_picture_that_contradicts_its_code_may_be_misread(
    signed: dict[str, Any], field: str, printed: object
) -> None:
    found = understand([sheet(*INVOICE)], [coded(**signed)])
    assert getattr(found.invoice, field) == signed[field]
    assert f"qr_other_{field}" in {warning.code for warning in report(found, [], "test", 0.0).warnings}


def test_another_vendor_than_the_code_names_is_read_as_printed_in_text_only() -> None:
    code = coded(vendor=OTHER_VENDOR)
    text = lay_out(page(*INVOICE, source=Source.PDF_TEXT))
    assert understand([text], [code]).invoice.vendor.gstin == VENDOR
    scanned = understand([sheet(*INVOICE)], [code])
    assert scanned.invoice.vendor.gstin == OTHER_VENDOR.gstin
    assert "qr_other_vendor" in {warning.code for warning in report(scanned, [], "test", 0.0).warnings}


def test_the_code_is_kept_with_the_reading() -> None:
    code = coded()
    reading = report(understand([sheet(*INVOICE)], [code]), [], "test", 0.0)
    assert (reading.qr_text, reading.signed_qr) == (code.text, "unverifiable")
