"""Signs worth a look before money leaves: other bank account, split bills, odd days, unusual prices."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from compliance.prices import UnusualPrice, item_key, unit_price, unusual
from gst import msme
from gst.invoice import DocumentKind, Invoice
from gst.money import grouped

ROUND = Decimal(10_000)
ROUND_FROM = Decimal(50_000)
JUST_BELOW = Decimal("0.90")
"""Share of an approval limit from which a total lies just under it."""
SPLIT_DAYS = dt.timedelta(days=7)
SUNDAY = 6
NATIONAL_HOLIDAYS = {(1, 26): "Republic Day", (8, 15): "Independence Day", (10, 2): "Gandhi Jayanti"}


def bank_account_is_known(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """A new account is the commonest way of diverting a payment."""
    if not context.bank_account or not invoice.vendor.gstin:
        return
    known = context.history.bank_account(invoice.vendor.gstin)
    if known and known != context.bank_account:
        message = f"The vendor's last paper named the account {known}, this one {context.bank_account}."
        yield finding("bank_account_changed", message, expected=known, found=context.bank_account)


def prices_are_usual(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """Each price is near what the vendor took before for the same item."""
    lines = {
        place: (key, price)
        for place, line in enumerate(invoice.lines, 1)
        if (key := item_key(line)) and (price := unit_price(line))
    }
    if not lines or not invoice.vendor.gstin or invoice.kind is DocumentKind.CREDIT_NOTE:
        return
    earlier = context.history.unit_prices(invoice.vendor.gstin, frozenset(key for key, _ in lines.values()))
    judged = {place: unusual(price, earlier.get(key, ())) for place, (key, price) in lines.items()}
    for rule, sign in (("price_above_usual", 1), ("price_below_usual", -1)):
        off = {place: odd for place, odd in judged.items() if odd and odd.percent * sign > 0}
        if off:
            yield _price_finding(rule, off)


def _price_finding(rule: str, off: dict[int, UnusualPrice]) -> Finding:
    place, worst = max(off.items(), key=lambda item: abs(item[1].percent))
    more = f" {len(off) - 1} more lines are off as well." if len(off) > 1 else ""
    message = (
        f"Line {place} costs {grouped(worst.price)} each, {abs(worst.percent):.0f} % "
        f"{'more' if worst.percent > 0 else 'less'} than usual ({worst.invoices} earlier invoices).{more}"
    )
    return finding(
        rule, message, field="line_items", expected=grouped(worst.usual), found=grouped(worst.price)
    )


def bills_are_not_split(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """A total just under an approval limit, and another bill of the same days that would exceed it."""
    total, vendor, on = invoice.totals.grand_total, invoice.vendor.gstin, invoice.date
    limit = next(
        (each for each in sorted(context.approval_limits) if total is not None and total < each), None
    )
    if total is None or limit is None or vendor is None or on is None or total < limit * JUST_BELOW:
        return
    others = context.history.bills(vendor, on - SPLIT_DAYS, on + SPLIT_DAYS)
    near = [bill for bill in others if bill.total and bill.total < limit <= bill.total + total]
    if near:
        names = ", ".join(bill.name for bill in near[:3])
        message = (
            f"{grouped(total)} lies just under the limit of {grouped(limit)}; with {names} it exceeds it."
        )
        yield finding("bills_split", message, field="grand_total", expected=limit, found=total)
    else:
        message = f"{grouped(total)} lies just under the approval limit of {grouped(limit)}."
        yield finding("just_below_limit", message, field="grand_total", expected=limit, found=total)


def amount_is_not_round(invoice: Invoice) -> Iterator[Finding]:
    """Work that is billed by measure seldom comes to whole ten thousands."""
    total = invoice.totals.grand_total
    if invoice.currency == "INR" and total is not None and total >= ROUND_FROM and total % ROUND == 0:
        yield finding(
            "round_amount", f"The total is exactly {grouped(total)}.", field="grand_total", found=total
        )


def dated_on_a_working_day(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """Sundays and holidays; Saturday is a working day for most vendors in India."""
    on = invoice.date
    if on is None or invoice.kind is DocumentKind.RECEIPT:
        return
    holiday = NATIONAL_HOLIDAYS.get((on.month, on.day)) or ("a holiday" if on in context.holidays else "")
    if name := holiday or ("a Sunday" if on.weekday() == SUNDAY else ""):
        yield finding("dated_on_holiday", f"{on:%d %b %Y} was {name}.", field="invoice_date", found=on)


def small_vendor_is_paid_in_time(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """A micro or small enterprise has to be paid within days of acceptance, or the expense does not count."""
    accepted = context.accepted_on or invoice.date
    due = msme.pay_by(accepted) if accepted and context.vendor_is_small else None
    if due is None or invoice.kind is DocumentKind.CREDIT_NOTE:
        return
    since = "acceptance" if context.accepted_on else "the invoice's date, the earliest acceptance"
    message = f"The vendor is a small enterprise: pay by {due:%d %b %Y}, counted from {since}."
    late = context.today is not None and context.today > due
    yield finding("msme_payment_late" if late else "msme_payment_due", message, expected=due)
