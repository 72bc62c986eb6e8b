"""Papers of people who travel: stays, meals, rides, flights, fuel, tolls, and freight."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gst.invoice import DocumentKind, Line, Party, Totals
from specimens.money import to_paise
from specimens.paper import Column
from specimens.wild.heads import MIDDLE, block, letterheads, pairs_down
from specimens.wild.odd_lines import bill_untaxed
from specimens.wild.scene import LEFT, RIGHT, TOP, WIDTH, Pair, Scene
from specimens.wild.trades import billed, totals_down

ZERO = Decimal(0)
HOUR = "%d-%b-%y %H:%M:%S"


def bare(scene: Scene) -> None:
    """Leave only what a folio's lines print: date, words and amount."""
    lines = tuple(
        replace(line, quantity=None, unit_price=None, gst_rate=None) for line in scene.invoice.lines
    )
    scene.invoice = replace(scene.invoice, lines=lines)


def centred(scene: Scene, y: float, lines: Sequence[str]) -> float:
    """Lines in the middle of a narrow roll."""
    for line in lines:
        for part in scene.paper.wrap(line, scene.paper.width - 20, scene.ink):
            y = scene.paper.text(scene.paper.width / 2, y, part, scene.ink, "centre")
    return y


def slip(scene: Scene, y: float, pairs: Sequence[Pair], colon: str = " : ") -> float:
    """Pairs down a roll; a pair without a label stands for itself."""
    for label, value in pairs:
        y = scene.paper.text(10, y, f"{label}{colon}{value}" if label else value, scene.ink)
    return y


def folio(scene: Scene) -> None:
    """A hotel chain's folio: the day under the title without a label, the hotel's GSTIN in the foot."""
    rng, paper, day = scene.rng, scene.paper, scene.day
    nights, tariff = rng.randint(1, 3), rng.choice(("16000.00", "7400.00", "5250.00"))
    number = f"{rng.randint(1, 9):04d}-{rng.randint(10000, 99999)}"
    scene.invoice = replace(
        billed(scene.invoice, [("Room Charge", "996311", "1", tariff)] * nights, Decimal(18)), number=number
    )
    totals = scene.invoice.totals
    exact = replace(totals, round_off=None, grand_total=(totals.taxable_value or ZERO) + totals.taxes.total)
    invoice = scene.invoice = replace(scene.invoice, totals=exact)
    short, buyer = day.strftime("%d-%m-%y"), invoice.buyer
    y = paper.text(LEFT, TOP, f"GST ID : {buyer.gstin}", scene.ink)
    y = paper.text(MIDDLE, y, rng.choice(("TAX INVOICE", "INVOICE", "COPY OF INVOICE")), scene.bold, "centre")
    y = paper.text(MIDDLE, y + 3, short, scene.ink, "centre") + 10
    left = [
        buyer.name or "",
        buyer.address or "",
        "",
        "Guest Name : Mr. Kabir Sethi",
        f"Company : {buyer.name}",
        "Travel Agent :",
    ]
    came = dt.datetime.combine(day - dt.timedelta(days=nights), dt.time(20, 59))
    right = [("Bill No.", number), ("Page", "1 of 1"), ("Room No.", f"{rng.randint(101, 480)}"),
    ("Rate", f"{tariff} INR"),
             ("Arrival", came.strftime(HOUR)),
             ("Departure", dt.datetime.combine(day, dt.time(10, 36)).strftime(HOUR)),
             ("Printed By / On", "JMND 523 " + (came + dt.timedelta(days=90)).strftime(HOUR)),
             ("Confirmation No", f"{rng.randint(10**5, 10**6)}")]  # fmt: skip
    y = (
        max(block(scene, LEFT, y, 230, left, bold_first=False), pairs_down(scene, MIDDLE + 20, y, right, 86))
        + 8
    )
    y = folio_lines(scene, y)
    bare(scene)
    foot = (
        f"{invoice.vendor.name}",
        invoice.vendor.address or "",
        f"PAN: {(invoice.vendor.gstin or '')[2:12]}, GSTIN: {invoice.vendor.gstin}",
    )
    for line in foot:
        y = paper.text(MIDDLE, y, line, scene.ink, "centre")


