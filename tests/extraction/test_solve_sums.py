from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.fields.totals import Head, Money
from extraction.solve.mending import mended
from extraction.solve.sums import LAWFUL_RATES, Hints, Pool, Sums, lawful_rate, paise, partly_taxed, solve
from gst.money import to_paisa, to_rupee
from tests.extraction.papers import sheet

NOTHING = Hints(frozenset(), frozenset())


def money(value: Decimal, head: Head | None = None) -> Money:
    """A printed amount with its label."""
    cell = sheet((0.8, 0.5, str(value))).cells[0]
    return Money(value, cell, 2, {head: 1.0} if head else {}, "")


def best(*printed: Money, told: Hints = NOTHING) -> Sums:
    """The best set of sums."""
    return solve(Pool(printed), told)[0]


amounts = st.decimals(min_value=500, max_value=10**7, places=2)
rates = st.sampled_from([rate for rate in LAWFUL_RATES if rate >= 3])


@settings(deadline=None)  # a busy machine is no fault
@given(amounts, rates, st.booleans())
def test_totals_are_found_among_other_amounts(taxable: Decimal, rate: Decimal, inter_state: bool) -> None:
    half = to_paisa(taxable * rate / 200)
    tax = to_paisa(taxable * rate / 100) if inter_state else 2 * half
    total = to_rupee(taxable + tax)
    heads = [money(tax, Head.IGST)] if inter_state else [money(half, Head.CGST), money(half, Head.SGST)]
    noise = [money(value) for value in (taxable / 7, taxable * 3, tax / 3) if value == to_paisa(value)]
    found = best(money(taxable, Head.TAXABLE), *heads, money(total, Head.GRAND_TOTAL), *noise)
    assert (found.taxable, found.grand_total) == (paise(taxable), paise(total))
    assert (found.igst, found.cgst) == ((paise(tax), 0) if inter_state else (0, paise(half)))


def test_untaxed_charges_and_tcs_belong_to_the_total() -> None:
    found = best(
        money(Decimal("896.08")),
        money(Decimal("45.00"), Head.IGST),
        money(Decimal("9.00"), Head.TCS),
        money(Decimal("950.08"), Head.GRAND_TOTAL),
        money(Decimal("941.08")),
    )
    assert (found.taxable, found.igst, found.extras) == (89608, 4500, ((Head.TCS, 900),))


def test_the_words_outrank_a_label() -> None:
    found = best(
        money(Decimal(1000), Head.TAXABLE),
        money(Decimal(180), Head.IGST),
        money(Decimal(1180)),
        money(Decimal(820)),
        money(Decimal(2000), Head.GRAND_TOTAL),
        told=Hints(frozenset({118000}), frozenset()),
    )
    assert found.grand_total == 118000


def test_a_balance_is_not_the_total() -> None:
    found = best(
        money(Decimal(1000), Head.TAXABLE),
        money(Decimal(180), Head.IGST),
        money(Decimal(1180), Head.GRAND_TOTAL),
        money(Decimal(6180), Head.OTHER),
        money(Decimal(5000), Head.OTHER),
    )
    assert found.grand_total == 118000


def test_the_igst_of_two_equal_lines_is_no_cgst_and_sgst() -> None:
    line, tax, total = Decimal("945.00"), Decimal("1890.00"), Decimal("12390.00")
    printed = (
        money(Decimal("10500.00")),
        money(line, Head.IGST),
        money(line, Head.IGST),
        money(tax),
        money(total),
    )
    assert best(*printed).igst == paise(tax)


def test_a_printed_rounding_takes_its_sign_from_the_sum() -> None:
    found = best(
        money(Decimal("215330.00"), Head.TAXABLE),
        money(Decimal("19379.70"), Head.CGST),
        money(Decimal("19379.70"), Head.SGST),
        money(Decimal("0.40"), Head.ROUND_OFF),
        money(Decimal("254089.00"), Head.GRAND_TOTAL),
    )
    assert (found.rounding, found.rounding_printed) == (-40, True)


def test_amounts_that_do_not_add_up_are_no_proof() -> None:
    found = solve(Pool([money(Decimal(1000)), money(Decimal(180)), money(Decimal(2000))]), NOTHING)
    assert not [sums for sums in found if sums.igst or sums.cgst]


def test_a_rate_is_lawful_up_to_rounding() -> None:
    assert lawful_rate(1720320, 309658) == 18
    assert lawful_rate(1720320, 290000) is None


def test_an_untaxed_part_is_told_apart_where_the_paper_speaks_of_one() -> None:
    printed = [money(Decimal(value)) for value in ("2980.00", "1180.00", "4160.00")]
    printed += [money(Decimal("149.00"), Head.IGST), money(Decimal("4309.00"), Head.GRAND_TOTAL)]
    found = best(*printed, told=Hints(frozenset(), frozenset(), exempt=True))
    assert (found.taxable, found.extras) == (298000, ((Head.CHARGE, 118000),))


def test_a_fare_that_an_agent_passes_on_bears_no_tax() -> None:
    fare, fee, half, total = map(Decimal, ("6540.00", "200.00", "18.00", "6776.00"))
    heads = [money(half, Head.CGST), money(half, Head.SGST), money(total, Head.GRAND_TOTAL)]
    found = partly_taxed(Pool([money(fare), money(fee), *heads]), NOTHING)[0]
    assert (found.taxable, found.cgst, found.extras) == (20000, 1800, ((Head.CHARGE, 654000),))


def test_one_misread_digit_is_put_right_by_the_other_amounts() -> None:
    halves = [money(Decimal("30.19"), Head.CGST), money(Decimal("30.19"), Head.SGST)]
    rounding = money(Decimal("-0.03"), Head.ROUND_OFF)
    taxable, total = money(Decimal("1207.65"), Head.TAXABLE), money(Decimal("268.00"), Head.GRAND_TOTAL)
    found = mended(Pool([taxable, *halves, rounding, total]), NOTHING)
    assert found is not None
    assert (found.head, found.sums.grand_total) == (Head.GRAND_TOTAL, 126800)
    assert mended(Pool([taxable, *halves, money(Decimal("268.00"))]), NOTHING) is None
