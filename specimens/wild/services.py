"""Papers of services: fees, hospitals, laboratories, workshops, insurers, couriers, meters, the State."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gst.invoice import DocumentKind, Party
from specimens.paper import Column
from specimens.wild.feet import bank, closing
from specimens.wild.heads import MIDDLE, block, letterheads, pairs_down, party_lines
from specimens.wild.items import draw_items
from specimens.wild.odd_lines import bill_untaxed, line_of, rebill
from specimens.wild.scene import LEFT, RIGHT, TOP, WIDTH, Pair, Scene
from specimens.wild.trades import totals_down

ZERO = Decimal(0)


def addressed(scene: Scene, y: float, facts: Sequence[Pair], indent: float = 96) -> float:
    """The buyer on the left and facts on the right."""
    left = block(
        scene,
        LEFT,
        y,
        240,
        [scene.voice("buyer"), *party_lines(scene, scene.invoice.buyer)],
        bold_first=False,
    )
    return max(left, pairs_down(scene, MIDDLE + 30, y, facts, indent)) + 6


def told(scene: Scene, y: float, title: str = "Particulars") -> float:
    """The lines as words and amounts alone."""
    columns = [Column(title, 320), Column("SAC", 70), Column("Amount (Rs.)", WIDTH - 390, "right")]
    y = scene.paper.row(LEFT, y, columns, [column.title for column in columns], scene.bold) + 2
    for line in scene.invoice.lines:
        y = scene.paper.row(
            LEFT,
            y,
            columns,
            [line.description or "", line.hsn_sac or "", scene.voice.figure(line.taxable_value)],
            scene.ink,
        )
    lines = tuple(replace(line, quantity=None, unit_price=None) for line in scene.invoice.lines)
    scene.invoice = replace(scene.invoice, lines=lines)
    return y + 4


def earlier(scene: Scene, days: int) -> str:
    """A day before the invoice's, in the vendor's form."""
    return scene.voice.plain_date(scene.day - dt.timedelta(days=days))


def memo_of_fees(scene: Scene) -> None:
    """An accountant's memo: reference on the left, place and day on the right without a label."""
    rng = scene.rng
    number = f"VKS/{rng.choice(('26-27', '2026-27'))}/{rng.randint(1, 400):03d}"
    rebill(
        scene,
        [
            line_of(f"Professional fees for {what}", "998222", "1", "NOS", fee)
            for what, fee in (("statutory audit", "85000.00"), ("tax audit", "30000.00"))
        ][: rng.randint(1, 2)],
    )
    scene.invoice = replace(scene.invoice, number=number)
    y = letterheads(scene, TOP)
    label = rng.choice(("Ref.", "Ref No.", "Memo No.", "Bill No.", "Our Ref"))
    scene.paper.text(LEFT, y, f"{label} : {number}", scene.ink)
    said = scene.day.strftime(
        rng.choice(("Pune, %d %B %Y", "Mumbai, %dth %B, %Y", "%B %d, %Y", "%d.%m.%Y", "Date : %d.%m.%Y"))
    )
    y = scene.paper.text(RIGHT, y, said, scene.ink, "right") + 8
    y = block(scene, LEFT, y, 260, ["To,", *party_lines(scene, scene.invoice.buyer)], bold_first=False) + 6
    closing(scene, bank(scene, LEFT, totals_down(scene, told(scene, y)) + 4))


def hospital(scene: Scene) -> None:
    """A hospital's bill: patient, numbers of stay and bill, three dates, an advance, no GST."""
    rng, voice = scene.rng, scene.voice
    total = bill_untaxed(
        scene,
        DocumentKind.BILL_OF_SUPPLY,
        [("Room charges", "9000.00"), ("Consultation", "2400.00"), ("Pharmacy", "3127.00")][
            : rng.randint(1, 3)
        ],
    )
    y = letterheads(scene, TOP)
    facts = [("UHID", f"{rng.randint(10**6, 10**7)}"), ("IP No.", f"IP26{rng.randint(1000, 9999)}"),
    ("Bill No.", scene.invoice.number or ""),
             ("Admission Date", earlier(scene, 4)), ("Discharge Date", earlier(scene, 0)),
             (rng.choice(("Bill Date", "Bill Dt/Time")), voice.date(scene.day))]  # fmt: skip
    rng.shuffle(facts)
    patient = [
        ("Patient Name", "Mrs. Asha Rane"),
        ("Sponsor", scene.invoice.buyer.name or ""),
        ("GSTIN", scene.invoice.buyer.gstin or ""),
    ]
    y = told(
        scene, max(pairs_down(scene, LEFT, y, patient, 70), pairs_down(scene, MIDDLE + 30, y, facts, 80)) + 5
    )
    advance = Decimal(2000)
    for label, amount in (
        ("Total Bill Amount", total),
        ("Less: Advance Paid", advance),
        ("Net Payable", total - advance),
    ):
        scene.paper.text(RIGHT - 220, y, label, scene.ink)
        y = scene.paper.text(RIGHT - 4, y, voice.figure(amount), scene.ink, "right") + 2
    totals = replace(scene.invoice.totals, taxable_value=None)
    scene.invoice = replace(scene.invoice, totals=totals, lines=())


