"""Invented invoices that are true to Indian law and arithmetic. The same seed gives the same invoice."""

import datetime as dt
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gst.invoice import (
    Acknowledgement,
    DocumentKind,
    DocumentReference,
    Invoice,
    Line,
    Party,
    TaxAmounts,
    Totals,
)
from specimens.catalogue import (
    EXEMPT,
    NAMES,
    PLACES,
    RESTAURANT,
    TRADES,
    TRANSPORT,
    Item,
    Trade,
)
from specimens.firms import BUYERS, Habits, document_number, financial_year, habits_of, make_party, trade_of
from specimens.money import add, in_words, tax_of, to_paise

# Invoices that notes amend are up to 40 days older, and still bear the rates of 22 September 2025.
FIRST_DAY = dt.date(2025, 11, 1)
DAYS = 350
RUPEE = Decimal(1)


def sample_invoice(
    seed: int,
    *,
    kind: DocumentKind = DocumentKind.TAX_INVOICE,
    vendor: Party | None = None,
    buyer: Party | None = None,
    inter_state: bool | None = None,
    line_count: int | None = None,
    e_invoice: bool | None = None,
    reverse_charge: bool = False,
    **changes: Any,
) -> Invoice:
    """An honest invoice; what is not asked for is drawn from ``seed``.

    ``kind`` may be a tax invoice, bill of supply, credit note, debit note or receipt. ``reverse_charge``
    gives a transporter's bill. ``changes`` replace fields before the IRN is made, and may break honesty.
    """
    rng = random.Random(seed)
    buyer = buyer or rng.choice(BUYERS)
    vendor = vendor or _draw_vendor(rng, kind, buyer, inter_state, reverse_charge)
    habits = habits_of(vendor, e_invoice)
    day = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS))
    supply_at = None if kind is DocumentKind.RECEIPT else buyer.state_code
    taxed = kind is not DocumentKind.BILL_OF_SUPPLY and not reverse_charge
    crosses = supply_at not in (None, vendor.state_code)
    lines = _draw_lines(rng, trade_of(vendor), habits, line_count, _TaxMode(taxed, crosses))
    number = document_number(vendor, habits, kind, day, seed)
    invoice = Invoice(
        kind=kind,
        number=number,
        date=day,
        vendor=vendor,
        buyer=buyer,
        ship_to=_draw_ship_to(rng, vendor, buyer),
        place_of_supply=supply_at,
        reverse_charge=True if reverse_charge else rng.choice((None, False)),
        lines=lines,
        totals=_add_up(rng, lines, habits, trade_of(vendor)),
        references=_draw_references(rng, vendor, habits, kind, day),
    )
    invoice = replace(invoice, **changes)
    return _register(invoice) if habits.e_invoices and kind in _IRP_TYPES and not invoice.irn else invoice


@dataclass(frozen=True, slots=True)
class _TaxMode:
    taxed: bool
    crosses_states: bool


def _draw_vendor(
    rng: random.Random, kind: DocumentKind, buyer: Party, inter_state: bool | None, reverse_charge: bool
) -> Party:
    if reverse_charge:
        trade = TRANSPORT
    elif kind is DocumentKind.BILL_OF_SUPPLY:
        trade = EXEMPT
    elif kind is DocumentKind.RECEIPT:
        trade = RESTAURANT
    else:
        trade = rng.choice(TRADES)
    crosses = rng.random() < 0.4 if inter_state is None else inter_state
    places = [place for place in PLACES if (place.state_code != buyer.state_code) is crosses]
    if not places:
        raise ValueError(f"the samples know no vendor's place in State {buyer.state_code}")
    return make_party(f"{rng.choice(NAMES)} {rng.choice(trade.suffixes)}", rng.choice(places))


def _draw_lines(
    rng: random.Random, trade: Trade, habits: Habits, count: int | None, mode: _TaxMode
) -> tuple[Line, ...]:
    count = count or rng.randint(1, min(5, len(trade.items)))
    items = rng.sample(trade.items, count) if count <= len(trade.items) else rng.choices(trade.items, k=count)
    percent_off = rng.choice((Decimal(5), Decimal("7.5"), Decimal(10))) if rng.random() < 0.25 else None
    lines = [_draw_line(rng, item, habits, percent_off, mode) for item in items]
    if mode.taxed and trade.sells_goods and rng.random() < 0.3 and all(item.rate == 18 for item in items):
        lines.append(_freight(rng, habits, mode))
    return tuple(lines)


