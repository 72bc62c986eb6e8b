import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extraction.fields.candidate import Candidate, voted
from extraction.fields.days import bare_dates, date_candidates, days_of_leaving
from extraction.fields.numbering import as_most_print, as_number, last_numbers, number_candidates
from extraction.layout import Sheet
from tests.extraction.papers import INVOICE, sheet

Finder = Callable[[Sheet], Iterator[Candidate[Any]]]


def best(finder: Finder, *words: tuple[float, float, str]) -> object:
    """The best candidate's value."""
    return next((c.value for c in voted(list(finder(sheet(*words))))), None)


def test_number_and_date_are_those_of_the_invoice_not_of_the_order() -> None:
    assert best(number_candidates, *INVOICE) == "SP/25-26/117"
    assert best(date_candidates, *INVOICE) == dt.date(2025, 8, 12)


@pytest.mark.parametrize(
    "words",
    [
        [(0.1, 0.1, "Bill No : 494"), (0.1, 0.2, "e-Way Bill No : 621234567890")],
        [(0.1, 0.1, "Delivery Challan No : 77"), (0.1, 0.2, "Invoice # 494")],
        [(0.1, 0.1, "Original Invoice No : 12"), (0.1, 0.2, "Credit Note No. 494")],
    ],
)
def test_numbers_of_other_papers_are_not_taken(words: list[tuple[float, float, str]]) -> None:
    assert best(number_candidates, *words) == "494"


@pytest.mark.parametrize(
    "text", ["12-Aug-25", "5,000.00", "Dated", "27AAACV1234F1Z5", "SP/25-26/", "no digits", "P.O.Ch.No. 4503"]
)
def test_what_cannot_be_a_number(text: str) -> None:
    assert as_number(text) is None


def test_a_date_stands_behind_the_number_too() -> None:
    assert best(
        date_candidates, (0.1, 0.1, "P.O. No : 45001 Dt. 06/01/2025"), (0.1, 0.2, "Invoice Date 10/01/2025")
    ) == dt.date(2025, 1, 10)


def test_the_date_column_of_a_table_is_not_the_invoices() -> None:
    words = [
        (0.1, 0.3, "Date"),
        (0.3, 0.3, "Description"),
        (0.6, 0.3, "Rate"),
        (0.8, 0.3, "Amount"),
        (0.1, 0.32, "18-02-25"),
        (0.1, 0.1, "Bill Date 19-02-25"),
    ]
    assert best(date_candidates, *words) == dt.date(2025, 2, 19)


@pytest.mark.parametrize(
    "words",
    [
        [(0.1, 0.1, "#"), (0.3, 0.1, ": INV-000481")],
        [(0.1, 0.1, "Number : INV-000481"), (0.1, 0.2, "Phone Number : 9876543210")],
        [(0.1, 0.1, "Challan / Invoice No. INV-000481")],
        [(0.1, 0.1, "Invoice# INV-000481")],
        [(0.1, 0.1, "#INV-000481")],
    ],
)
def test_labels_of_billing_programs(words: list[tuple[float, float, str]]) -> None:
    assert best(number_candidates, *words) == "INV-000481"


def test_a_date_without_a_label_counts_only_where_it_stands_alone() -> None:
    assert [
        c.value
        for c in bare_dates(sheet((0.4, 0.1, "19-02-25"), (0.1, 0.2, "Due Date"), (0.3, 0.2, "1-3-25")))
    ] == [dt.date(2025, 2, 19)]
    assert not list(bare_dates(sheet((0.1, 0.3, "18-02-25"), (0.3, 0.3, "Room"), (0.8, 0.3, "3,500.00"))))


@pytest.mark.parametrize(
    "label",
    [
        "Tax Invoice No",
        "Inv. Serial No.",
        "Bill #",
        "Invoice Ref. No.",
        "Our Invoice No",
        "Sr. No. of Invoice",
    ],
)
def test_the_number_is_found_under_any_wording(label: str) -> None:
    assert best(number_candidates, (0.1, 0.1, label), (0.4, 0.1, ": KV/26-27/0149")) == "KV/26-27/0149"


