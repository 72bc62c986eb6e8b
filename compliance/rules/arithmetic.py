"""Whether the figures agree with each other, in rupees."""

from collections.abc import Iterator
from decimal import Decimal

from compliance.findings import Finding, Severity
from gst.invoice import Invoice

TOLERANCE = Decimal(1)  # rupees, on a total: section 170 of the CGST Act rounds to the rupee
SOURCE = "CGST Rules, Rule 46(j) to (m)"


def total_adds_up(invoice: Invoice) -> Iterator[Finding]:
    """Taxable value, taxes, charges and round-off make the grand total."""
    totals = invoice.totals
    if totals.taxable_value is None or totals.grand_total is None:
        return
    parts = (totals.taxable_value, totals.taxes.total, totals.other_charges, totals.tcs, totals.round_off)
    expected = sum((part for part in parts if part), Decimal(0))
    found = totals.grand_total
    if invoice.reverse_charge:  # the recipient pays the tax: section 9(3) and (4)
        expected = min((expected, expected - totals.taxes.total), key=lambda made: abs(made - found))
    if abs(expected - found) > TOLERANCE:
        yield disagreement(
            "total_does_not_add_up",
            "The total does not add up",
            f"Taxable value, taxes and round-off make {expected}; the document says {totals.grand_total}.",
            "grand_total",
            expected,
            found,
        )


def lines_add_up(invoice: Invoice) -> Iterator[Finding]:
    """The line items make the taxable value."""
    amounts = [line.taxable_value for line in invoice.lines]
    taxable = invoice.totals.taxable_value
    if not amounts or taxable is None:
        return
    complete = [amount for amount in amounts if amount is not None]
    expected = sum(complete, Decimal(0)) - (invoice.totals.discount or 0)
    if len(complete) == len(amounts) and abs(expected - taxable) > max(TOLERANCE, Decimal(len(amounts)) / 2):
        yield disagreement(
            "lines_do_not_add_up",
            "The lines do not make the taxable value",
            f"The {len(amounts)} line items make {expected}, but the taxable value is {taxable}.",
            "taxable_value",
            expected,
            taxable,
        )


def central_and_state_tax_equal(invoice: Invoice) -> Iterator[Finding]:
    """CGST and SGST are levied at the same rate on the same value."""
    taxes = invoice.totals.taxes
    central, state = taxes.cgst or Decimal(0), taxes.sgst or Decimal(0)
    if abs(central - state) > TOLERANCE:
        yield disagreement(
            "cgst_differs_from_sgst",
            "CGST and SGST differ",
            f"CGST is {central} and SGST is {state}; both are half of the same tax.",
            "sgst",
            central,
            state,
        )


def disagreement(
    rule: str, title: str, message: str, field: str, expected: Decimal, found: Decimal
) -> Finding:
    """A critical finding about two figures."""
    return Finding(
        rule=rule,
        severity=Severity.CRITICAL,
        title=title,
        message=message,
        advice="Compare the figures with the document; if it is printed so, ask the vendor to correct it.",
        field=field,
        expected=str(expected),
        found=str(found),
        source=SOURCE,
    )
