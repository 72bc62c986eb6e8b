"""Honest papers, each made wrong in one known way: the rule that has to find it, and who plants the fault.

A planter gives the paper and what is known around it; most change one of the two.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from compliance.context import Context, Registration
from compliance.history import Bill
from gst import irn, money
from gst.financial_year import FinancialYear
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts
from gst.signed_qr import Verdict
from specimens import make_gstin, sample_invoice
from specimens.faults import wrong_gstin, wrong_tax_head, wrong_total
from tests.compliance.honest import TODAY, ZERO, Known, goods, paper, record, signed, surroundings

Planted = tuple[Invoice, Context]
Planter = Callable[[int], Planted]
UNKNOWN = Registration(gstin="")
STRANGER = make_gstin("27", "XQCFS4711K")


def plain(seed: int, **changes: Any) -> Invoice:
    """An ordinary tax invoice, not registered with the portal."""
    changed: Invoice = replace(sample_invoice(seed, e_invoice=False), **changes)
    return changed


def known(invoice: Invoice, **changes: Any) -> Planted:
    """The paper with everything known around it, but for changes there."""
    return invoice, replace(surroundings(invoice), **changes)


def without(field: str) -> Planter:
    """A particular is not there."""
    return lambda seed: known(plain(seed, **{field: None}))


def party(role: str, **changes: Any) -> Planter:
    """A party is not as it should be."""

    def plant(seed: int) -> Planted:
        invoice = plain(seed)
        return known(replace(invoice, **{role: replace(getattr(invoice, role), **changes)}))

    return plant


def totals(**changes: Callable[[Invoice], Any]) -> Planter:
    """Something at the foot is not as it should be."""

    def plant(seed: int) -> Planted:
        invoice = sample_invoice(seed, inter_state=False, e_invoice=False)
        foot: dict[str, Any] = {name: change(invoice) for name, change in changes.items()}
        return known(replace(invoice, totals=replace(invoice.totals, **foot)))

    return plant


def first_line(**changes: Any) -> Planter:
    """The first line is not as it should be; the sums are what they were."""

    def plant(seed: int) -> Planted:
        invoice = plain(seed)
        return known(replace(invoice, lines=(replace(invoice.lines[0], **changes), *invoice.lines[1:])))

    return plant


def vendor_record(**changes: Any) -> Planter:
    """The portal says something else of the vendor."""

    def plant(seed: int) -> Planted:
        invoice = plain(seed)
        ordinary = record(invoice.vendor)
        assert ordinary
        return known(invoice, vendor=replace(ordinary, **changes))

    return plant


def qr(verdict: Verdict = Verdict.VERIFIED, **facts: Any) -> Planter:
    """The code on the paper is another, or says something else."""

    def plant(seed: int) -> Planted:
        invoice = sample_invoice(seed, e_invoice=True)
        return known(invoice, qr=signed(invoice, verdict, **facts))

    return plant


def unlike_code(seed: int) -> Planted:
    """A scan whose number was read otherwise than the code says."""
    invoice = sample_invoice(seed, e_invoice=True)
    return known(invoice, qr=signed(invoice, Verdict.VERIFIED), unlike_qr=frozenset({"number"}))


def around(**changes: Any) -> Planter:
    """Something around an ordinary paper is odd."""
    return lambda seed: known(plain(seed), **changes)


def dated(day: dt.date) -> Planter:
    """An ordinary paper of another day."""
    return lambda seed: known(plain(seed, date=day))


def on(day: dt.date, line: Line, *, cess: Decimal | None = None) -> Planter:
    """One line on a day, with its tax."""

    def plant(seed: int) -> Planted:
        invoice = paper([replace(line, taxable_value=Decimal(4_000 + seed))], seed=seed)
        foot, charged = invoice.totals, cess or ZERO
        foot = replace(
            foot,
            taxes=replace(foot.taxes, cess=cess),
            grand_total=(foot.grand_total or ZERO) + charged,
            amount_in_words=None,
        )
        return known(replace(invoice, date=day, totals=foot))

    return plant


def amounts_changed(times: Decimal = Decimal(1), by: Decimal = ZERO) -> Planter:
    """Amounts that quantity and price do not make; all sums fit the amounts."""

    def plant(seed: int) -> Planted:
        changed = [
            replace(line, taxable_value=money.to_paisa((line.taxable_value or ZERO) * times + by))
            for line in goods(seed)
        ]
        return paper(changed, seed=seed), Context()

    return plant


def rounded_down(invoice: Invoice) -> Decimal:
    """The total, forty rupees below its parts."""
    foot = invoice.totals
    return (foot.grand_total or ZERO) - (foot.round_off or ZERO) - 40


def wrong_tax(seed: int) -> Planted:
    """500 rupees more of each head than the rates make; the total holds them."""
    invoice = paper(goods(seed), seed=seed)
    due = invoice.totals.taxes.total + 1000
    return known(paper(goods(seed), seed=seed, tax=due))


def wrong_line_tax(seed: int) -> Planted:
    """The tax printed in the first line is not its rate on its amount."""
    invoice = sample_invoice(seed, e_invoice=False)
    lines = (replace(invoice.lines[0], taxes=TaxAmounts(igst=Decimal("7.77"))), *invoice.lines[1:])
    return known(replace(invoice, lines=lines))


def extra_line(seed: int) -> Planted:
    """A line that no sum holds."""
    invoice = plain(seed)
    return known(
        replace(invoice, lines=(*invoice.lines, Line(hsn_sac="731815", taxable_value=Decimal("5003.37"))))
    )


def missing_line(seed: int) -> Planted:
    """Less in the lines than in the taxable value."""
    invoice = sample_invoice(seed, line_count=3, e_invoice=False)
    return known(replace(invoice, lines=invoice.lines[1:]))


def unmarked_reverse_charge(seed: int) -> Planted:
    """A transporter's bill without tax and without a word on who pays it."""
    return known(replace(sample_invoice(seed, reverse_charge=True), reverse_charge=None))