@pytest.mark.parametrize("label", ["Issued On", "Bill Dt", "Date of Issue", "Doc. Date", "Memo Date"])
def test_the_date_is_found_under_any_wording(label: str) -> None:
    words = [(0.1, 0.1, label), (0.4, 0.1, ": 07-0ct-26"), (0.1, 0.14, "Pay By Date : 22-10-2026")]
    assert best(date_candidates, *words) == dt.date(2026, 10, 7)


def test_a_bare_no_numbers_the_invoice_beside_its_date() -> None:
    heads = [(0.5, 0.1, "No."), (0.7, 0.1, "Dated"), (0.5, 0.12, "9282710122"), (0.7, 0.12, "24-02-2026")]
    assert best(number_candidates, *heads) == "9282710122"
    answer = [(0.5, 0.1, "Reverse Charge"), (0.7, 0.1, "No"), (0.7, 0.12, "PO/57769")]
    assert best(number_candidates, *answer) is None


def test_a_label_is_not_read_into_another_word() -> None:
    assert best(number_candidates, (0.1, 0.1, "Invoice To"), (0.1, 0.12, "422010")) is None
    assert best(number_candidates, (0.1, 0.1, "Document Date: 16-Feb-26")) is None
    assert best(date_candidates, (0.1, 0.1, "Invoice Date 29/11/2025")) == dt.date(2025, 11, 29)


def test_a_date_column_further_down_does_not_rob_the_label_of_its_value() -> None:
    words = [
        (0.5, 0.10, "Invoice Date"),
        (0.5, 0.12, "04/08/2026"),
        (0.5, 0.14, "Period"),
        (0.5, 0.16, "01/08/2026 to 04/08/2026"),
    ]
    assert best(date_candidates, *words) == dt.date(2026, 8, 4)


@pytest.mark.parametrize(
    "words",
    [
        [(0.1, 0.1, "Invoice No. & Date"), (0.4, 0.1, ": SI-38 & Oct 09, 2026")],
        [(0.1, 0.1, "Inv No. & Dt. : SI-38 Dt. 09-10-26")],
        [(0.1, 0.1, "SI-38"), (0.5, 0.1, "9 Oct 2026"), (0.1, 0.115, "Voucher No."), (0.5, 0.115, "Date")],
        [(0.1, 0.1, "Challan Date"), (0.3, 0.1, ": 01/10/2026"), (0.1, 0.12, "Dated"),
         (0.3, 0.12, ": 09/10/2026"), (0.1, 0.14, "Invoice No."), (0.3, 0.14, ": SI-38")],
    ],
)  # fmt: skip
def test_number_and_date_share_a_label_or_stand_over_theirs(words: list[tuple[float, float, str]]) -> None:
    assert best(number_candidates, *words) == "SI-38"
    assert best(date_candidates, *words) == dt.date(2026, 10, 9)


@pytest.mark.parametrize(
    ("read", "meant"),
    [("Sl-3808", "SI-3808"), ("KI/l64", "KI/164"), ("Serial Na. RSB/27/51", "RSB/27/51"),
     ("SI-38 of 09/10/2026", "SI-38"), ("KD/0318/25-26DT 30-09-25", "KD/0318/25-26"), ("Numbe230", None)],
)  # fmt: skip
def test_misread_letters_in_and_before_a_number(read: str, meant: str | None) -> None:
    assert as_number(read) == meant


def test_a_number_printed_more_than_once_is_spelled_as_most_prints_do() -> None:
    page = sheet((0.1, 0.1, "Invoice No. S1-3808"), (0.1, 0.5, "SI-3808"), (0.1, 0.9, "Ref : SI-3808/2"))
    assert as_most_print("S1-3808", [page]) == "SI-3808"
    assert as_most_print("S1-9999", [page]) == "S1-9999"


