"""The tax invoice vocabulary: the particulars of Rules 46, 49 and 53 of the CGST Rules as typed values.

Extraction, compliance and storage all speak this language. ``None`` always means "not printed, or not
known"; a printed zero is ``Decimal(0)``. Money is in rupees (or ``currency``), rates are in percent.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a paper is in law; only some kinds can carry input tax credit."""

    TAX_INVOICE = "tax_invoice"  # section 31(1), Rule 46
    BILL_OF_SUPPLY = "bill_of_supply"  # section 31(3)(c), Rule 49
    CREDIT_NOTE = "credit_note"  # section 34(1), Rule 53
    DEBIT_NOTE = "debit_note"  # section 34(3), Rule 53
    RECEIPT = "receipt"  # a paid bill of a shop, hotel, toll or cab that is no tax invoice by title
    DELIVERY_CHALLAN = "delivery_challan"  # Rule 55
    PROFORMA = "proforma"
    OTHER_INVOICE = "other_invoice"  # an invoice outside GST: foreign, or of an unregistered supplier
    NOT_INVOICE = "not_invoice"


INVOICE_KINDS = frozenset(
    {
        DocumentKind.TAX_INVOICE,
        DocumentKind.BILL_OF_SUPPLY,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.DEBIT_NOTE,
        DocumentKind.RECEIPT,
        DocumentKind.OTHER_INVOICE,
    }
)
"""The kinds that bill a supply; challans, proformas and other papers do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A supplier or recipient as printed; ``state_code`` is the two-digit GST state code."""

    name: str | None = None
    gstin: str | None = None
    address: str | None = None
    state_code: str | None = None
    pan: str | None = None  # where it is printed by itself; a GSTIN holds it too


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """The account to which the vendor asks to be paid."""

    number: str | None = None  # digits as printed, leading zeros kept
    ifsc: str | None = None  # the branch, see gst.ifsc


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxAmounts:
    """Tax by head in rupees; ``sgst`` also holds UTGST."""

    cgst: Decimal | None = None
    sgst: Decimal | None = None
    igst: Decimal | None = None
    cess: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """Sum of the printed heads, in rupees."""
        return sum((head for head in (self.cgst, self.sgst, self.igst, self.cess) if head), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One supply on the invoice: Rule 46 (g) to (m)."""

    description: str | None = None
    hsn_sac: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    discount: Decimal | None = None  # rupees, already taken off taxable_value
    taxable_value: Decimal | None = None
    gst_rate: Decimal | None = None  # percent: IGST, or CGST and SGST together
    cess_rate: Decimal | None = None  # percent
    taxes: TaxAmounts = field(default_factory=TaxAmounts)
    total: Decimal | None = None  # with tax


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The footer. taxable_value + taxes + other_charges + tcs + round_off = grand_total on honest paper."""

    taxable_value: Decimal | None = None
    taxes: TaxAmounts = field(default_factory=TaxAmounts)
    discount: Decimal | None = None  # after the lines and before tax
    other_charges: Decimal | None = None  # untaxed charges outside the lines
    tcs: Decimal | None = None  # tax collected at source
    round_off: Decimal | None = None  # signed
    grand_total: Decimal | None = None
    amount_in_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """Another document named on this one, such as the invoice that a credit note amends (Rule 53(1A))."""

    number: str
    date: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.number} of {self.date.isoformat()}" if self.date else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """The Invoice Registration Portal's acknowledgement of an e-invoice."""

    number: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """One invoice as it stands on the paper."""

    kind: DocumentKind
    number: str | None = None
    date: dt.date | None = None
    vendor: Party = field(default_factory=Party)
    buyer: Party = field(default_factory=Party)
    ship_to: Party | None = None
    place_of_supply: str | None = None  # two-digit state code; 96 is abroad
    reverse_charge: bool | None = None
    currency: str = "INR"  # ISO 4217
    lines: tuple[Line, ...] = ()
    totals: Totals = field(default_factory=Totals)
    irn: str | None = None
    acknowledgement: Acknowledgement | None = None
    references: tuple[DocumentReference, ...] = ()
    bank_account: BankAccount | None = None