def untold_discount(seed: int) -> Planted:
    """7.5 percent off below the lines, which was not read."""
    invoice = paper(goods(seed), seed=seed)
    made = invoice.totals.taxable_value or ZERO
    invoice = paper(goods(seed), seed=seed, discount=money.to_paisa(made * Decimal("0.075")))
    return known(replace(invoice, totals=replace(invoice.totals, discount=None)))


def scrap_with_tcs(seed: int) -> Planted:
    """Tax collected at source that was not read."""
    line = Line(description="Scrap", hsn_sac="72044900", taxable_value=Decimal(50_000), gst_rate=Decimal(18))
    invoice = paper([line], seed=seed, tcs=Decimal(590))
    return known(replace(invoice, totals=replace(invoice.totals, tcs=None)))


def unread_tax(seed: int) -> Planted:
    """The tax was not read, the total was."""
    invoice = plain(seed)
    return known(replace(invoice, totals=replace(invoice.totals, taxes=TaxAmounts())))


def wrong_heads(inter_state: bool) -> Planter:
    """CGST and SGST for IGST, or the reverse, on goods."""

    def plant(seed: int) -> Planted:
        invoice = wrong_tax_head(paper(goods(seed), seed=seed, inter_state=inter_state))
        return known(invoice, buyer=record(invoice.buyer))

    return plant


def igst_unless_sez(seed: int) -> Planted:
    """IGST within a State, and nobody knows whether the buyer is in a special economic zone."""
    return known(wrong_tax_head(paper(goods(seed), seed=seed)))


def perhaps_across(seed: int) -> Planted:
    """CGST and SGST on a service supplied on the spot, with the recipient's State as its place."""
    room = Line(
        description="Room charge", hsn_sac="996311", taxable_value=Decimal(9_000), gst_rate=Decimal(18)
    )
    invoice = paper([room], seed=seed)
    return known(replace(invoice, place_of_supply="32"))


def lost_credit(seed: int) -> Planted:
    """A hotel in Rajasthan."""
    room = Line(
        description="Room charge", hsn_sac="996311", taxable_value=Decimal(9_000), gst_rate=Decimal(18)
    )
    invoice = paper([room], seed=seed)
    vendor = Party(name=invoice.vendor.name, gstin=make_gstin("08", (invoice.vendor.gstin or "")[2:12]))
    return known(replace(invoice, vendor=vendor, place_of_supply="08"))


