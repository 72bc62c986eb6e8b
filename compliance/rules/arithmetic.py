"""Whether the figures at the foot agree with each other and with the lines, in rupees.

A figure that is None was not printed or not read: only figures that are known can contradict each other.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from compliance.catalogue import finding
from compliance.findings import Finding
from compliance.lines import USUAL_DISCOUNTS, codes, combined_rate, total_of
from gst import documents, money, words
from gst.invoice import Invoice
from gst.money import TOLERANCE, TOTAL_TOLERANCE, grouped

ZERO = Decimal(0)
HIGHEST_RATE = Decimal(40)  # percent, without cess
TCS_ON_ANY_GOODS_ENDED = dt.date(2025, 4, 1)
"""Section 206C(1H) of the Income-tax Act 1961, omitted by the Finance Act 2025."""
TCS_GOODS = (
    *("2203", "2204", "2205", "2206", "2208", "26", "2701", "2702", "4401", "4403", "4407", "1404"),
    *("72", "74", "75", "76", "78", "79", "80", "8703"),
)
"""Liquor, minerals, ash and ores, coal, timber, tendu, scrap, cars: section 206C(1) and (1F)."""


def total_adds_up(invoice: Invoice) -> Iterator[Finding]:
    """Taxable value, taxes, charges and round-off make the grand total."""
    totals = invoice.totals
    if totals.taxable_value is None or totals.grand_total is None:
        return
    expected, found = _sum_of_parts(invoice, totals.taxable_value), totals.grand_total
    difference = found - expected
    if abs(difference) <= TOLERANCE or _follows_from_heads(invoice, difference):
        return
    yield finding(
        _kind_of_difference(invoice, difference),
        f"Taxable value, taxes, charges and round-off make {grouped(expected)}; "
        f"the total is {grouped(found)}, {grouped(abs(difference))} {'more' if difference > 0 else 'less'}.",
        field="grand_total",
        expected=expected,
        found=found,
    )


def _follows_from_heads(invoice: Invoice, difference: Decimal) -> bool:
    """Whether a wrong or a surplus head of tax, which has a finding of its own, makes all the difference."""
    taxes = invoice.totals.taxes
    central, state, integrated = (head or ZERO for head in (taxes.cgst, taxes.sgst, taxes.igst))
    unequal = (central - state, state - central) if abs(central - state) > TOLERANCE else ()
    surplus = (-integrated, -(central + state)) if integrated and central + state else ()
    return any(money.agree(difference, cause) for cause in (*unequal, *surplus))


def _sum_of_parts(invoice: Invoice, taxable: Decimal) -> Decimal:
    totals = invoice.totals
    parts = (taxable, totals.taxes.total, totals.other_charges, totals.tcs, totals.round_off)
    expected = sum((part for part in parts if part), ZERO)
    if invoice.reverse_charge and totals.grand_total is not None:  # the recipient pays the tax: section 9(3)
        unbilled = expected - totals.taxes.total
        return min(expected, unbilled, key=lambda made: abs(made - (totals.grand_total or ZERO)))
    return expected


def _kind_of_difference(invoice: Invoice, difference: Decimal) -> str:
    """Why it may differ: the portal's tolerance, reverse charge, tax that was not read, or TCS."""
    if abs(difference) <= TOTAL_TOLERANCE:
        return "total_slightly_off"
    if abs(difference + invoice.totals.taxes.total) <= TOTAL_TOLERANCE:
        return "tax_not_in_total"
    is_negative = (invoice.totals.grand_total or ZERO) < 0  # as on some credit notes
    more = -difference if is_negative else difference
    if more > 0 and _may_be_unread_tax(invoice, more):
        return "tax_not_read"
    if more > 0 and _may_be_tcs(invoice, more):
        return "total_includes_tcs"
    return "total_does_not_add_up"


def _may_be_unread_tax(invoice: Invoice, difference: Decimal) -> bool:
    taxes, taxable = invoice.totals.taxes, invoice.totals.taxable_value or ZERO
    heads = (taxes.cgst, taxes.sgst, taxes.igst)
    unread = heads == (None, None, None) or (
        taxes.igst is None and (taxes.cgst is None) != (taxes.sgst is None)
    )
    charged = documents.rule(invoice.kind).charges_tax and not invoice.reverse_charge
    return unread and charged and difference <= abs(taxable) * HIGHEST_RATE / 100


