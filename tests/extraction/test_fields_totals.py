from decimal import Decimal

import pytest

from extraction.fields.totals import Head, added, money_on, spelled_on, tax_runs
from tests.extraction.papers import INVOICE, sheet


def heads(*words: tuple[float, float, str]) -> dict[Decimal, Head]:
    """Each labelled amount with its surest head."""
    return {m.value: max(m.heads, key=lambda h: m.heads[h]) for m in money_on(sheet(*words)) if m.heads}


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("Grand Total", Head.GRAND_TOTAL),
        ("Total Amount Before Tax", Head.TAXABLE),
        ("OUTPUT CGST @ 9%", Head.CGST),
        ("SGST/UTGST", Head.SGST),
        ("IGST18 (18%)", Head.IGST),
        ("Total Tax Amount", Head.TAX_TOTAL),
        ("TCS Amount", Head.TCS),
        ("Previous Balance", Head.OTHER),
        ("Amount Payable after due date", Head.OTHER),
        ("Amount Payable by due date", Head.GRAND_TOTAL),
    ],
)
def test_an_amount_is_what_its_label_says(label: str, head: Head) -> None:
    assert heads((0.4, 0.5, label), (0.8, 0.5, "1,234.56")) == {Decimal("1234.56"): head}


def test_a_rounding_is_small_and_what_is_not_is_the_rounded_total() -> None:
    assert heads((0.4, 0.5, "Round Off Amount"), (0.8, 0.5, "-0.44")) == {Decimal("-0.44"): Head.ROUND_OFF}
    rounded = heads((0.4, 0.5, "Round Off"), (0.8, 0.5, "1,234.00"))
    assert rounded == {Decimal("1234.00"): Head.GRAND_TOTAL}


def test_a_line_of_amounts_may_stand_over_its_titles() -> None:
    amounts = [(0.1, 0.5, "1,000.00"), (0.3, 0.5, "180.00"), (0.6, 0.5, "1,180.00")]
    titles = [(0.1, 0.52, "Sub Total"), (0.3, 0.52, "IGST"), (0.6, 0.52, "Grand Total")]
    assert set(heads(*amounts, *titles).values()) == {Head.TAXABLE, Head.IGST, Head.GRAND_TOTAL}


def test_two_tables_side_by_side_keep_their_labels() -> None:
    row = [(0.1, 0.5, "SGST"), (0.3, 0.5, "85.14"), (0.5, 0.5, "Total Tax Amount"), (0.8, 0.5, "170.28")]
    assert heads(*row) == {Decimal("85.14"): Head.SGST, Decimal("170.28"): Head.TAX_TOTAL}


def test_words_are_read_also_over_several_lines_and_told_from_those_of_the_tax() -> None:
    spelled = list(
        spelled_on(
            sheet(
                (0.1, 0.5, "Rupees Twenty Thousand One Hundred"),
                (0.1, 0.514, "Seventy Eight Only"),
                (0.1, 0.6, "Tax Amount (in words) : INR Five Hundred One Only"),
            )
        )
    )
    assert Decimal(20178) in {s.value for s in spelled if not s.of_tax}
    three = [
        (0.1, 0.5, "Rupees Twenty"),
        (0.1, 0.514, "Thousand One Hundred"),
        (0.1, 0.528, "Seventy Eight Only"),
    ]
    assert Decimal(20178) in {s.value for s in spelled_on(sheet(*three))}
    assert {s.value for s in spelled if s.of_tax} == {Decimal(501)}


def test_the_invoices_total_is_printed_in_figures_and_words() -> None:
    assert heads(*INVOICE)[Decimal("25375.00")] is Head.GRAND_TOTAL
    assert {s.value for s in spelled_on(sheet(*INVOICE))} == {Decimal(25375)}


def test_a_head_printed_rate_by_rate_is_added_up() -> None:
    paper = sheet(
        (0.4, 0.50, "IGST @ 5%"), (0.8, 0.50, "40.75"), (0.4, 0.52, "IGST @ 18%"), (0.8, 0.52, "395.37")
    )
    assert [(head, added(head, run).value) for head, run in tax_runs(paper)] == [
        (Head.IGST, Decimal("436.12"))
    ]


def test_totals_stand_under_their_titles_too() -> None:
    titles = ("Taxable Amount", "CGST", "SGST", "CGST", "SGST", "Grand Total")
    amounts = ("500.00", "10.00", "10.00", "4.50", "4.50", "529.00")
    rows = [(0.05 + 0.15 * at, 0.5, title) for at, title in enumerate(titles)]
    rows += [(0.05 + 0.15 * at, 0.52, amount) for at, amount in enumerate(amounts)]
    assert heads(*rows)[Decimal("529.00")] is Head.GRAND_TOTAL
    sums = {head: added(head, run).value for head, run in tax_runs(sheet(*rows))}
    assert sums == {Head.CGST: Decimal("14.50"), Head.SGST: Decimal("14.50")}