def laboratory(scene: Scene) -> None:
    """A laboratory's invoice among certificate, request and report numbers."""
    rng = scene.rng
    rebill(
        scene,
        [
            line_of("Calibration of pressure gauge", "998346", f"{rng.randint(1, 9)}", "NOS", "650.00"),
            line_of("Visit charges", "998346", "1", "NOS", "1500.00"),
        ],
    )
    facts = [("SRF No.", f"SRF/{rng.randint(100, 999)}"),
    ("Certificate No.", f"CC26{rng.randint(10000, 99999)}"),
    ("ULR No.", f"CC2345260000{rng.randint(1000, 9999)}F"),
             (scene.voice("number"), scene.invoice.number or ""), (scene.voice("date"),
             scene.voice.date(scene.day)), ("Report Date", earlier(scene, 6)),
             ("Sample Received", earlier(scene, 12))]  # fmt: skip
    rng.shuffle(facts)
    y = addressed(scene, letterheads(scene, TOP), facts)
    closing(scene, totals_down(scene, draw_items(scene, y) + 4))


def workshop(scene: Scene) -> None:
    """A workshop: job card, registration and chassis numbers, number and date under one label."""
    rng, voice = scene.rng, scene.voice
    rebill(
        scene,
        [
            line_of("Oil filter", "84212300", "1", "NOS", "412.50"),
            line_of("Labour - periodic service", "998714", "1", "NOS", "2350.00"),
        ],
    )
    label = rng.choice(("Invoice No / Date", "Bill No & Dt", "Inv No. & Date", "Invoice No. - Date"))
    facts = [("Job Card No", f"JC26{rng.randint(10000, 99999)}"), ("Job Card Date", earlier(scene, 2)),
    (label, f"{scene.invoice.number} / {voice.plain_date(scene.day)}"),
             ("Regn. No.", "GJ12BX4407"), ("Chassis No.", f"MA3EJKD1S00{rng.randint(10**5, 10**6)}"),
             ("Kms", f"{rng.randint(9000, 90000)}"), ("Sale Date", earlier(scene, 700))]  # fmt: skip
    y = addressed(scene, letterheads(scene, TOP), facts)
    closing(scene, totals_down(scene, draw_items(scene, y) + 4))


def insurer(scene: Scene) -> None:
    """An insurer's tax invoice: policy, proposal and receipt numbers, a period, a premium."""
    rng, voice, end = scene.rng, scene.voice, scene.day + dt.timedelta(days=364)
    rebill(
        scene, [line_of("Motor insurance premium", "997134", "1", "NOS", rng.choice(("12840.00", "8455.50")))]
    )
    facts = [("Policy No.", f"{rng.randint(10**11, 10**12)}"),
    ("Proposal No.", f"P{rng.randint(10**7, 10**8)}"), (rng.choice(("Tax Invoice No.", "Invoice No.")),
    scene.invoice.number or ""),
             (rng.choice(("Invoice Date", "Date of Issue", "Tax Invoice Date")),
             voice.plain_date(scene.day)), ("Receipt No.", f"R{rng.randint(10**6, 10**7)}"),
             ("Receipt Date", earlier(scene, 1)),
             ("Insured Period", f"{voice.plain_date(scene.day)} to {voice.plain_date(end)}")]  # fmt: skip
    rng.shuffle(facts)
    y = letterheads(scene, TOP)
    insured = [
        ("Insured Name", scene.invoice.buyer.name or ""),
        ("GSTIN of Insured", scene.invoice.buyer.gstin or ""),
    ]
    y = max(pairs_down(scene, LEFT, y, insured, 90), pairs_down(scene, MIDDLE, y, facts, 92)) + 6
    closing(scene, totals_down(scene, told(scene, y, "Premium Details")))