@pytest.mark.parametrize(
    "words",
    [
        [(0.5, 0.1, "Date of Issue"), (0.65, 0.1, "27th March,"), (0.745, 0.1, "2026")],
        [(0.5, 0.1, "Terms of Payment"), (0.5, 0.115, "45 days"), (0.5, 0.13, "Date"),
         (0.5, 0.145, "27/03/2026 14:32")],
        [(0.5, 0.1, "Invoice Date (DD/MM/YYYY)"), (0.75, 0.1, "27/03/2026")],
        [(0.5, 0.1, "Date & Time of Issue : 27/03/2026 14:32")],
    ],
)  # fmt: skip
def test_a_date_in_two_pieces_under_terms_or_behind_a_longer_label(
    words: list[tuple[float, float, str]],
) -> None:
    assert best(date_candidates, *words) == dt.date(2026, 3, 27)


def test_a_hotels_bill_is_of_the_day_on_which_the_guest_left() -> None:
    stay = [(0.1, 0.2, "Arrival 18-FEB-25 20:59"), (0.1, 0.22, "Departure 19-FEB-25 17:36")]
    assert best(days_of_leaving, (0.5, 0.1, "19-02-25"), *stay) == dt.date(2025, 2, 19)
    assert best(days_of_leaving, (0.5, 0.1, "18-02-25"), *stay) is None


@pytest.mark.parametrize("text", ["Pune, 5 April 2026", "05/04/26 21:14", "5-4-26"])
def test_a_lone_date_may_have_its_town_and_hour(text: str) -> None:
    assert best(bare_dates, (0.1, 0.1, "Bill No. : 38"), (0.6, 0.1, text)) == dt.date(2026, 4, 5)


def test_each_number_has_the_date_behind_its_own_stroke() -> None:
    words = [(0.1, 0.1, "Bill No./Date"), (0.3, 0.1, ": 38 / 17 May 2026")]
    words += [(0.1, 0.13, "Delivery No./Date"), (0.3, 0.13, ": 8060 / 08 May 2026")]
    assert best(date_candidates, *words) == dt.date(2026, 5, 17)


def test_a_ticket_numbers_a_paper_only_where_no_bill_is_spoken_of() -> None:
    ticket = (0.1, 0.1, "Ticket No. : 550477434")
    assert [c.value for c in last_numbers([sheet(ticket)])] == ["550477434"]
    assert not list(last_numbers([sheet(ticket, (0.1, 0.2, "Invoice No. :"))]))


def test_a_reference_numbers_a_bill_that_opens_with_it_and_its_date() -> None:
    ref, day = (0.1, 0.1, "Ref. No. VC/26-27/014"), (0.7, 0.1, "05.04.2026")
    title = (0.4, 0.05, "Tax Invoice")
    assert [c.value for c in last_numbers([sheet(title, ref, day)])] == ["VC/26-27/014"]
    assert not list(last_numbers([sheet(title, ref)]))
    assert not list(last_numbers([sheet(ref, day)]))


def test_a_number_ends_where_the_next_label_begins() -> None:
    assert as_number("AB/26-27/0003 Tbl:14") == "AB/26-27/0003"


def test_the_date_of_a_matter_that_a_letter_speaks_of_is_not_its_own() -> None:
    words = [(0.7, 0.08, "5th April, 2026"), (0.1, 0.2, "Re: WP No. 12345 of 2025 dated 11.12.2025")]
    own = [c for c in date_candidates(sheet(*words)) if c.score >= 0.2]
    assert not own
    assert best(bare_dates, *words) == dt.date(2026, 4, 5)


def test_a_number_goes_on_in_the_next_line_behind_its_stroke() -> None:
    words = [(0.1, 0.1, "Invoice No."), (0.4, 0.1, "VCL/CAL/26-27/"), (0.4, 0.115, "0123")]
    assert best(number_candidates, *words) == "VCL/CAL/26-27/0123"


def test_the_word_invoice_labels_a_number_with_its_date() -> None:
    words = [(0.1, 0.1, "Invoice"), (0.4, 0.1, "7310004826 / 05.04.2026")]
    assert best(number_candidates, *words) == "7310004826"
    assert best(number_candidates, (0.1, 0.1, "Invoice"), (0.4, 0.1, "7310004826")) is None