def taxed_bill_of_supply(seed: int) -> Planted:
    """A tax invoice under another name."""
    return known(plain(seed, kind=DocumentKind.BILL_OF_SUPPLY))


def billed_reverse_charge(seed: int) -> Planted:
    """Reverse charge is marked, and the tax is part of the total."""
    return known(plain(seed, reverse_charge=True))


def foreign_irn(seed: int) -> Planted:
    """The IRN of another number; the code was not read."""
    invoice = sample_invoice(seed, e_invoice=True)
    assert invoice.date
    other = irn.compute(STRANGER, FinancialYear(2025), "INV", "OTHER-1")
    invoice = replace(invoice, irn=other)
    return known(invoice, qr=None)


def dearer(share: Decimal) -> Planter:
    """Prices are a share of the usual."""

    def plant(seed: int) -> Planted:
        invoice = plain(seed)
        usual = surroundings(invoice).history
        assert isinstance(usual, Known)
        prices = {key: [price / share for price in earlier] for key, earlier in usual.prices.items()}
        return known(invoice, history=replace(usual, prices=prices))

    return plant


def split(seed: int) -> Planted:
    """Two bills of a week, each just under the limit."""
    invoice = plain(seed)
    total, day = invoice.totals.grand_total or ZERO, invoice.date
    other = Bill(id=9, name="INV/9", total=total, date=day)
    return known(invoice, approval_limits=(total + 1,), history=Known(others=(other,)))


def just_below(seed: int) -> Planted:
    """One bill just under the limit."""
    invoice = plain(seed)
    return known(invoice, approval_limits=((invoice.totals.grand_total or ZERO) + 1,))


def round_total(seed: int) -> Planted:
    """Exactly a lakh."""
    line = Line(
        description="Fabrication", hsn_sac="731815", taxable_value=Decimal("84745.76"), gst_rate=Decimal(18)
    )
    return known(paper([line], seed=seed))


def late_registration(seed: int) -> Planted:
    """Reported forty days after the invoice, by a vendor whose turnover is not known."""
    invoice = sample_invoice(seed, e_invoice=True)
    assert invoice.date
    reported = dt.datetime.combine(invoice.date + dt.timedelta(days=40), dt.time(9))
    return known(invoice, qr=signed(invoice, irn_time=reported), vendor_turnover=None)


def company_with_a_firms_pan(seed: int) -> Planted:
    """A private limited company with the GSTIN of a firm."""
    invoice = sample_invoice(seed, e_invoice=False)
    state = invoice.vendor.state_code or ""
    vendor = replace(
        invoice.vendor, name="Kumudini Steel Private Limited", gstin=make_gstin(state, "XQCFS4711K")
    )
    return known(replace(invoice, vendor=vendor))


def credit_for_last_year(seed: int) -> Planted:
    """Read four weeks before the last day."""
    return known(replace(paper(goods(seed), seed=seed), date=dt.date(2026, 2, 3)), today=dt.date(2026, 11, 1))


def late_for_credit(seed: int) -> Planted:
    """An invoice of a year whose last day is past."""
    return known(paper(goods(seed), seed=seed), today=dt.date(2028, 1, 1))


def with_code(code: str, description: str = "Fabrication") -> Planter:
    """A single line of 18 percent with this code."""
    line = Line(description=description, hsn_sac=code, taxable_value=Decimal(80_000), gst_rate=Decimal(18))
    return lambda seed: known(paper([line], seed=seed))


SHEET = Line(description="Copier paper", hsn_sac="480257", gst_rate=Decimal(12))
BOLT = Line(description="Hex bolt", hsn_sac="731815", gst_rate=Decimal(18))

