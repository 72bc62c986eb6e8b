"""Papers of trades with a form of their own: hotels, airlines, utilities, lorries."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from gst.invoice import Invoice, Line, TaxAmounts, Totals
from specimens.money import in_words, plain, to_paise
from specimens.paper import Column
from specimens.wild.feet import bank, signed, tax_rows
from specimens.wild.heads import (
    block,
    letterheads,
    pairs_down,
    party_lines,
)
from specimens.wild.scene import LEFT, RIGHT, TOP, WIDTH, Scene

MIDDLE = LEFT + WIDTH / 2


def billed(
    invoice: Invoice, sold: list[tuple[str, str, str, str]], rate: Decimal, *, untaxed: Decimal | None = None
) -> Invoice:
    """The same parties and number with other lines: description, code, quantity, unit price."""
    inter = invoice.totals.taxes.igst is not None
    lines = []
    for description, code, quantity, price in sold:
        value = to_paise(Decimal(quantity) * Decimal(price))
        half = to_paise(value * rate / 200)
        taxes = TaxAmounts(igst=to_paise(value * rate / 100)) if inter else TaxAmounts(cgst=half, sgst=half)
        lines.append(
            Line(description=description, hsn_sac=code, quantity=Decimal(quantity), unit_price=Decimal(price),
                 taxable_value=value, gst_rate=rate, taxes=taxes, total=value + taxes.total)
        )  # fmt: skip
    taxable = sum((line.taxable_value or Decimal(0) for line in lines), Decimal(0))
    summed = TaxAmounts(
        **{
            head: sum((getattr(line.taxes, head) for line in lines), Decimal(0))
            for head in (("igst",) if inter else ("cgst", "sgst"))
        }
    )
    exact = taxable + summed.total + (untaxed or 0)
    total = exact.quantize(Decimal(1))
    return replace(
        invoice,
        lines=tuple(lines),
        totals=Totals(taxable_value=taxable, taxes=summed, other_charges=untaxed,
                      round_off=(total - exact) or None,
                      grand_total=to_paise(total), amount_in_words=in_words(total)),
    )  # fmt: skip


def hotel(scene: Scene) -> None:
    """A folio: room nights by date, taxes beside them, the guest's company as buyer."""
    rng, voice = scene.rng, scene.voice
    nights = rng.randint(1, 4)
    tariff = rng.choice(("3200.00", "4550.00", "6800.00", "2400.00"))
    day = scene.day
    sold = [(f"Room Charges - {300 + nights}", "996311", "1", tariff)] * nights
    scene.invoice = invoice = billed(scene.invoice, sold, Decimal(rng.choice((5, 18))))
    y = letterheads(scene, TOP)
    left = [("Guest Name", "Mr. Aniket Joshi"), ("Company", invoice.buyer.name or "")]
    left += [
        ("Address", (invoice.buyer.address or "")[:40]),
        (voice("buyer_gstin"), invoice.buyer.gstin or ""),
    ]
    right = [
        (rng.choice(("Invoice No", "Bill No.", "Tax Invoice No.")), invoice.number or ""),
        (rng.choice(("Invoice Date", "Bill Date", "Date")), voice.date(day)),
        ("Room No", f"{rng.randint(101, 609)}"),
        ("Arrival", voice.plain_date(day - dt.timedelta(days=nights))),
        ("Departure", voice.plain_date(day)),
        ("Folio No", f"F{rng.randint(10000, 99999)}"),
    ]
    y = max(pairs_down(scene, LEFT, y, left, 80), pairs_down(scene, MIDDLE + 40, y, right, 80)) + 8
    columns = [Column("Date", 70), Column("Description", 180), Column("SAC", 60),
               Column("Charges", 70, "right"),
               Column("CGST" if invoice.totals.taxes.cgst is not None else "IGST", 70, "right")]  # fmt: skip
    columns += [Column("SGST", 70, "right")] if invoice.totals.taxes.cgst is not None else []
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold)
    scene.paper.line(LEFT, y, RIGHT, y)
    for at, line in enumerate(invoice.lines):
        stay = voice.plain_date(day - dt.timedelta(days=nights - at))
        taxes = [
            voice.figure(tax)
            for tax in (line.taxes.cgst, line.taxes.sgst, line.taxes.igst)
            if tax is not None
        ]
        y = scene.paper.row(
            LEFT,
            y + 2,
            columns,
            [stay, line.description or "", line.hsn_sac or "", voice.figure(line.taxable_value), *taxes],
            scene.ink,
        )
    scene.paper.line(LEFT, y, RIGHT, y)
    totals_down(scene, y + 5)
    scene.invoice = replace(
        invoice,
        lines=tuple(replace(line, quantity=None, unit_price=None, gst_rate=None) for line in invoice.lines),
    )