def _draw_line(
    rng: random.Random, item: Item, habits: Habits, percent_off: Decimal | None, mode: _TaxMode
) -> Line:
    quantity = Decimal(rng.randint(1, item.most))
    if item.unit in {"KGS", "QTL"}:
        quantity += rng.choice((Decimal(0), Decimal("0.5"), Decimal("0.25")))
    price = to_paise(item.price * rng.randint(97, 104) / 100)
    discount = to_paise(quantity * price * percent_off / 100) if percent_off else None
    taxable = to_paise(quantity * price) - (discount or 0)
    line = Line(
        description=item.description,
        hsn_sac=item.hsn_sac[: habits.hsn_digits],
        quantity=quantity,
        unit=item.unit,
        unit_price=price,
        discount=discount,
        taxable_value=taxable,
    )
    return _with_tax(line, item.rate, mode)


def _freight(rng: random.Random, habits: Habits, mode: _TaxMode) -> Line:
    """Freight charged by a seller of goods: part of the supply, at the goods' rate (section 8, CGST Act)."""
    line = Line(
        description="Freight and forwarding",
        hsn_sac="996511"[: habits.hsn_digits],
        taxable_value=Decimal(rng.randrange(250, 4000, 50)),
    )
    return _with_tax(line, Decimal(18), mode)


def _with_tax(line: Line, rate: Decimal, mode: _TaxMode) -> Line:
    taxable = line.taxable_value or Decimal(0)
    if not mode.taxed:
        return replace(line, total=taxable)
    half = to_paise(taxable * rate / 200)
    taxes = (
        TaxAmounts(igst=to_paise(taxable * rate / 100))
        if mode.crosses_states
        else TaxAmounts(cgst=half, sgst=half)
    )
    return replace(line, gst_rate=rate, taxes=taxes, total=taxable + taxes.total)


def _add_up(rng: random.Random, lines: Sequence[Line], habits: Habits, trade: Trade) -> Totals:
    taxable = add(line.taxable_value for line in lines) or Decimal(0)
    taxes = tax_of(lines)
    at_actuals = trade in TRADES and not trade.sells_goods and rng.random() < 0.15
    other = Decimal(rng.randrange(400, 9000, 25)) if at_actuals else None
    exact = taxable + taxes.total + (other or 0)
    grand = exact.quantize(RUPEE, ROUND_HALF_UP) if habits.rounds else exact
    return Totals(
        taxable_value=taxable,
        taxes=taxes,
        other_charges=other,
        round_off=(grand - exact) or None,
        grand_total=to_paise(grand),
        amount_in_words=f"Indian Rupees {in_words(grand)} Only",
    )


def _draw_ship_to(rng: random.Random, vendor: Party, buyer: Party) -> Party | None:
    if not trade_of(vendor).sells_goods or rng.random() < 0.5:
        return None
    return replace(buyer, address=f"Warehouse {rng.randint(1, 4)}, {buyer.address}")


def _draw_references(
    rng: random.Random, vendor: Party, habits: Habits, kind: DocumentKind, day: dt.date
) -> tuple[DocumentReference, ...]:
    """The invoice that a credit or debit note amends (Rule 53(1A))."""
    if kind not in {DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE}:
        return ()
    earlier = day - dt.timedelta(days=rng.randint(4, 40))
    serial = rng.randint(1, 9999)
    number = document_number(vendor, habits, DocumentKind.TAX_INVOICE, earlier, serial)
    return (DocumentReference(number=number, date=earlier),)


_IRP_TYPES = {
    DocumentKind.TAX_INVOICE: "INV",
    DocumentKind.CREDIT_NOTE: "CRN",
    DocumentKind.DEBIT_NOTE: "DBN",
}


def irp_type(invoice: Invoice) -> str:
    """The portal's document type: INV, CRN or DBN. Raises KeyError for kinds it does not register."""
    return _IRP_TYPES[invoice.kind]


def _register(invoice: Invoice) -> Invoice:
    """With the IRN (SHA-256 of GSTIN, year, type and number) and an acknowledgement of the same day."""
    if invoice.date is None:
        return invoice
    parts = (invoice.vendor.gstin, financial_year(invoice.date), irp_type(invoice), invoice.number)
    irn = hashlib.sha256("".join(part or "" for part in parts).encode()).hexdigest()
    ack = Acknowledgement(number=f"1{invoice.date:%y}2{int(irn[:12], 16) % 10**11:011d}", date=invoice.date)
    return replace(invoice, irn=irn, acknowledgement=ack)