def courier(scene: Scene) -> None:
    """A courier's bill: customer code and period, consignments by day, fuel surcharge."""
    rng, voice = scene.rng, scene.voice
    rebill(
        scene,
        [
            line_of("Courier charges as per annexure", "996812", "1", "NOS", "4310.00"),
            line_of("Fuel surcharge", "996812", "1", "NOS", "862.00"),
        ],
    )
    facts = [("Customer Code", f"{rng.choice('ABC')}{rng.randint(1000, 9999)}"),
    (rng.choice(("Bill No.", "Invoice Number")), scene.invoice.number or ""),
    ("Billing Period", f"{earlier(scene, 30)} - {earlier(scene, 1)}"),
             (rng.choice(("Bill Date", "Invoice Date", "Dated")), voice.plain_date(scene.day)),
             ("Due Date", voice.plain_date(scene.day + dt.timedelta(days=15))),
             ("Contract No", f"{rng.randint(10**5, 10**6)}")]  # fmt: skip
    rng.shuffle(facts)
    y = told(scene, addressed(scene, letterheads(scene, TOP), facts))
    closing(scene, bank(scene, LEFT, totals_down(scene, y) + 4))


def electricity(scene: Scene) -> None:
    """A power company's bill: consumer and meter numbers, readings, due and late amounts, no GST."""
    rng, voice = scene.rng, scene.voice
    total = bill_untaxed(
        scene,
        DocumentKind.OTHER_INVOICE,
        [
            ("Energy charges", rng.choice(("18420.00", "9210.00"))),
            ("Fixed charges", "2150.00"),
            ("Electricity duty", "1645.00"),
        ],
    )
    scene.invoice = replace(
        scene.invoice,
        buyer=replace(scene.invoice.buyer, gstin=None),
        vendor=replace(scene.invoice.vendor, gstin=None),
        number=f"{rng.randint(10**9, 10**10)}",
    )
    y = scene.paper.text(MIDDLE, TOP, scene.invoice.vendor.name or "", scene.ink_of(1.8, bold=True), "centre")
    y = scene.paper.text(MIDDLE, y, rng.choice(("ELECTRICITY BILL", "Energy Bill")), scene.bold, "centre") + 5
    facts = [("Consumer No.", f"{rng.randint(10**11, 10**12)}"), ("Bill No.", scene.invoice.number or ""),
    ("Bill Date", voice.plain_date(scene.day)), ("Meter No.", f"{rng.randint(10**6, 10**7)}"),
             ("Current Reading Date", earlier(scene, 3)), ("Previous Reading Date", earlier(scene, 33)),
             ("Due Date", voice.plain_date(scene.day + dt.timedelta(days=14)))]  # fmt: skip
    rng.shuffle(facts)
    y = (
        max(
            pairs_down(scene, MIDDLE + 20, y, facts, 100),
            block(
                scene,
                LEFT,
                y,
                230,
                ["Consumer Name", scene.invoice.buyer.name or "", scene.invoice.buyer.address or ""],
            ),
        )
        + 6
    )
    for label, amount in (*((line.description or "", line.taxable_value) for line in scene.invoice.lines),
    (rng.choice(("Net Bill Amount", "Total Bill Amount", "Amount Payable")), total),
                          ("Amount Payable after due date", total + 270)):  # fmt: skip
        scene.paper.text(LEFT, y, label, scene.ink)
        y = scene.paper.text(RIGHT - 40, y, voice.figure(amount), scene.ink, "right") + 2
    scene.invoice = replace(scene.invoice, lines=())


def running_bill(scene: Scene) -> None:
    """A contractor's bill against a work order: ``R.A. Bill No.`` beside the tax invoice's own number."""
    rng, voice = scene.rng, scene.voice
    rebill(
        scene, [line_of("Painting of steel structure", "995473", f"{rng.randint(40, 400)}", "SQM", "118.00")]
    )
    facts = [("W.O. No.", f"57000{rng.randint(10**4, 10**5)}"), ("W.O. Date", earlier(scene, 90)),
    ("R.A. Bill No.", f"RA-{rng.randint(1, 9):02d}"),
             (rng.choice(("Invoice No.", "Tax Invoice No.", "Inv No")), scene.invoice.number or ""),
             (rng.choice(("Invoice Date", "Date")), voice.date(scene.day)),
             ("Billing Period", f"{earlier(scene, 31)} TO {earlier(scene, 1)}"),
             ("Site", "Bhind")]  # fmt: skip
    y = addressed(scene, letterheads(scene, TOP), facts)
    closing(scene, bank(scene, LEFT, totals_down(scene, draw_items(scene, y) + 4)))