PLANTED: tuple[tuple[str, Planter], ...] = (
    ("missing_invoice_number", without("number")),
    ("missing_invoice_date", without("date")),
    ("missing_grand_total", totals(grand_total=lambda _: None, amount_in_words=lambda _: None)),
    ("missing_vendor_gstin", party("vendor", gstin=None)),
    ("missing_vendor_name", party("vendor", name=None)),
    ("missing_buyer_name", party("buyer", name=None)),
    ("missing_buyer_gstin", party("buyer", gstin=None)),
    (
        "missing_place_of_supply",
        lambda seed: known(replace(sample_invoice(seed, inter_state=True), place_of_supply=None)),
    ),
    ("missing_hsn", first_line(hsn_sac=None)),
    ("number_length", lambda seed: known(plain(seed, number=f"INV/2026-27/{seed:08d}"))),
    ("number_characters", lambda seed: known(plain(seed, number=f"INV#{seed}"))),
    (
        "note_without_invoice",
        lambda seed: known(
            replace(sample_invoice(seed, kind=DocumentKind.CREDIT_NOTE, e_invoice=False), references=())
        ),
    ),
    ("date_in_future", dated(TODAY + dt.timedelta(days=3))),
    ("date_before_gst", lambda seed: (plain(seed, date=dt.date(2016, 5, 5), lines=()), Context(today=TODAY))),
    (
        "hsn_too_short",
        lambda seed: (with_code("7318")(seed)[0], Context(vendor_turnover=Decimal(90_000_000))),
    ),
    ("invalid_vendor_gstin", lambda seed: known(wrong_gstin(plain(seed)))),
    ("invalid_buyer_gstin", party("buyer", gstin="27AAPFU0939F1ZZ")),
    ("vendor_state_contradicts_gstin", party("vendor", state_code="14")),
    ("buyer_state_contradicts_gstin", party("buyer", state_code="14")),
    ("pan_contradicts_name", company_with_a_firms_pan),
    ("vendor_is_buyer", lambda seed: known(plain(seed, buyer=plain(seed).vendor), own_gstins=frozenset())),
    (
        "branch_transfer",
        lambda seed: known(
            plain(
                seed,
                buyer=Party(name="A branch", gstin=make_gstin("14", (plain(seed).vendor.gstin or "")[2:12])),
            ),
            own_gstins=frozenset(),
        ),
    ),
    ("addressed_to_someone_else", party("buyer", gstin=STRANGER)),
    (
        "unlisted_own_gstin",
        lambda seed: known(
            plain(seed), own_gstins=frozenset({make_gstin("14", (plain(seed).buyer.gstin or "")[2:12])})
        ),
    ),
    ("total_does_not_add_up", lambda seed: known(wrong_total(sample_invoice(seed, e_invoice=False)))),
    ("total_slightly_off", lambda seed: known(wrong_total(plain(seed), Decimal("1.75")))),
    ("tax_not_in_total", lambda seed: known(wrong_total(plain(seed), -plain(seed).totals.taxes.total))),
    ("tax_not_read", unread_tax),
    ("total_includes_tcs", scrap_with_tcs),
    ("round_off_large", totals(round_off=lambda _: Decimal(-40), grand_total=rounded_down)),
    ("lines_do_not_add_up", extra_line),
    ("discount_not_read", untold_discount),
    ("charges_outside_lines", missing_line),
    (
        "cgst_differs_from_sgst",
        totals(
            taxes=lambda invoice: replace(invoice.totals.taxes, sgst=(invoice.totals.taxes.sgst or ZERO) + 90)
        ),
    ),
    ("words_contradict_total", totals(amount_in_words=lambda _: "Rupees Nine Crore Only")),
    ("total_without_lines", lambda seed: known(plain(seed, lines=()))),
    ("line_does_not_multiply", amounts_changed(by=Decimal("137.35"))),
    ("line_in_another_unit", amounts_changed(times=Decimal("12.6"))),
    ("line_below_price", amounts_changed(times=Decimal("0.7133"))),
    ("line_tax_is_wrong", wrong_line_tax),
    ("tax_does_not_fit_rates", wrong_tax),
    (
        "igst_beside_cgst",
        totals(taxes=lambda invoice: replace(invoice.totals.taxes, igst=Decimal(45))),
    ),
    ("igst_within_state", wrong_heads(inter_state=False)),
    ("igst_within_state_unless_sez", igst_unless_sez),
    ("cgst_sgst_across_states", wrong_heads(inter_state=True)),
    ("cgst_sgst_perhaps_across_states", perhaps_across),
    ("tax_on_bill_of_supply", taxed_bill_of_supply),
    ("tax_billed_under_reverse_charge", billed_reverse_charge),
    ("reverse_charge_possible", unmarked_reverse_charge),
    ("rate_without_tax", lambda seed: known(paper(goods(seed), seed=seed, tax=ZERO))),
    ("credit_lost_in_other_state", lost_credit),
    ("hsn_unknown", with_code("770000")),
    ("rate_ended", on(dt.date(2026, 6, 2), SHEET)),
    ("rate_not_lawful", on(dt.date(2026, 6, 2), replace(BOLT, gst_rate=Decimal(40)))),
    ("rate_to_review", on(dt.date(2025, 10, 6), SHEET)),
    ("cess_after_end", on(dt.date(2026, 6, 2), BOLT, cess=Decimal(60))),
    ("cess_to_review", on(dt.date(2025, 10, 6), BOLT, cess=Decimal(60))),
    ("qr_forged", qr(Verdict.FORGED)),
    ("qr_of_test_system", qr(Verdict.SANDBOX)),
    ("qr_unverifiable", qr(Verdict.UNVERIFIABLE)),
    ("qr_unsigned", qr(Verdict.UNSIGNED)),
    ("print_contradicts_qr_number", qr(number="ZZ/9/99")),
    ("print_contradicts_qr_date", qr(date=dt.date(2025, 10, 30))),
    ("print_contradicts_qr_vendor", qr(seller_gstin=STRANGER)),
    ("print_contradicts_qr_buyer", qr(buyer_gstin=STRANGER)),
    ("print_contradicts_qr_total", qr(total=Decimal("17.50"))),
    ("print_contradicts_qr_irn", qr(irn="0" * 64)),
    ("print_may_contradict_qr", unlike_code),
    ("item_count_differs", qr(item_count=77)),
    ("main_hsn_differs", qr(main_hsn="01012100")),
    ("irn_does_not_fit", foreign_irn),
    ("irn_missing", vendor_record(einvoice_enabled=True)),
    ("irn_reported_late", late_registration),
    ("vendor_gstin_unknown", vendor_record(is_registered=False)),
    ("vendor_not_yet_registered", vendor_record(registered_on=dt.date(2026, 11, 2))),
    ("vendor_cancelled", vendor_record(status="Cancelled", cancelled_on=dt.date(2024, 3, 1))),
    ("vendor_cancelled_since", vendor_record(status="Cancelled", cancelled_on=dt.date(2026, 11, 2))),
    ("vendor_not_active", vendor_record(status="Inactive")),
    ("vendor_suspended", vendor_record(status="Suspended")),
    ("composition_charges_tax", vendor_record(taxpayer_type="Composition")),
    (
        "composition_tax_invoice",
        lambda seed: known(
            (bill := paper(goods(seed), seed=seed, tax=ZERO)),
            vendor=replace(record(bill.vendor) or UNKNOWN, taxpayer_type="Composition"),
        ),
    ),
    ("vendor_name_differs", vendor_record(legal_name="Quillon Bright Zeta", trade_name="")),
    ("bank_account_changed", around(bank_account="99900088877766")),
    ("price_above_usual", dearer(Decimal("1.4"))),
    ("price_below_usual", dearer(Decimal("0.6"))),
    ("bills_split", split),
    ("just_below_limit", just_below),
    ("round_amount", round_total),
    ("dated_on_holiday", dated(dt.date(2026, 8, 15))),
    ("msme_payment_due", lambda seed: known(plain(seed), vendor_is_small=True, accepted_on=TODAY)),
    ("msme_payment_late", around(vendor_is_small=True, accepted_on=dt.date(2026, 9, 1))),
    ("credit_time_ends", credit_for_last_year),
    ("credit_time_over", late_for_credit),
    ("credit_may_be_blocked", with_code("996337", "Outdoor catering")),
    ("tds_likely", with_code("998311", "Management consulting")),
)
