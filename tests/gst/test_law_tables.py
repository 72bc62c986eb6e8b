"""The dated tables: each fact with its source, each period without a gap or an overlap."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from gst import (
    blocked_credit,
    documents,
    einvoice,
    eway_bill,
    hsn,
    ifsc,
    limits,
    msme,
    reverse_charge,
    states,
    tds,
    units,
)
from gst.invoice import DocumentKind
from gst.tables import law, parts

TODAY = dt.date(2026, 11, 23)
CRORE = Decimal(10_000_000)
TABLES = (
    "limits",
    "eway_bill_intrastate",
    "reverse_charge",
    "blocked_credit",
    "documents",
    "einvoice_exempt",
    "service_places",
    "tds",
)
DATED = ("limits", "eway_bill_intrastate", "reverse_charge", "blocked_credit", "tds")
KEYS = {
    "limits": ("name",),
    "eway_bill_intrastate": ("state_code",),
    "reverse_charge": ("id",),
    "blocked_credit": ("id",),
    "tds": ("section", "code", "nature", "payee"),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_its_source(table: str) -> None:
    assert all(row["source"] for row in law(table))


@pytest.mark.parametrize("table", DATED)
def test_periods_of_one_fact_do_not_overlap(table: str) -> None:
    periods = defaultdict(list)
    for row in law(table):
        first = dt.date.fromisoformat(row["first_day"])
        last = dt.date.fromisoformat(row["last_day"]) if row["last_day"] else dt.date.max
        assert first <= last
        periods[tuple(row[key] for key in KEYS[table])].append((first, last))
    for spans in periods.values():
        ordered = sorted(spans)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(ordered))


@pytest.mark.parametrize("table", ["reverse_charge", "blocked_credit", "service_places"])
def test_every_code_of_the_tables_exists(table: str) -> None:
    for row in law(table):
        for code in parts(row["codes"]):
            assert any(known.startswith(code) for known in (found.code for found in hsn.all_codes())), code


@pytest.mark.parametrize(
    ("day", "crores"),
    [
        ("2020-10-01", 500),
        ("2021-01-01", 100),
        ("2021-04-01", 50),
        ("2022-04-01", 20),
        ("2022-10-01", 10),
        ("2023-08-01", 5),
    ],
)
def test_einvoices_came_by_turnover(day: str, crores: int) -> None:
    """Notifications 61/2020, 88/2020, 5/2021, 1/2022, 17/2022 and 10/2023-Central Tax."""
    on = dt.date.fromisoformat(day)
    assert limits.value("einvoice_turnover", on) == crores * CRORE
    assert einvoice.is_required(DocumentKind.TAX_INVOICE, crores * CRORE + 1, on)
    assert not einvoice.is_required(DocumentKind.TAX_INVOICE, crores * CRORE, on)
    assert not einvoice.is_required(DocumentKind.BILL_OF_SUPPLY, crores * CRORE + 1, on)


def test_large_suppliers_have_thirty_days_to_register() -> None:
    """GSTN: from 1 April 2025 for a turnover of 10 crore rupees and more, before that 100 crore."""
    day = dt.date(2025, 4, 1)
    assert einvoice.last_day_to_register(day, 10 * CRORE) == dt.date(2025, 5, 1)
    assert einvoice.last_day_to_register(day, 9 * CRORE) is None
    assert einvoice.last_day_to_register(dt.date(2025, 3, 31), 10 * CRORE) is None


def test_nothing_was_registered_before_october_2020() -> None:
    assert not einvoice.is_required(DocumentKind.TAX_INVOICE, 9999 * CRORE, dt.date(2020, 9, 30))


def test_units_of_special_economic_zones_are_exempt_from_einvoices() -> None:
    """Notification 61/2020-Central Tax."""
    assert "sez_unit" in [exemption.id for exemption in einvoice.exemptions()]


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_of_document_has_its_rule(kind: DocumentKind) -> None:
    rule = documents.rule(kind)
    assert rule.charges_tax or not rule.gives_credit


def test_only_tax_invoices_and_debit_notes_give_credit() -> None:
    """Rule 36(1) of the CGST Rules."""
    assert [kind for kind in DocumentKind if documents.rule(kind).gives_credit] == [
        DocumentKind.TAX_INVOICE,
        DocumentKind.DEBIT_NOTE,
    ]


def test_a_bill_of_supply_charges_no_tax() -> None:
    """Section 31(3)(c) of the CGST Act; the wording is that of Rule 5(1)(f)."""
    rule = documents.rule(DocumentKind.BILL_OF_SUPPLY)
    assert not rule.charges_tax
    assert "not eligible to collect tax" in rule.wording


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("996511", TODAY, ["gta"]),
        ("996791", TODAY, ["gta"]),
        ("9965", TODAY, ["gta"]),
        ("996713", TODAY, []),  # a forwarding agent carries nothing
        ("998211", TODAY, ["advocate"]),
        ("9982", TODAY, ["advocate", "arbitral_tribunal"]),  # four digits, as small suppliers print them
        ("998221", TODAY, []),  # accountants are not advocates
        ("997212", dt.date(2024, 10, 9), ["government_rent"]),
        ("997212", dt.date(2024, 10, 10), ["government_rent", "commercial_rent"]),  # 9/2024-CT(Rate)
        ("72044900", dt.date(2024, 10, 9), []),
        ("72044900", dt.date(2024, 10, 10), ["metal_scrap"]),  # 6/2024-CT(Rate)
        ("998525", TODAY, ["security"]),  # 29/2018-CT(Rate)
        ("8471", TODAY, []),
    ],
)
def test_reverse_charge_follows_the_code_and_the_day(code: str, on: dt.date, expected: list[str]) -> None:
    assert [category.id for category in reverse_charge.possible(code, on)] == expected


def test_sponsorship_by_a_company_left_the_reverse_charge_in_january_2025() -> None:
    """7/2025-CT(Rate), in force 16 January 2025."""
    before, after = (
        reverse_charge.possible("998397", day)[0].supplier
        for day in (dt.date(2025, 1, 15), dt.date(2025, 1, 16))
    )
    assert before == "any person"
    assert "other than a body corporate" in after


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        ("996331", None, ["food"]),
        ("87032291", "Sedan", ["motor_vehicle"]),
        (None, "Outdoor catering for annual day", ["food"]),
        (None, "Diwali gifts to staff", ["gift_sample"]),
        ("9963", None, []),  # a hotel room is not blocked: the heading alone does not tell
        ("847130", "Laptop", []),
        (None, "Carbon steel scarf", []),  # "car" has to be a word of its own
        (None, None, []),
    ],
)
def test_blocked_credit_is_found_by_code_or_words(
    code: str | None, description: str | None, expected: list[str]
) -> None:
    """Section 17(5) of the CGST Act."""
    assert [clause.id for clause in blocked_credit.possible(code, description, TODAY)] == expected


def test_csr_is_blocked_since_october_2023() -> None:
    """Section 17(5)(fa), inserted by the Finance Act 2023."""
    assert blocked_credit.possible(None, "CSR activity", dt.date(2023, 9, 30)) == ()
    assert [c.id for c in blocked_credit.possible(None, "CSR activity", dt.date(2023, 10, 1))] == ["csr"]


def test_deductions_changed_their_names_in_april_2026() -> None:
    """Income-tax Act 2025, section 393: contractors 1023 and 1024, professionals 1027."""
    old, new = tds.deductions(dt.date(2026, 3, 31)), tds.deductions(dt.date(2026, 4, 1))
    assert {row.section for row in new} == {"393"}
    assert "393" not in {row.section for row in old}
    contractors = {row.code: row.rate for row in new if row.nature == "Contractors"}
    assert contractors == {"1023": Decimal(1), "1024": Decimal(2)}


def test_thresholds_rose_in_april_2025() -> None:
    """Budget 2025: 194J 30,000 to 50,000, 194-I 2.4 lakh a year to 50,000 a month, 194H to 20,000."""
    before = {
        (row.section, row.nature): (row.period_threshold, row.period)
        for row in tds.deductions(dt.date(2025, 3, 31))
    }
    after = {
        (row.section, row.nature): (row.period_threshold, row.period)
        for row in tds.deductions(dt.date(2025, 4, 1))
    }
    assert before["194J", "Professional services"] == (Decimal(30_000), "year")
    assert after["194J", "Professional services"] == (Decimal(50_000), "year")
    assert before["194I", "Rent of land or building"] == (Decimal(240_000), "year")
    assert after["194I", "Rent of land or building"] == (Decimal(50_000), "month")
    assert after["194H", "Commission or brokerage"] == (Decimal(20_000), "year")


def test_purchases_of_goods_are_taxed_on_the_excess_only() -> None:
    """Section 194Q: 0.1 percent above 50 lakh rupees; 5 percent without a PAN."""
    goods = next(row for row in tds.deductions(TODAY) if row.code == "1031")
    assert (goods.rate, goods.rate_without_pan, goods.taxes_whole) == (Decimal("0.1"), Decimal(5), False)


def test_small_enterprises_are_paid_within_fifteen_or_forty_five_days() -> None:
    """Section 43B(h) with section 15 of the MSMED Act."""
    accepted = dt.date(2026, 1, 1)
    assert msme.pay_by(accepted) == dt.date(2026, 1, 16)
    assert msme.pay_by(accepted, 30) == dt.date(2026, 1, 31)
    assert msme.pay_by(accepted, 90) == dt.date(2026, 2, 15)
    assert msme.pay_by(dt.date(2022, 1, 1)) is None


def test_the_classes_of_enterprises_grew_in_april_2025() -> None:
    """S.O. 1364(E): micro 2.5 and 10 crore, small 25 and 100, medium 125 and 500."""
    sizes = {size: msme.size_limits(size, dt.date(2025, 4, 1)) for size in ("micro", "small", "medium")}
    found = {
        size: (limit.investment / CRORE, limit.turnover / CRORE) for size, limit in sizes.items() if limit
    }
    assert found == {
        "micro": (Decimal("2.5"), Decimal(10)),
        "small": (Decimal(25), Decimal(100)),
        "medium": (Decimal(125), Decimal(500)),
    }
    assert msme.size_limits("huge", TODAY) is None


@pytest.mark.parametrize(
    ("text", "is_right"),
    [("UDYAM-MH-01-0000001", True), ("udyam-dl-12-1234567", True), ("UDYAM-MH-1-1", False), ("", False)],
)
def test_udyam_numbers_have_their_shape(text: str, is_right: bool) -> None:
    assert (msme.check_udyam(text) is None) == is_right


@pytest.mark.parametrize(
    ("text", "is_right"),
    [("SBIN0001234", True), ("hdfc0ABC123", True), ("SBIN1001234", False), ("SBI0001234", False)],
)
def test_ifsc_has_a_zero_in_the_fifth_place(text: str, is_right: bool) -> None:
    assert (ifsc.check(text) is None) == is_right


@pytest.mark.parametrize(
    ("start", "end", "on", "value"),
    [
        ("27", "29", TODAY, 50_000),
        ("27", "27", TODAY, 100_000),
        ("29", "29", TODAY, 50_000),
        ("19", "19", TODAY, 50_000),
        ("19", "19", dt.date(2026, 5, 31), 100_000),  # 02/2023-C.T./GST of West Bengal was kept in abeyance
        ("10", "10", dt.date(2019, 1, 20), 200_000),
        ("15", "15", TODAY, 10_000),
        ("28", "37", TODAY, 50_000),
        ("02", "02", TODAY, 50_000),
    ],
)
def test_eway_bills_are_needed_above_a_value(start: str, end: str, on: dt.date, value: int) -> None:
    """Rule 138; within a State by its own notification."""
    threshold = eway_bill.threshold(start, end, on)
    assert threshold is not None
    assert threshold.value == value


def test_no_eway_bill_is_needed_within_jammu_and_kashmir() -> None:
    """Notification 64 of 30 November 2019."""
    assert eway_bill.threshold("01", "01", TODAY) is None
    assert eway_bill.threshold("01", "02", TODAY) is not None


def test_there_was_no_eway_bill_before_april_2018() -> None:
    assert eway_bill.threshold("27", "29", dt.date(2018, 3, 31)) is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Nos.", "NOS"),
        ("KG", "KGS"),
        ("Sq. Ft", "SQF"),
        ("pcs", "PCS"),
        ("M.T.", "MTS"),
        ("Ltr", "LTR"),
        ("KGS", "KGS"),
        ("widgets", None),
        ("", None),
    ],
)
def test_printed_units_are_named_by_the_portals_code(printed: str, code: str | None) -> None:
    assert units.uqc(printed) == code


def test_every_spelling_leads_to_a_code_of_the_list() -> None:
    assert {units.uqc(code) for code in units.codes()} == units.codes()


def test_a_limit_that_does_not_exist_is_none() -> None:
    assert limits.get("einvoice_turnover", dt.date(2019, 1, 1)) is None
    assert limits.get("no such limit", TODAY) is None


def test_every_state_of_the_eway_bill_table_exists() -> None:
    assert all(states.get(row["state_code"]) for row in law("eway_bill_intrastate"))
