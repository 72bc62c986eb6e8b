"""What is known of earlier invoices. The database's side of it implements :class:`History`."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from gst.financial_year import FinancialYear
from gst.invoice import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """The outline of an invoice of the same organisation; ``total`` in rupees."""

    id: int
    name: str  # as a person knows it
    kind: DocumentKind | None = None
    vendor_gstin: str | None = None
    vendor_name: str | None = None
    number: str | None = None
    date: dt.date | None = None
    total: Decimal | None = None


class History(Protocol):
    """Earlier invoices of the organisation; each question is asked at most once an invoice."""

    def unit_prices(self, vendor_gstin: str, items: Collection[str]) -> Mapping[str, Sequence[Decimal]]:
        """Earlier prices by item (see :func:`compliance.prices.item_key`), one an invoice, of the latest."""
        ...

    def bank_account(self, vendor_gstin: str) -> str | None:
        """The account that the vendor's last paper named."""
        ...

    def bills(self, vendor_gstin: str, first: dt.date, last: dt.date) -> Sequence[Bill]:
        """The vendor's other bills dated from ``first`` to ``last``."""
        ...

    def billed(self, vendor_gstin: str, year: FinancialYear) -> Decimal | None:
        """Taxable value of the vendor's other bills of a year, in rupees; None when not known."""
        ...


class NoHistory:
    """Nothing is known of earlier invoices."""

    def unit_prices(self, vendor_gstin: str, items: Collection[str]) -> Mapping[str, Sequence[Decimal]]:  # noqa: ARG002
        """None."""
        return {}

    def bank_account(self, vendor_gstin: str) -> str | None:  # noqa: ARG002
        """None."""
        return None

    def bills(self, vendor_gstin: str, first: dt.date, last: dt.date) -> Sequence[Bill]:  # noqa: ARG002
        """None."""
        return ()

    def billed(self, vendor_gstin: str, year: FinancialYear) -> Decimal | None:  # noqa: ARG002
        """Not known."""
        return None
