"""Whether each line's figures agree: quantity, price, discount, amount, and the tax on it.

Printed lines take many honest forms; a line is wrong only where none of them explains it.
"""

from collections.abc import Iterator
from decimal import Decimal

from compliance.catalogue import finding
from compliance.findings import Finding
from compliance.lines import USUAL_DISCOUNTS, combined_rate, listed, total_of
from gst import money
from gst.invoice import Invoice, Line, TaxAmounts
from gst.money import TOLERANCE, grouped

ZERO = Decimal(0)
USUAL_RATES = tuple(map(Decimal, (5, 12, 18, 28, 40)))
HIGHEST_RATE = Decimal(40)  # percent, without cess
HALF_PAISA = Decimal("0.005")
SMALLEST_PRODUCT = Decimal(1)


def lines_multiply(invoice: Invoice) -> Iterator[Finding]:
    """Quantity times price, less discount, is the amount of each line."""
    judged: dict[str, list[int]] = {}
    for place, line in enumerate(invoice.lines, 1):
        if rule := judge_product(line):
            judged.setdefault(rule, []).append(place)
    for rule, places in judged.items():
        line = invoice.lines[places[0] - 1]
        product, amount = _product(line), line.taxable_value or ZERO
        message = (
            f"In line {places[0]} quantity times price is {grouped(product)}, the amount {grouped(amount)}."
            f" See {listed(places)}."
        )
        yield finding(rule, message, field="line_items", expected=product, found=amount)


def judge_product(line: Line) -> str | None:
    """What an amount says that quantity and price do not explain: more is a mistake, less a discount.

    Twice as much or more is a price for another unit than the quantity's, as metres for pieces.
    """
    if line.taxable_value is None or not line.quantity or not line.unit_price:
        return None
    product, amount, tolerance = _product(line), abs(line.taxable_value), _tolerance(line)
    if product < SMALLEST_PRODUCT or money.agree(product, amount, tolerance):
        return None
    if any(money.agree(explained, amount, tolerance) for explained in _other_products(line)):
        return None
    if amount >= 2 * product:
        return "line_in_another_unit"
    return "line_does_not_multiply" if amount > product else "line_below_price"


def _other_products(line: Line) -> Iterator[Decimal]:
    """What the amount may be as well: with or without tax, before the discount, a round percentage off."""
    product = _product(line)
    rates = USUAL_RATES if line.gst_rate is None else (line.gst_rate, 2 * line.gst_rate)
    for rate in rates:
        yield product * (100 + rate) / 100
        yield product * 100 / (100 + rate)
    yield product + (line.discount or ZERO)
    yield from (product * (100 - percent) / 100 for percent in USUAL_DISCOUNTS)


def _product(line: Line) -> Decimal:
    return abs(money.to_paisa((line.quantity or ZERO) * (line.unit_price or ZERO)) - (line.discount or ZERO))


def _tolerance(line: Line) -> Decimal:
    """A rupee, or what rounding the price to the paisa makes of the quantity."""
    return max(TOLERANCE, abs(line.quantity or ZERO) * HALF_PAISA)


def line_taxes_fit(invoice: Invoice) -> Iterator[Finding]:
    """The tax printed in a line is its rate on its amount."""
    wrong = [place for place, line in enumerate(invoice.lines, 1) if _tax_is_wrong(line)]
    if wrong:
        line = invoice.lines[wrong[0] - 1]
        expected = money.tax(line.taxable_value or ZERO, line.gst_rate or ZERO)
        found = _gst(line)
        message = (
            f"The tax in {listed(wrong)} is not the printed rate on the amount; "
            f"in line {wrong[0]} {line.gst_rate} % make {grouped(expected)}, and {grouped(found)} is printed."
        )
        yield finding("line_tax_is_wrong", message, field="line_items", expected=expected, found=found)


def _tax_is_wrong(line: Line) -> bool:
    if line.taxable_value is None or line.gst_rate is None or not _gst(line):
        return False
    due, found = money.tax(line.taxable_value, line.gst_rate), _gst(line)
    return not (money.agree(due, found) or money.agree(due, 2 * found))  # one head of two may be unread


def _gst(line: Line) -> Decimal:
    return line.taxes.total - (line.taxes.cess or ZERO)


def tax_fits_rates(invoice: Invoice) -> Iterator[Finding]:
    """The tax of all heads is what the lines' rates make of their amounts."""
    taxes = invoice.totals.taxes
    due = tax_due(invoice)
    found = taxes.total - (taxes.cess or ZERO)
    if due is None or not found or not _heads_are_in_order(taxes):
        return
    least, most = due
    tolerance = max(2 * TOLERANCE, Decimal(len(invoice.lines)) / 2)  # rounded by head, or line by line
    if not least - tolerance <= found <= most + tolerance:
        expected = least if found < least else most
        yield finding(
            "tax_does_not_fit_rates",
            f"The printed rates make {grouped(expected)} of tax; {grouped(found)} is charged.",
            field="igst" if taxes.igst else "cgst",
            expected=expected,
            found=found,
        )


def _heads_are_in_order(taxes: TaxAmounts) -> bool:
    """Either IGST, or CGST and SGST of equal size; anything else is unread, or has a finding of its own."""
    if taxes.cgst is None or taxes.sgst is None or not taxes.cgst + taxes.sgst:
        return taxes.igst is not None and not (taxes.cgst or taxes.sgst)
    return not taxes.igst and money.agree(taxes.cgst, taxes.sgst)


def tax_due(invoice: Invoice) -> tuple[Decimal, Decimal] | None:
    """The least and the most tax by the lines' rates, in rupees; None where that is not known.

    What the taxable value has beyond the lines, such as freight, may bear any rate.
    """
    taxable, lines = invoice.totals.taxable_value, invoice.lines
    made = total_of(line.taxable_value for line in lines)
    rates = [combined_rate(line, invoice) for line in lines]
    due = total_of(
        None if line.taxable_value is None or rate is None else line.taxable_value * rate / 100
        for line, rate in zip(lines, rates, strict=True)
    )
    if made is None or due is None or taxable is None:
        return None
    if money.agree(made, taxable, max(TOLERANCE, Decimal(len(lines)) / 2)):
        return money.to_paisa(due), money.to_paisa(due)
    if abs(made) < abs(taxable):
        bounds = sorted((due, due + (taxable - made) * HIGHEST_RATE / 100))
        return money.to_paisa(bounds[0]), money.to_paisa(bounds[1])
    if len(set(rates)) == 1:  # a discount below the lines, or amounts that include the tax
        only = money.tax(taxable, rates[0] or ZERO)
        return only, only
    return None