def _may_be_tcs(invoice: Invoice, difference: Decimal) -> bool:
    if invoice.totals.tcs:
        return False
    rates: set[Decimal] = set()
    if invoice.date and invoice.date < TCS_ON_ANY_GOODS_ENDED:
        rates |= {Decimal("0.075"), Decimal("0.1")}
    known = codes(invoice)
    if len(known) < len(invoice.lines) or any(code.startswith(TCS_GOODS) for code in known):
        rates |= {Decimal(1), Decimal(2), Decimal("2.5")}
    taxable = invoice.totals.taxable_value or ZERO
    bases = (taxable, taxable + invoice.totals.taxes.total)
    return any(money.agree(base * rate / 100, difference) for base in bases for rate in rates)


def lines_add_up(invoice: Invoice) -> Iterator[Finding]:
    """The line items make the taxable value.

    Fewer rupees in the lines are a charge below them or a line that was not read; more are a discount, which
    shows by its round percentage, or a mistake.
    """
    taxable, count = invoice.totals.taxable_value, len(invoice.lines)
    made = total_of(line.taxable_value for line in invoice.lines)
    if made is None or taxable is None or _lines_agree(made, invoice):
        return
    expected = made - (invoice.totals.discount or ZERO)
    lines = "The line item makes" if count == 1 else f"The {count} line items make"
    rule = "charges_outside_lines"
    if abs(expected) > abs(taxable):
        rule = "discount_not_read" if _is_round_percentage(made - taxable, made) else "lines_do_not_add_up"
    message = f"{lines} {grouped(expected)}, but the taxable value is {grouped(taxable)}."
    yield finding(rule, message, field="taxable_value", expected=expected, found=taxable)


def _lines_agree(made: Decimal, invoice: Invoice) -> bool:
    """Whether the lines make the taxable value, before or after the discount, or the total with tax."""
    totals = invoice.totals
    taxable = totals.taxable_value or ZERO
    rates = {combined_rate(line, invoice) or ZERO for line in invoice.lines}
    sums = [taxable, taxable + totals.taxes.total, taxable * (100 + max(rates)) / 100]
    if totals.taxes.total:
        sums.append(totals.grand_total or taxable)
    tolerance = max(TOLERANCE, Decimal(len(invoice.lines)) / 2)
    return any(
        money.agree(one, other, tolerance)
        for one in (made, made - (totals.discount or ZERO))
        for other in sums
    )


def _is_round_percentage(part: Decimal, whole: Decimal) -> bool:
    return any(money.agree(money.to_paisa(whole * rate / 100), part, money.PAISA) for rate in USUAL_DISCOUNTS)


def round_off_is_small(invoice: Invoice) -> Iterator[Finding]:
    """Rounding to the rupee takes less than a rupee; more hides something."""
    round_off = invoice.totals.round_off
    if round_off is not None and abs(round_off) > TOLERANCE:
        message = f"The round-off is {grouped(round_off)}."
        yield finding("round_off_large", message, field="round_off", found=round_off)


def central_and_state_tax_equal(invoice: Invoice) -> Iterator[Finding]:
    """CGST and SGST are levied at the same rate on the same value."""
    central, state = invoice.totals.taxes.cgst, invoice.totals.taxes.sgst
    if (central is None or state is None) and _total_needs_more(invoice):
        return  # the other head is on the paper, but was not read
    central, state = central or ZERO, state or ZERO
    if abs(central - state) > TOLERANCE:
        yield finding(
            "cgst_differs_from_sgst",
            f"CGST is {grouped(central)} and SGST is {grouped(state)}; both are half of the same tax.",
            field="sgst",
            expected=central,
            found=state,
        )


def _total_needs_more(invoice: Invoice) -> bool:
    totals = invoice.totals
    if totals.grand_total is None or totals.taxable_value is None:
        return True
    return abs(totals.grand_total) - abs(_sum_of_parts(invoice, totals.taxable_value)) > TOTAL_TOLERANCE


def words_agree(invoice: Invoice) -> Iterator[Finding]:
    """The amount in words is the total; paise may be left out, and other sums have words of their own."""
    totals = invoice.totals
    spelled = words.parse(totals.amount_in_words) if totals.amount_in_words else None
    if spelled is None or totals.grand_total is None:
        return
    exact = totals.grand_total - (totals.round_off or ZERO)
    others = (totals.taxable_value, totals.taxes.total, exact, exact - (totals.tcs or ZERO))
    if any(money.agree(spelled, amount) for amount in (abs(totals.grand_total), *others) if amount):
        return
    yield finding(
        "words_contradict_total",
        f"The amount in words is {grouped(spelled)}, the total in figures {grouped(totals.grand_total)}.",
        field="grand_total",
        expected=spelled,
        found=totals.grand_total,
    )


def has_lines(invoice: Invoice) -> Iterator[Finding]:
    """A total without lines cannot be checked line by line."""
    if invoice.totals.grand_total is not None and not invoice.lines:
        yield finding("total_without_lines", "A total was read, but no line items.", field="grand_total")