def folio_lines(scene: Scene, y: float) -> float:
    """Charges and their taxes line by line as debits, then the balance and the taxes by code."""
    columns = [
        Column("Date", 70),
        Column("Description", 180),
        Column("Reference", 110),
        Column("Debit", 80, "right"),
        Column("Credit", 80, "right"),
    ]
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold) + 3
    totals, voice = scene.invoice.totals, scene.voice
    for line in scene.invoice.lines:
        taxes = [
            (head, tax)
            for head, tax in (("CGST", line.taxes.cgst), ("SGST", line.taxes.sgst), ("IGST", line.taxes.igst))
            if tax
        ]
        for what, amount in (
            (line.description or "", line.taxable_value),
            *((f"{head} ROOM", tax) for head, tax in taxes),
        ):
            y = scene.paper.row(
                LEFT,
                y,
                columns,
                [scene.day.strftime("%d-%m-%y"), what, "~[Pkg. Trx]", voice.figure(amount), ""],
                scene.ink,
            )
    for label in ("Total", "Balance"):
        y = scene.paper.row(
            LEFT, y + 4, columns, ["", "", f"{label}   INR", voice.figure(totals.grand_total), ""], scene.bold
        )
    titles = ("HSN/SAC CODE", "SALES", "CGST TAX", "SGST TAX", "IGST TAX", "CESS TAX")
    strip = [Column(title, WIDTH / 6, "right" if at else "left") for at, title in enumerate(titles)]
    y = scene.paper.row(LEFT, y + 10, strip, titles, scene.bold)
    heads = [
        voice.figure(tax or ZERO) for tax in (totals.taxes.cgst, totals.taxes.sgst, totals.taxes.igst, None)
    ]
    return (
        scene.paper.row(LEFT, y, strip, ["996311", voice.figure(totals.taxable_value), *heads], scene.ink)
        + 40
    )


def meal(scene: Scene) -> None:
    """A restaurant's roll: table, steward, kitchen tickets, a service charge, and the GSTIN in the foot."""
    rng, paper = scene.rng, scene.paper
    sold = [
        (name, "996331", str(rng.randint(1, 3)), price)
        for name, price in (("Veg Thali", "240.00"), ("Masala Dosa", "130.00"), ("Filter Coffee", "60.00"))
    ]
    scene.invoice = invoice = billed(scene.invoice, sold[: rng.randint(1, 3)], Decimal(5))
    y = centred(scene, 12, [invoice.vendor.name or "", invoice.vendor.address or ""]) + 4
    clock = f"{scene.day.strftime('%d/%m/%y')} {rng.randint(12, 22)}:{rng.randint(10, 59)}"
    y = slip(scene, y, rng.choice((
        [("Bill No.", invoice.number or ""), ("Date", clock), ("Table", "T-14  Covers : 3"),
        ("KOT No", "118, 122")],
        [("", f"Bill No:{invoice.number}   Tbl:14"), ("", f"Dt:{clock}  Stw:RAJU")],
        [("KOT", "118"), ("", f"Inv No: {invoice.number}"), ("", clock), ("Cashier", "biller2")],
    )))  # fmt: skip
    columns = [
        Column("Item", 86),
        Column("Qty", 30, "right"),
        Column("Rate", 40, "right"),
        Column("Amount", 50, "right"),
    ]
    y = paper.row(8, y + 4, columns, [column.title for column in columns], scene.bold)
    for line in invoice.lines:
        y = paper.row(
            8,
            y,
            columns,
            [
                line.description or "",
                f"{line.quantity}",
                f"{line.unit_price:.2f}",
                f"{line.taxable_value:.2f}",
            ],
            scene.ink,
        )
    totals = invoice.totals
    rows = [("Sub Total", totals.taxable_value), ("CGST @2.5%", totals.taxes.cgst),
    ("SGST @2.5%", totals.taxes.sgst),
            ("IGST @5%", totals.taxes.igst), ("Round Off", totals.round_off),
            (rng.choice(("NET TO PAY", "Net Amt", "Total")), totals.grand_total)]  # fmt: skip
    for label, amount in rows:
        if amount is not None:
            paper.text(14, y + 3, label, scene.ink)
            y = paper.text(paper.width - 14, y + 3, f"{amount:.2f}", scene.ink, "right")
    centred(
        scene, y + 6, [f"GSTIN : {invoice.vendor.gstin}", "FSSAI : 11526004000123", "Thank you, visit again"]
    )
    scene.invoice = replace(
        invoice, lines=tuple(replace(line, hsn_sac=None, gst_rate=None) for line in invoice.lines)
    )


