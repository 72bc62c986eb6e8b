"""Input tax credit: until when it can be taken, and which lines may be blocked. Hints for the bookkeeper."""

import datetime as dt
from collections.abc import Iterator

from compliance.catalogue import finding
from compliance.context import Context
from compliance.findings import Finding
from compliance.lines import listed
from gst import blocked_credit, documents, financial_year, hsn
from gst.blocked_credit import BlockedCredit
from gst.invoice import Invoice

NEAR = dt.timedelta(days=60)


def credit_is_in_time(invoice: Invoice, context: Context) -> Iterator[Finding]:
    """The last day for the credit of this document's financial year: section 16(4)."""
    if context.today is None or invoice.date is None or not _may_give_credit(invoice):
        return
    last = financial_year.of(invoice.date).itc_last_day
    if context.today > last:
        message = f"The credit had to be taken by {last:%d %b %Y}."
        yield finding("credit_time_over", message, field="invoice_date", expected=last)
    elif context.today >= last - NEAR:
        message = f"The credit has to be taken by {last:%d %b %Y}, in {(last - context.today).days} days."
        yield finding("credit_time_ends", message, field="invoice_date", expected=last)


def credit_may_be_blocked(invoice: Invoice) -> Iterator[Finding]:
    """Clauses of section 17(5) that lines may fall under, each with the condition that frees them."""
    if invoice.date is None or not _may_give_credit(invoice):
        return
    places: dict[str, list[int]] = {}
    clauses: dict[str, BlockedCredit] = {}
    for place, line in enumerate(invoice.lines, 1):
        code = hsn.normal(line.hsn_sac) if line.hsn_sac else None
        for clause in blocked_credit.possible(code, line.description, invoice.date):
            places.setdefault(clause.id, []).append(place)
            clauses[clause.id] = clause
    for name, clause in clauses.items():
        unless = f", unless {clause.unless}" if clause.unless else ""
        message = f"{listed(places[name]).capitalize()}: {clause.title}. No credit{unless}."
        yield finding("credit_may_be_blocked", message, field="line_items", source=clause.source)


def _may_give_credit(invoice: Invoice) -> bool:
    return bool(invoice.totals.taxes.total) and documents.rule(invoice.kind).gives_credit
