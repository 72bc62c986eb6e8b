"""Papers with nothing wrong, in the many forms that honest papers take, and what is known around them."""

import datetime as dt
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from compliance.context import Context, Registration
from compliance.history import Bill
from compliance.prices import item_key, unit_price
from gst import financial_year, irn, money, words
from gst.einvoice import DOCUMENT_TYPES
from gst.financial_year import FinancialYear
from gst.invoice import DocumentKind, Invoice, Line, Party, TaxAmounts, Totals
from gst.signed_qr import QrFacts, SignedQr, Verdict
from specimens import BUYERS, make_gstin, sample_invoice

TODAY = dt.date(2026, 11, 23)
ZERO = Decimal(0)
BILLED = (
    DocumentKind.TAX_INVOICE,
    DocumentKind.BILL_OF_SUPPLY,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.DEBIT_NOTE,
    DocumentKind.RECEIPT,
)
Form = Callable[[int], Invoice]


@dataclass(frozen=True)
class Known:
    """A history that a test writes down."""

    prices: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    account: str | None = None
    others: Sequence[Bill] = ()
    total: Decimal | None = None

    def unit_prices(self, vendor_gstin: str, items: Collection[str]) -> Mapping[str, Sequence[Decimal]]:
        return {item: self.prices[item] for item in items if item in self.prices}

    def bank_account(self, vendor_gstin: str) -> str | None:
        return self.account

    def bills(self, vendor_gstin: str, first: dt.date, last: dt.date) -> Sequence[Bill]:
        return self.others

    def billed(self, vendor_gstin: str, year: FinancialYear) -> Decimal | None:
        return self.total


def surroundings(invoice: Invoice) -> Context:
    """Everything known, and all of it in order."""
    return Context(
        today=TODAY,
        own_gstins=frozenset(buyer.gstin for buyer in BUYERS if buyer.gstin),
        qr=signed(invoice) if invoice.irn else None,
        vendor=record(invoice.vendor),
        history=Known(usual_prices(invoice), "50100012345678", (), Decimal(40_000)),
        bank_account="50100012345678",
        vendor_turnover=Decimal(80_000_000) if invoice.irn else Decimal(20_000_000),
        approval_limits=(Decimal(100_000_000),),
    )


def record(party: Party) -> Registration | None:
    """What the portal says of an ordinary firm."""
    if not party.gstin:
        return None
    return Registration(
        gstin=party.gstin,
        legal_name=party.name or "",
        status="Active",
        taxpayer_type="Regular",
        registered_on=dt.date(2017, 7, 1),
    )


def usual_prices(invoice: Invoice) -> dict[str, list[Decimal]]:
    """Four earlier invoices at much the same prices."""
    shares = (Decimal("0.97"), Decimal(1), Decimal("1.02"), Decimal("1.05"))
    return {
        key: [price * share for share in shares]
        for line in invoice.lines
        if (key := item_key(line)) and (price := unit_price(line))
    }


def signed(invoice: Invoice, verdict: Verdict = Verdict.VERIFIED, **changes: object) -> SignedQr:
    """The code that the portal signed for an e-invoice."""
    assert invoice.date
    facts = QrFacts(
        seller_gstin=invoice.vendor.gstin or "",
        buyer_gstin=invoice.buyer.gstin or "URP",
        number=invoice.number or "",
        document_type=DOCUMENT_TYPES[invoice.kind],
        date=invoice.date,
        total=invoice.totals.grand_total or ZERO,
        item_count=len(invoice.lines),
        main_hsn=invoice.lines[0].hsn_sac or "",
        irn=invoice.irn or "",
        irn_time=dt.datetime.combine(invoice.date, dt.time(18, 30)),
    )
    return SignedQr(verdict, "Said by a test.", replace(facts, **changes))  # type: ignore[arg-type]