def totals_down(scene: Scene, y: float) -> float:
    """The plainest footer: labels and figures at the right."""
    totals, voice = scene.invoice.totals, scene.voice
    rows = [(voice("taxable"), voice.figure(totals.taxable_value)), *tax_rows(scene)]
    rows += (
        [("Non Taxable Charges", voice.figure(totals.other_charges))]
        if totals.other_charges is not None
        else []
    )
    rows += [(voice("round"), signed(scene, totals.round_off))] if totals.round_off is not None else []
    for label, value in rows:
        scene.paper.text(RIGHT - 220, y, label, scene.ink)
        y = scene.paper.text(RIGHT - 4, y, value, scene.ink, "right") + 2
    scene.paper.text(RIGHT - 220, y, voice("total"), scene.bold)
    y = scene.paper.text(RIGHT - 4, y, voice.money(totals.grand_total), scene.bold, "right") + 6
    return scene.paper.block(
        LEFT,
        y,
        WIDTH,
        f"{voice.label('words')} {voice.in_words(totals.grand_total or Decimal(0))}",
        scene.ink,
    )


def airline(scene: Scene) -> None:
    """An airline's tax invoice: one row with taxable and untaxed parts, passenger and PNR above."""
    rng, voice = scene.rng, scene.voice
    fare = rng.choice(("4310.00", "7125.00", "2980.00"))
    sold = [("Passenger transport by air, economy", "996425", "1", fare)]
    scene.invoice = invoice = billed(
        scene.invoice, sold, Decimal(5), untaxed=Decimal(rng.choice((653, 1180, 402)))
    )
    y = letterheads(scene, TOP)
    facts = [("Number", invoice.number or ""), ("Date", voice.date(scene.day)),
             ("PNR", "Q7K2ZT"), ("Flight No.", f"6X {rng.randint(100, 999)}"), ("From", "PNQ"),
             ("To", "BLR")]  # fmt: skip
    buyer = [("Passenger Name", "KULKARNI/MEERA MS"), ("GSTIN of Customer", invoice.buyer.gstin or ""),
             ("GSTIN Customer Name", invoice.buyer.name or ""),
             ("Place of Supply", "27 Maharashtra")]  # fmt: skip
    y = max(pairs_down(scene, LEFT, y, facts, 60), pairs_down(scene, MIDDLE - 40, y, buyer, 100)) + 8
    taxes = [
        (head, amount)
        for head, amount in (
            ("IGST", invoice.totals.taxes.igst),
            ("CGST", invoice.totals.taxes.cgst),
            ("SGST", invoice.totals.taxes.sgst),
        )
        if amount is not None
    ]
    rate = plain(Decimal(5) / len(taxes))
    columns = [Column("Description", 92), Column("SAC Code", 48), Column("Taxable Value", 58, "right"),
               Column("Non Taxable/ Exempted", 62, "right"), Column("Total", 55, "right")]  # fmt: skip
    columns += [
        column
        for head, _ in taxes
        for column in (Column(f"{head} %", 36, "right"), Column(f"{head} Amount", 52, "right"))
    ]
    columns.append(Column("Total (Incl Taxes)", WIDTH - sum(column.width for column in columns), "right"))
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold)
    scene.paper.line(LEFT, y, RIGHT, y)
    value, other = invoice.totals.taxable_value or Decimal(0), invoice.totals.other_charges or Decimal(0)
    figures = [voice.figure(value), voice.figure(other), voice.figure(value + other)]
    figures += [cell for _, amount in taxes for cell in (rate, voice.figure(amount))]
    total = voice.figure(value + other + invoice.totals.taxes.total)
    y = scene.paper.row(
        LEFT, y + 2, columns, ["Air Travel and related charges", "996425", *figures, total], scene.ink
    )
    y = scene.paper.row(LEFT, y + 2, columns, ["Grand Total", "", *figures, total], scene.bold)
    line = replace(invoice.lines[0], quantity=None, unit_price=None)
    exact = to_paise(value + other + invoice.totals.taxes.total)
    scene.invoice = replace(
        invoice, lines=(line,), totals=replace(invoice.totals, round_off=None, grand_total=exact)
    )
    scene.paper.block(
        LEFT,
        y + 10,
        WIDTH,
        "Note: This invoice is digitally generated. Includes airport charges collected on behalf of airport"
        " operators.",
        scene.ink,
    )