def fuel(scene: Scene) -> None:
    """A pump's slip: nozzle, density, rate, volume, amount; no GST, and the dealer's VAT number at most."""
    rng = scene.rng
    rate, volume = Decimal(rng.randint(9000, 10800)) / 100, Decimal(rng.randint(500, 6000)) / 100
    what, amount = rng.choice(("HSD", "PETROL", "DIESEL")), to_paise(rate * volume)
    bill_untaxed(scene, DocumentKind.RECEIPT, [(what, str(amount))])
    sold = replace(scene.invoice.lines[0], quantity=volume, unit_price=rate)
    scene.invoice = replace(scene.invoice, lines=(sold,), buyer=Party())
    invoice = scene.invoice
    y = (
        centred(
            scene,
            12,
            [
                invoice.vendor.name or "",
                invoice.vendor.address or "",
                "TEL. NO : 9812345670",
                "VAT NO : 07451234567V",
                "CASH MEMO",
            ],
        )
        + 4
    )
    scene.invoice = replace(
        invoice, vendor=replace(invoice.vendor, gstin=None), number=f"{rng.randint(10**5, 10**6)}-ORGNL"
    )
    slip(scene, y, [
        (rng.choice(("BILL NO", "RECEIPT NO.", "Bill No.")), scene.invoice.number or ""),
        ("TRNS. ID", f"{rng.randint(10**15, 10**16)}"),
        ("ATND. ID", "6"), ("DATE", scene.day.strftime("%d/%m/%Y") + "  TIME : 10:22:41"),
        ("VEH. NO", "DL01AB4321"), ("MOB. NO", "Not Entered"),
        ("FP. ID", "3   NOZL NO : 2"), ("FUEL", invoice.lines[0].description or ""),
        ("DENSITY", "826.4 kg/m3"), ("PRESET", "NON PRESET"),
        ("RATE", f"Rs. {rate}"), ("VOLUME", f"{volume} L"),
        ("SALE" if rng.random() < 0.5 else "AMOUNT", f"Rs. {invoice.totals.grand_total}"),
    ])  # fmt: skip


def toll(scene: Scene) -> None:
    """A toll plaza's slip: ticket number, time and class, one fee."""
    rng = scene.rng
    bill_untaxed(scene, DocumentKind.RECEIPT, [("Toll fee", rng.choice(("155.00", "235.00", "80.00")))])
    y = (
        centred(
            scene, 12, [scene.invoice.vendor.name or "", "NATIONAL HIGHWAY TOLL PLAZA KM 41.200", "RECEIPT"]
        )
        + 4
    )
    scene.invoice = replace(
        scene.invoice,
        vendor=replace(scene.invoice.vendor, gstin=None),
        number=f"{rng.randint(10**8, 10**9)}",
        buyer=Party(),
        lines=(),
    )
    slip(scene, y, [
        (rng.choice(("Ticket No.", "Receipt No", "Trans. No.")), scene.invoice.number or ""),
        ("Booth & Operator No", "7 / 110234"),
        (rng.choice(("Date & Time of Journey", "Date & Time", "Date")),
        scene.day.strftime("%d/%m/%Y") + " 22:01:33"), ("Vehicle Number", "MH12AB1234"),
        ("Type of Vehicle", "Car / Jeep"), ("Type of Journey", "Single"),
        (rng.choice(("Fee", "Fare", "Toll Fee", "Amount")), f"Rs. {scene.invoice.totals.grand_total}"),
    ])  # fmt: skip


def cab(scene: Scene) -> None:
    """An app's tax invoice for a ride, issued for the driver; the app has a GSTIN of its own."""
    rng, voice = scene.rng, scene.voice
    number = (
        f"{''.join(rng.choices('ABCDEFGHJK', k=6))}-0{rng.randint(1, 9)}-2026-{rng.randint(10**6, 10**7)}"
    )
    scene.invoice = replace(
        billed(
            scene.invoice,
            [("Transportation service fare", "996412", "1", rng.choice(("412.38", "186.67")))],
            Decimal(5),
        ),
        number=number,
    )
    y = (
        scene.paper.text(
            LEFT, TOP, rng.choice(("Tax Invoice", "Original Tax Invoice")), scene.ink_of(1.8, bold=True)
        )
        + 4
    )
    invoice = scene.invoice
    y = (
        block(
            scene,
            LEFT,
            y,
            WIDTH,
            [
                f"Invoice issued by {invoice.vendor.name} on behalf of the driver",
                invoice.vendor.address or "",
            ],
            bold_first=False,
        )
        + 5
    )
    pairs = [("Invoice Number", number), ("Invoice Date", voice.plain_date(scene.day)),
    ("Customer Name", invoice.buyer.name or ""),
             ("Customer GSTIN", invoice.buyer.gstin or ""),
             ("Tax Category", "Transportation of passengers"), ("GSTIN", invoice.vendor.gstin or ""),
             ("Place of supply", "Maharashtra"), ("HSN code", "996412"),
             ("Booking ID", f"CRN{rng.randint(10**8, 10**9)}")]  # fmt: skip
    y = pairs_down(scene, LEFT, y, pairs, 120) + 6
    totals_down(
        scene,
        scene.paper.text(
            LEFT, y, f"Transportation service fare   {voice.figure(invoice.totals.taxable_value)}", scene.ink
        )
        + 4,
    )
    bare(scene)