def paper(
    lines: Sequence[Line],
    *,
    seed: int = 3,
    inter_state: bool = False,
    tax: Decimal | None = None,
    **footer: Decimal,
) -> Invoice:
    """A tax invoice with these lines; ``footer`` adds to the totals, ``freight`` to the taxable value."""
    invoice = sample_invoice(seed, inter_state=inter_state, line_count=1, e_invoice=False)
    freight, discount = footer.pop("freight", ZERO), footer.get("discount", ZERO)
    made = sum((line.taxable_value or ZERO for line in lines), ZERO)
    taxable = made + freight - discount
    due = sum(((line.taxable_value or ZERO) * (line.gst_rate or ZERO) / 100 for line in lines), ZERO)
    due = money.to_paisa(due * taxable / made) if tax is None else tax
    half = money.to_paisa(due / 2)
    taxes = TaxAmounts(igst=due) if inter_state else TaxAmounts(cgst=half, sgst=half)
    exact = taxable + taxes.total + sum((footer.get(name, ZERO) for name in ("other_charges", "tcs")), ZERO)
    total = money.to_rupee(exact)
    totals = Totals(
        taxable_value=taxable,
        taxes=taxes,
        round_off=(total - exact) or None,
        grand_total=total,
        amount_in_words=words.in_words(total),
        **footer,
    )
    return replace(invoice, lines=tuple(lines), totals=totals)


def goods(seed: int, count: int = 3, *, rate: int | None = 18) -> list[Line]:
    """Lines of goods at 18 percent, or at mixed rates."""
    chance = random.Random(seed)
    items = [("Hex bolt M12", "731815", 18), ("Cotton waste", "520299", 5), ("V-belt B-52", "401039", 18)]
    items += [("Aerated lemon drink", "220210", 40), ("Deep groove bearing", "848210", 18)]
    lines: list[Line] = []
    for name, code, own_rate in chance.choices([i for i in items if rate in (None, i[2])], k=count):
        quantity, price = (
            Decimal(chance.randint(1, 40)),
            money.to_paisa(Decimal(chance.randint(1000, 90000)) / 100),
        )
        amount = money.to_paisa(quantity * price)
        lines.append(
            Line(
                description=f"{name} No. {len(lines)}",
                hsn_sac=code,
                quantity=quantity,
                unit="NOS",
                unit_price=price,
                taxable_value=amount,
                gst_rate=Decimal(own_rate),
            )
        )
    return lines


def with_percent_off(seed: int) -> Invoice:
    """A discount column of percents, which no reading holds: the price is before it."""
    off = Decimal(random.Random(seed).choice(("5", "7.5", "10", "25"))) / 100
    lines = [
        replace(line, taxable_value=money.to_paisa((line.taxable_value or ZERO) * (1 - off)))
        for line in goods(seed)
    ]
    return paper(lines, seed=seed)


def with_footer_discount(seed: int) -> Invoice:
    """A discount below the lines, before tax."""
    return paper(goods(seed), seed=seed, discount=Decimal(10 + seed % 7))


def with_freight_below(seed: int) -> Invoice:
    """Freight, taxed like the goods, without a line of its own."""
    return paper(goods(seed), seed=seed, freight=Decimal(350 + seed))


def with_freight_of_other_rate(seed: int) -> Invoice:
    """Goods at 5 percent and freight at 18, below the lines."""
    lines, freight = goods(seed, rate=5), Decimal(400)
    tax = sum(((line.taxable_value or ZERO) * 5 / 100 for line in lines), freight * 18 / 100)
    return paper(lines, seed=seed, freight=freight, tax=money.to_paisa(tax))


def with_freight_line_at_goods_rate(seed: int) -> Invoice:
    """Freight with a SAC of its own at the goods' 5 percent: one composite supply."""
    amount = Decimal(900)
    freight = Line(
        description="Freight on sales", hsn_sac="996812", taxable_value=amount, gst_rate=Decimal(5)
    )
    return paper([*goods(seed, rate=5), freight], seed=seed)


def with_freight_line_at_half_the_goods_rate(seed: int) -> Invoice:
    """The same where the rate column holds the rate of one head, and codes have dots."""
    invoice = with_freight_line_at_goods_rate(seed)
    *lines, freight = (replace(line, gst_rate=Decimal("2.5")) for line in invoice.lines)
    return replace(invoice, lines=(*lines, replace(freight, hsn_sac="9968.12")))


