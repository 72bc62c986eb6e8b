"""Running all rules over one invoice."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from compliance.catalogue import finding
from compliance.context import Context
from compliance.duplicates import Repeat, duplicate, near_duplicate
from compliance.findings import Finding
from compliance.likeness import NearRepeat
from compliance.rules import (
    arithmetic,
    credit,
    einvoice,
    heads,
    identity,
    line_arithmetic,
    particulars,
    payment,
    rates,
    tds,
    vendor,
)
from gst.invoice import INVOICE_KINDS, Invoice

Rule = Callable[[Invoice], Iterator[Finding]]
ContextRule = Callable[[Invoice, Context], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    particulars.missing_particulars,
    particulars.missing_party_particulars,
    particulars.missing_codes,
    particulars.number_is_lawful,
    particulars.note_names_its_invoice,
    identity.gstin_check_digits,
    identity.state_fits_gstin,
    identity.pan_fits_name,
    identity.parties_differ,
    arithmetic.total_adds_up,
    arithmetic.lines_add_up,
    arithmetic.round_off_is_small,
    arithmetic.central_and_state_tax_equal,
    arithmetic.words_agree,
    arithmetic.has_lines,
    line_arithmetic.lines_multiply,
    line_arithmetic.line_taxes_fit,
    line_arithmetic.tax_fits_rates,
    heads.tax_is_allowed,
    heads.reverse_charge_is_not_billed,
    heads.reverse_charge_is_possible,
    heads.rates_without_tax,
    heads.credit_comes_home,
    rates.codes_exist,
    rates.rates_are_lawful,
    rates.cess_is_in_force,
    payment.amount_is_not_round,
    credit.credit_may_be_blocked,
)
"""Rules that need the reading alone."""

CONTEXT_RULES: tuple[ContextRule, ...] = (
    particulars.date_is_possible,
    particulars.codes_are_long_enough,
    identity.addressed_to_us,
    heads.heads_fit_place,
    einvoice.qr_is_genuine,
    einvoice.print_fits_qr,
    einvoice.print_may_differ_from_qr,
    einvoice.lines_fit_qr,
    einvoice.irn_fits_print,
    einvoice.irn_is_there,
    einvoice.reported_in_time,
    vendor.vendor_was_registered,
    vendor.composition_charges_no_tax,
    vendor.name_is_on_record,
    payment.bank_account_is_known,
    payment.prices_are_usual,
    payment.bills_are_not_split,
    payment.dated_on_a_working_day,
    payment.small_vendor_is_paid_in_time,
    credit.credit_is_in_time,
    tds.deduction_is_likely,
)
"""Rules that look around the reading; what they do not find there keeps them silent."""

NOTHING_KNOWN = Context()


def check(
    invoice: Invoice,
    repeats: tuple[Repeat, ...] = (),
    *,
    near: tuple[NearRepeat, ...] = (),
    context: Context = NOTHING_KNOWN,
) -> tuple[Finding, ...]:
    """Every finding on an invoice; a rule that crashes is itself a finding and stops nothing else.

    A paper that bills nothing, such as a challan, is judged as a duplicate only.
    """
    rules: list[tuple[str, Callable[[], Iterable[Finding]]]] = []
    if invoice.kind in INVOICE_KINDS:
        rules += [(rule.__name__, partial(rule, invoice)) for rule in RULES]
        rules += [(rule.__name__, partial(rule, invoice, context)) for rule in CONTEXT_RULES]
    findings = [found for name, rule in rules for found in apply(name, rule)]
    repeated = duplicate(repeats) or near_duplicate(near)
    return (*findings, repeated) if repeated else tuple(findings)


def apply(name: str, rule: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """One rule's findings."""
    try:
        return list(rule())
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the invoice goes on
        return [finding("rule_failed", f"The check {name} stopped with {type(error).__name__}.")]
