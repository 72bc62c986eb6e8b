"""What is known of earlier invoices, however long the history: a few rows from the end of an index each.

Only bills count that are in the history (Invoice.in_history) and came in before the one at hand.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from compliance.history import Bill
from gst import financial_year
from gst.financial_year import FIRST_GST_YEAR, FinancialYear
from gst.money import to_paisa
from invoice_processor.judging.columns import bill
from invoice_processor.judging.prices import Prices, item_number
from invoice_processor.judging.questions import Question
from invoice_processor.models import Invoice

LATEST = 12
"""Earlier invoices by which a price is judged."""
MOST_BILLS = 1000
"""Bills of a vendor that are added up for a year, the latest: with more, every threshold of law is passed."""
MOST_NEAR = 50
LAST_YEAR = 9000  # a date beyond it was misread, and calendars end soon after

# ruff: noqa: S608 - no text of anybody goes into these statements
EARLIER = "WHERE organisation_id = %s AND vendor_gstin = %s AND id < %s AND in_history"
ACCOUNT = f"""SELECT bank_account FROM invoice_processor_invoice {EARLIER}
    AND NOT (bank_account = '') ORDER BY id DESC LIMIT 1"""
BILLED = f"""SELECT CAST(SUM(taxable_value) AS TEXT) FROM (SELECT taxable_value
    FROM invoice_processor_invoice {EARLIER} AND date BETWEEN %s AND %s
    ORDER BY date DESC LIMIT {MOST_BILLS}) AS bills"""
PRICES = f"""SELECT CAST(price AS TEXT) FROM invoice_processor_itemprice
    WHERE organisation_id = %s AND item = %s AND invoice_id < %s
    ORDER BY invoice_id DESC LIMIT {LATEST}"""


def questions(invoice: Invoice, prices: Prices) -> Iterator[Question]:
    """What there is to know about the vendor and the items of a described invoice."""
    if not invoice.vendor_gstin:
        return
    vendor = (invoice.organisation_id, invoice.vendor_gstin, invoice.pk)
    if invoice.bank_account:
        yield Question("account", ACCOUNT, vendor)
    year = financial_year.of(invoice.date) if invoice.date else None
    if year and FIRST_GST_YEAR <= year.start < LAST_YEAR:
        yield Question("billed", BILLED, (*vendor, year.first_day.isoformat(), year.last_day.isoformat()))
    for key in prices:
        number = item_number(invoice.vendor_gstin, key)
        yield Question(key, PRICES, (invoice.organisation_id, number, invoice.pk))


@dataclass(frozen=True, slots=True)
class KnownHistory:
    """The answers, as the rules ask for them; see compliance.history."""

    invoice: Invoice
    answers: Mapping[str, Sequence[str]]

    def unit_prices(self, vendor_gstin: str, items: Collection[str]) -> Mapping[str, Sequence[Decimal]]:  # noqa: ARG002
        """What the items cost last, one price an invoice."""
        return {item: [Decimal(price) for price in self.answers.get(item, ())] for item in items}

    def bank_account(self, vendor_gstin: str) -> str | None:  # noqa: ARG002
        """The account that the vendor's last paper named."""
        return next(iter(self.answers.get("account", ())), None)

    def bills(self, vendor_gstin: str, first: dt.date, last: dt.date) -> Sequence[Bill]:
        """The vendor's earlier bills dated from ``first`` to ``last``; of very many only some."""
        others = Invoice.objects.filter(
            organisation_id=self.invoice.organisation_id,
            vendor_gstin=vendor_gstin,
            in_history=True,
            date__range=(first, last),
            pk__lt=self.invoice.pk,
        )
        return [bill(other) for other in others.order_by("-date")[:MOST_NEAR]]

    def billed(self, vendor_gstin: str, year: FinancialYear) -> Decimal | None:  # noqa: ARG002
        """Taxable value of the vendor's earlier bills of the year; of very many at least that."""
        return next((to_paisa(Decimal(value)) for value in self.answers.get("billed", ())), None)