def with_tcs(seed: int) -> Invoice:
    """Scrap, with tax collected at source on top, read as such or not."""
    amount = Decimal(20_000 + seed)
    line = Line(description="Melting scrap", hsn_sac="72044900", taxable_value=amount, gst_rate=Decimal(18))
    tcs = money.to_paisa(amount * Decimal("1.18") / 100)
    invoice = paper([line], seed=seed, tcs=tcs)
    return invoice if seed % 2 else replace(invoice, totals=replace(invoice.totals, tcs=None))


def with_packing_and_round_off(seed: int) -> Invoice:
    """Untaxed charges and rounding."""
    return paper(goods(seed), seed=seed, other_charges=Decimal("125.40"))


def with_inclusive_amounts(seed: int) -> Invoice:
    """The amount column holds the tax already; the foot shows taxable value and tax."""
    invoice = paper(goods(seed), seed=seed)
    lines = tuple(
        replace(
            line,
            unit_price=money.to_paisa((line.unit_price or ZERO) * Decimal("1.18")),
            taxable_value=money.to_paisa((line.taxable_value or ZERO) * Decimal("1.18")),
        )
        for line in invoice.lines
    )
    return replace(invoice, lines=lines)


def with_inclusive_prices(seed: int) -> Invoice:
    """The price holds the tax, the amount does not."""
    invoice = paper(goods(seed), seed=seed)
    lines = [
        replace(line, unit_price=money.to_paisa((line.unit_price or ZERO) * Decimal("1.18")))
        for line in invoice.lines
    ]
    return replace(invoice, lines=tuple(lines))


def with_exclusive_prices(seed: int) -> Invoice:
    """The amount holds the tax, the price does not."""
    invoice = with_inclusive_amounts(seed)
    lines = [
        replace(line, unit_price=money.to_paisa((line.unit_price or ZERO) / Decimal("1.18")))
        for line in invoice.lines
    ]
    return replace(invoice, lines=tuple(lines))


def with_mixed_rates(seed: int) -> Invoice:
    """5, 18 and 40 percent."""
    return paper(goods(seed, 5, rate=None), seed=seed, inter_state=bool(seed % 2))


def with_rates_of_one_head(seed: int) -> Invoice:
    """The rate column says 9 where CGST and SGST are 9 each."""
    invoice = paper(goods(seed), seed=seed)
    return replace(invoice, lines=tuple(replace(line, gst_rate=Decimal(9)) for line in invoice.lines))


def with_price_for_a_box(seed: int) -> Invoice:
    """The quantity counts boxes, the price is for one of the 24 in each."""
    return paper(
        [replace(line, taxable_value=(line.taxable_value or ZERO) * 24) for line in goods(seed)], seed=seed
    )


def to_a_zone_with_igst(seed: int) -> Invoice:
    """A buyer in the same State, but in a special economic zone: IGST."""
    invoice = paper(goods(seed), seed=seed)
    taxes = TaxAmounts(igst=invoice.totals.taxes.total)
    return replace(invoice, totals=replace(invoice.totals, taxes=taxes))


def to_a_zone_without_tax(seed: int) -> Invoice:
    """The same under a letter of undertaking: the rate stands there, the tax does not."""
    return paper(goods(seed), seed=seed, tax=ZERO)


def under_reverse_charge_with_tax_named(seed: int) -> Invoice:
    """A transporter's bill that names the tax but does not bill it, marked or not."""
    invoice = sample_invoice(seed, reverse_charge=True, inter_state=True)
    taxable = invoice.totals.taxable_value or ZERO
    totals = replace(invoice.totals, taxes=TaxAmounts(igst=money.tax(taxable, Decimal(5))))
    return replace(invoice, reverse_charge=True if seed % 2 else None, totals=totals)