def fee_receipt(scene: Scene) -> None:
    """A department's receipt of a fee: challan, bank and reference numbers beside the receipt's own."""
    rng = scene.rng
    total = bill_untaxed(scene, DocumentKind.RECEIPT, [("Consent fee", rng.choice(("6000.00", "15000.00")))])
    scene.invoice = replace(
        scene.invoice,
        vendor=Party(name="Pollution Control Committee"),
        buyer=replace(scene.invoice.buyer, gstin=None),
        number=f"{rng.choice(('RC', ''))}{rng.randint(10**7, 10**8)}",
    )
    y = scene.paper.text(MIDDLE, TOP, "Pollution Control Committee", scene.ink_of(1.6, bold=True), "centre")
    y = (
        scene.paper.text(
            MIDDLE, y, rng.choice(("e-Receipt", "MONEY RECEIPT", "RECEIPT")), scene.bold, "centre"
        )
        + 6
    )
    pairs = [(rng.choice(("Receipt No.", "e-Receipt No", "Receipt Number")), scene.invoice.number or ""),
    (rng.choice(("Receipt Date", "Date", "Date of Receipt")), scene.day.strftime("%d/%m/%Y")),
             ("Challan No.", f"{rng.randint(10**5, 10**6)}"),
             ("Bank Ref. No.", f"CKX{rng.randint(10**6, 10**7)}"), ("Transaction Date", earlier(scene, 1)),
             ("Received from", scene.invoice.buyer.name or ""),
             ("Purpose", "Consent to operate"), ("Amount", f"Rs. {total}"),
             ("In Words", scene.voice.in_words(total))]  # fmt: skip
    pairs_down(scene, LEFT, y, pairs, 110)
    scene.invoice = replace(scene.invoice, lines=())


def subscription(scene: Scene) -> None:
    """A foreign program's invoice in dollars, without GST."""
    rng = scene.rng
    total = bill_untaxed(
        scene, DocumentKind.OTHER_INVOICE, [("Team plan (10 seats)", rng.choice(("240.00", "1188.00")))]
    )
    scene.invoice = replace(
        scene.invoice,
        vendor=Party(name="Nimbusdraft Inc."),
        buyer=replace(scene.invoice.buyer, gstin=None),
        currency="USD",
        number=f"{''.join(rng.choices('ABCDEF0123456789', k=8))}-{rng.randint(1, 20):04d}",
    )
    y = scene.paper.text(LEFT, TOP, "Invoice", scene.ink_of(2, bold=True)) + 6
    day = scene.day.strftime("%B %-d, %Y")
    y = (
        pairs_down(
            scene,
            LEFT,
            y,
            [
                ("Invoice number", scene.invoice.number or ""),
                ("Date of issue", day),
                ("Date due", (scene.day + dt.timedelta(days=30)).strftime("%B %-d, %Y")),
            ],
            90,
        )
        + 8
    )
    left = block(
        scene,
        LEFT,
        y,
        200,
        ["Nimbusdraft Inc.", "548 Market Street", "San Francisco, California 94104", "United States"],
    )
    y = (
        max(
            left,
            block(
                scene,
                MIDDLE,
                y,
                200,
                ["Bill to", scene.invoice.buyer.name or "", scene.invoice.buyer.address or ""],
            ),
        )
        + 8
    )
    y = scene.paper.text(LEFT, y, f"${total:,.2f} USD due {day}", scene.ink_of(1.3, bold=True)) + 8
    for label, value in (
        ("Description   Qty   Unit price", "Amount"),
        (f"Team plan (10 seats)   1   ${total:,.2f}", f"${total:,.2f}"),
        ("Subtotal", f"${total:,.2f}"),
        ("Total", f"${total:,.2f}"),
        ("Amount due", f"${total:,.2f} USD"),
    ):
        scene.paper.text(LEFT, y, label, scene.ink)
        y = scene.paper.text(RIGHT, y, value, scene.ink, "right") + 2
    totals = replace(scene.invoice.totals, taxable_value=total)
    scene.invoice = replace(scene.invoice, lines=(), totals=totals)


KINDS = (memo_of_fees, hospital, laboratory, workshop, insurer, courier, electricity, running_bill,
fee_receipt, subscription)  # fmt: skip