def ticket_agent(scene: Scene) -> None:
    """A travel agent's bill: the fare is passed on without tax, the tax is on the agent's fee alone."""
    rng, voice = scene.rng, scene.voice
    fare = Decimal(rng.choice((4210, 6875, 12480)))
    scene.invoice = invoice = billed(
        scene.invoice, [("Service charges", "998551", "1", "250.00")], Decimal(18), untaxed=fare
    )
    y = letterheads(scene, TOP)
    facts = [(rng.choice(("Invoice No", "Bill No.")), invoice.number or ""),
    ("Invoice Date", voice.plain_date(scene.day)),
             ("PNR", "K3W9QX"), ("Ticket No", f"098-{rng.randint(10**9, 10**10 - 1)}"),
             ("Travel Date", voice.plain_date(scene.day + dt.timedelta(days=6)))]  # fmt: skip
    buyer = [
        ("Client", invoice.buyer.name or ""),
        ("Client GSTIN", invoice.buyer.gstin or ""),
        ("Pax Name", "SETHI/KABIR MR"),
    ]
    y = max(pairs_down(scene, MIDDLE + 40, y, facts, 74), pairs_down(scene, LEFT, y, buyer, 70)) + 6
    for label, amount in (
        ("Air fare BOM-DEL (reimbursement)", fare),
        ("Service charges  SAC 998551", invoice.totals.taxable_value),
    ):
        scene.paper.text(LEFT, y, label, scene.ink)
        y = scene.paper.text(RIGHT - 4, y, voice.figure(amount), scene.ink, "right")
    totals_down(scene, y + 6)
    bare(scene)


def freight_note(scene: Scene) -> None:
    """A carrier's bill under reverse charge: consignor's and consignee's GSTINs, notes, no tax added."""
    rng, voice = scene.rng, scene.voice
    amount = Decimal(rng.choice((18500, 42300, 27650)))
    base = scene.invoice
    line = Line(description="Freight Charges", taxable_value=amount)
    scene.invoice = invoice = replace(
        base, lines=(line,), totals=Totals(grand_total=amount), reverse_charge=True
    )
    y = letterheads(scene, TOP)
    facts = [(rng.choice(("Bill No.", "Freight Bill No.", "Invoice No.")), base.number or ""),
    (rng.choice(("Bill Date", "Date")), voice.plain_date(scene.day)),
             ("C/N No.", f"{rng.randint(10000, 99999)}"),
             ("C/N Date", voice.plain_date(scene.day - dt.timedelta(days=5)))]  # fmt: skip
    buyer = [
        "To,",
        f"M/s. {invoice.buyer.name}",
        invoice.buyer.address or "",
        f"GSTIN : {invoice.buyer.gstin}",
    ]
    y = (
        max(pairs_down(scene, MIDDLE + 40, y, facts, 76), block(scene, LEFT, y, 250, buyer, bold_first=False))
        + 6
    )
    columns = [
        Column("C/N No.", 70),
        Column("From", 90),
        Column("To", 90),
        Column("Weight", 70, "right"),
        Column("Rate", 70, "right"),
        Column("Amount", WIDTH - 390, "right"),
    ]
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold)
    y = (
        scene.paper.row(
            LEFT, y, columns, ["40117", "Mundra", "Bhind", "18.4 MT", "FTL", voice.figure(amount)], scene.ink
        )
        + 8
    )
    y = scene.paper.text(RIGHT - 4, y, f"TOTAL   {voice.figure(amount)}", scene.bold, "right")
    y = scene.paper.text(LEFT, y, f"Rupees : {voice.in_words(amount)}", scene.ink)
    scene.paper.text(LEFT, y, "GST payable by consignee under reverse charge (RCM). SAC 9965", scene.ink)
    scene.invoice = replace(invoice, lines=(), totals=Totals(taxable_value=amount, grand_total=amount))


KINDS = (folio, cab, ticket_agent, freight_note)
ROLLS = (meal, fuel, toll)