def credit_note_with_minus_signs(seed: int) -> Invoice:
    """All amounts negative."""
    invoice = sample_invoice(seed, kind=DocumentKind.CREDIT_NOTE)
    taxes, totals = invoice.totals.taxes, invoice.totals
    minus = TaxAmounts(**{name: _minus(getattr(taxes, name)) for name in ("cgst", "sgst", "igst")})
    names = ("taxable_value", "other_charges", "round_off", "grand_total")
    amounts: dict[str, Any] = {name: _minus(getattr(totals, name)) for name in names}
    lines = tuple(
        replace(line, taxable_value=_minus(line.taxable_value), taxes=TaxAmounts()) for line in invoice.lines
    )
    return replace(invoice, lines=lines, totals=replace(totals, taxes=minus, **amounts))


def _minus(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount


def hotel_bill_in_another_state(seed: int) -> Invoice:
    """CGST and SGST of the hotel's State; the reader may take the guest's for the place of supply."""
    room = Line(
        description="Room charge",
        hsn_sac="996311",
        taxable_value=Decimal(16_000 + seed),
        gst_rate=Decimal(18),
    )
    invoice = paper([room], seed=seed)
    vendor = replace(
        invoice.vendor, gstin=make_gstin("08", (invoice.vendor.gstin or "")[2:12]), state_code="08"
    )
    return replace(invoice, vendor=vendor, place_of_supply=("08", "27", None)[seed % 3])


def with_cess_before_its_end(seed: int) -> Invoice:
    """Aerated drinks at 28 percent with the cess of 12, in 2025."""
    amount = Decimal(5_000 + seed)
    drink = Line(description="Aerated drink", hsn_sac="220210", taxable_value=amount, gst_rate=Decimal(28))
    invoice = paper([drink], seed=seed)
    cess = money.tax(amount, Decimal(12))
    taxes = replace(invoice.totals.taxes, cess=cess)
    totals = replace(
        invoice.totals,
        taxes=taxes,
        grand_total=(invoice.totals.grand_total or ZERO) + cess,
        amount_in_words=None,
    )
    return replace(invoice, date=dt.date(2025, 6, 1), totals=totals)


def at_old_rates(seed: int) -> Invoice:
    """12 percent before the reform."""
    line = Line(
        description="Copier paper", hsn_sac="480257", taxable_value=Decimal(2500 + seed), gst_rate=Decimal(12)
    )
    return replace(paper([line], seed=seed), date=dt.date(2025, 9, 1))


def bill_without_tax(seed: int) -> Invoice:
    """A shop outside GST: lines and a total, nothing else."""
    lines = tuple(replace(line, hsn_sac=None, gst_rate=None) for line in goods(seed))
    total = sum((line.taxable_value or ZERO for line in lines), ZERO)
    return Invoice(
        kind=DocumentKind.OTHER_INVOICE,
        number=str(400 + seed),
        date=dt.date(2026, 8, 3),
        vendor=Party(name="Meghvarsha Water Supply"),
        lines=lines,
        totals=Totals(grand_total=total),
    )


def registered(seed: int) -> Invoice:
    """An e-invoice."""
    return sample_invoice(seed, e_invoice=True)


def registered_in_capitals(seed: int) -> Invoice:
    """Its number is typed in small letters and with blanks; the portal took it in capitals, without."""
    invoice = sample_invoice(seed, e_invoice=True)
    number = invoice.number or ""
    assert invoice.date
    year = financial_year.of(invoice.date)
    made = irn.compute(invoice.vendor.gstin or "", year, "INV", number.upper())
    return replace(invoice, number=f"{number[:3].lower()} {number[3:]}", irn=made)


FORMS: tuple[Form, ...] = (
    with_percent_off,
    with_footer_discount,
    with_freight_below,
    with_freight_of_other_rate,
    with_freight_line_at_goods_rate,
    with_freight_line_at_half_the_goods_rate,
    with_tcs,
    with_packing_and_round_off,
    with_inclusive_amounts,
    with_inclusive_prices,
    with_exclusive_prices,
    with_mixed_rates,
    with_rates_of_one_head,
    with_price_for_a_box,
    to_a_zone_with_igst,
    to_a_zone_without_tax,
    under_reverse_charge_with_tax_named,
    credit_note_with_minus_signs,
    hotel_bill_in_another_state,
    with_cess_before_its_end,
    at_old_rates,
    bill_without_tax,
    registered,
    registered_in_capitals,
)