def utility(scene: Scene) -> None:
    """A telecom or internet bill: account summary with earlier balance, current charges, due date."""
    rng, voice = scene.rng, scene.voice
    sold = [("Monthly rental - fixed line", "998412", "1", rng.choice(("999.00", "1499.00", "24500.00")))]
    scene.invoice = invoice = billed(scene.invoice, sold, Decimal(18))
    y = letterheads(scene, TOP)
    day = scene.day
    left = block(scene, LEFT, y, 250, party_lines(scene, invoice.buyer))
    facts = [
        ("Account No", f"10{rng.randint(10**7, 10**8)}"),
        (rng.choice(("Bill No", "Bill Number", "Invoice Number", "Invoice No.")), invoice.number or ""),
        (rng.choice(("Bill Date", "Statement Date", "Invoice Date", "Date of Bill")), voice.plain_date(day)),
        (
            "Bill Period",
            " to ".join(voice.plain_date(day - dt.timedelta(days=ago)) for ago in (31, 1)),
        ),
        ("Pay By Date", voice.plain_date(day + dt.timedelta(days=18))),
        ("Credit Limit", "50,000.00"),
    ]
    rng.shuffle(facts)
    y = max(left, pairs_down(scene, MIDDLE + 20, y, facts, 90)) + 8
    previous = Decimal(rng.choice(("1178.82", "0.00", "28910.00")))
    total = invoice.totals.grand_total or Decimal(0)
    strip = [("Previous Balance", previous), ("Payments", previous), ("Adjustments", Decimal(0)),
             ("This Month's Charges", total), ("Amount Payable", total)]  # fmt: skip
    for at, (label, value) in enumerate(strip):
        scene.paper.text(LEFT + 4 + at * WIDTH / 5, y + 2, label, scene.ink)
        scene.paper.text(LEFT + 4 + at * WIDTH / 5, y + 4 + scene.size * 1.2, voice.money(value), scene.bold)
    scene.paper.box(LEFT, y, WIDTH, scene.size * 3)
    y += scene.size * 3 + 10
    columns = [Column("Description", 260), Column("SAC", 90), Column("Amount (Rs.)", WIDTH - 350, "right")]
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold)
    for line in invoice.lines:
        y = scene.paper.row(
            LEFT,
            y + 2,
            columns,
            [line.description or "", line.hsn_sac or "", voice.figure(line.taxable_value)],
            scene.ink,
        )
    totals_down(scene, y + 4)
    scene.invoice = replace(
        invoice, lines=tuple(replace(line, quantity=None, unit_price=None) for line in invoice.lines)
    )


def lorry(scene: Scene) -> None:
    """A transporter's freight bill over consignment notes, with the notes' numbers and dates in the rows."""
    rng, voice = scene.rng, scene.voice
    sold = [
        (f"Freight {place}", "996511", "1", price)
        for place, price in (("Pune-Nagpur", "23400.00"), ("Pune-Indore", "18750.00"))
    ][: rng.randint(1, 2)]
    scene.invoice = invoice = billed(scene.invoice, sold, Decimal(rng.choice((5, 18))))
    y = letterheads(scene, TOP)
    day = scene.day
    left = block(
        scene, LEFT, y, 260, [scene.voice("buyer"), *party_lines(scene, invoice.buyer)], bold_first=False
    )
    facts = [
        (rng.choice(("Bill No.", "Freight Bill No", "Invoice No.")), invoice.number or ""),
        (voice("date"), voice.plain_date(day)),
    ]
    y = max(left, pairs_down(scene, MIDDLE + 50, y, facts, 70)) + 8
    columns = [Column("LR No.", 50), Column("LR Date", 62), Column("Truck No.", 80),
               Column("Particulars", 140), Column("Wt (MT)", 50, "right"),
               Column("Rate", 60, "right"), Column("Freight Amount", WIDTH - 442, "right")]  # fmt: skip
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold)
    scene.paper.line(LEFT, y, RIGHT, y)
    for at, line in enumerate(invoice.lines):
        noted = voice.plain_date(day - dt.timedelta(days=4 + at))
        cells = [
            f"{4410 + at}",
            noted,
            f"MH12KT{4407 + at}",
            line.description or "",
            "9.000",
            "FTL",
            voice.figure(line.taxable_value),
        ]
        y = scene.paper.row(LEFT, y + 2, columns, cells, scene.ink)
    y = scene.paper.text(LEFT, y + 4, "SAC : 996511  Goods Transport Agency Service", scene.ink)
    y = totals_down(scene, y + 4)
    bank(scene, LEFT, y + 6)
    scene.invoice = replace(
        invoice, lines=tuple(replace(line, quantity=None, unit_price=None) for line in invoice.lines)
    )
