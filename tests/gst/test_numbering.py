import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import numbering
from gst.financial_year import FinancialYear


@given(st.text("AB0125267-/ .", max_size=16))
def test_the_normal_form_is_idempotent(number: str) -> None:
    once = numbering.normal_form(number)
    assert numbering.normal_form(once) == once


@given(st.text(max_size=20))
def test_the_normal_form_of_any_text_is_idempotent(number: str) -> None:
    once = numbering.normal_form(number)
    assert numbering.normal_form(once) == once


@pytest.mark.parametrize(
    "number",
    [
        "INV/2025-26/0012",
        "inv-12",
        "INV 12",
        "INV.012",
        "INV/2526/12",
        "INV12/25-26",
        "2025-2026/INV/12",
        "INV#00012",
    ],
)
def test_prints_of_one_number_have_one_form(number: str) -> None:
    assert numbering.normal_form(number) == "INV 12"


@pytest.mark.parametrize(
    ("number", "form"), [("2526", "2526"), ("25-26", "25 26"), ("A/2526/2627", "A 2627"), ("000", "0")]
)
def test_a_year_is_kept_where_nothing_else_would_number_the_document(number: str, form: str) -> None:
    assert numbering.normal_form(number) == form


def test_with_the_documents_year_a_serial_number_like_a_year_is_kept() -> None:
    year = FinancialYear(2025)
    assert numbering.normal_form("S1/2425", year) == "S 1 2425"
    assert numbering.normal_form("S1/25-26/2425", year) == "S 1 2425"


def test_different_numbers_stay_different() -> None:
    assert numbering.normal_form("12/34") != numbering.normal_form("1234")
    assert numbering.normal_form("A/12") != numbering.normal_form("A/1/2")
    assert numbering.normal_form("A/1/11") != numbering.normal_form("A/11/1")


SERIES = [
    "{n}",
    "{n:04d}",
    "A{n}",
    "{n}/24-25",
    "A/24-25/{n}",
    "2425{n:05d}",
    "INV2404{n:04d}",
    "{m}/{n}",
    "24-{n}",
    "{n}/2025",
    "{b}/{p}",
]


@pytest.mark.parametrize("series", SERIES)
def test_with_the_documents_year_no_two_numbers_of_a_series_become_one(series: str) -> None:
    numbers = [series.format(n=n, m=n % 12 + 1, b=n // 100, p=n % 100) for n in range(1, 6000)]
    forms = {numbering.normal_form(number, FinancialYear(2024)) for number in numbers}
    assert len(forms) == len(numbers)


def test_endless_text_has_a_normal_form_too() -> None:
    endless = "25-26/a1" * 10_000
    form = numbering.normal_form(endless)
    assert numbering.normal_form(form) == form


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "number_missing"),
        ("INV/2025-26/00001", "number_length"),
        ("INV#1", "number_characters"),
        ("A B", "number_characters"),
    ],
)
def test_rule_46b_is_kept(number: str, code: str) -> None:
    """Rule 46(b): at most sixteen characters; letters, digits, hyphen and slash."""
    problem = numbering.check(number)
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize("number", ["012", "/12", "-12"])
def test_the_portal_forbids_some_beginnings_that_the_rule_allows(number: str) -> None:
    """NIC's JSON schema: ^([a-zA-Z1-9]{1}[a-zA-Z0-9\\/-]{0,15})$."""
    assert numbering.check(number) is None
    problem = numbering.check_registered(number)
    assert problem is not None
    assert problem.code == "number_start"
