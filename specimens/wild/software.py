"""What the billing programs of small and large firms print, and notes that amend an invoice."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from gst.invoice import DocumentKind, TaxAmounts, Totals
from specimens.catalogue import PLACES
from specimens.firms import make_gstin
from specimens.money import plain
from specimens.wild.feet import bank, closing, down_the_right, row, signed, total_rows, words_under
from specimens.wild.heads import (
    MIDDLE,
    block,
    letterheads,
    pairs_down,
    party_lines,
    side_by_side,
    stacked_beside_grid,
    vendor_lines,
)
from specimens.wild.items import draw_items
from specimens.wild.scene import LEFT, RIGHT, TOP, WIDTH, Scene, state_text

ZERO = Decimal(0)
ODD_DATES = (
    "%-d-%-m-%y", "%d %b'%y", "%Y/%m/%d", "%d%m%Y", "%d.%m.%Y%H:%M", "%d-%b-%Y%H:%M", "%d/%m/%Y-%H:%M",
    "%d.%b.%y", "%b %d %Y", "%a, %d %b %Y", "%-d/%-m/%Y", "%d-%b,%Y", "%d%b%Y", "%d / %m / %Y", "%d- %m- %y",
)  # fmt: skip


def odd_date(scene: Scene) -> str:
    """The invoice's date in a form that few programs but many people use."""
    noon = dt.datetime.combine(scene.day, dt.time(scene.rng.randint(8, 20), scene.rng.randint(10, 59)))
    return noon.strftime(scene.rng.choice(ODD_DATES))


def amounts(scene: Scene, y: float) -> None:
    """The usual table and foot."""
    closing(scene, words_under(scene, draw_items(scene, y + 4) + 3))


def busy(scene: Scene) -> None:
    """An accounts package: GSTIN in the corner, facts in two columns, the quantity beside the total."""
    paper, invoice, rng = scene.paper, scene.invoice, scene.rng
    paper.text(LEFT, TOP, f"GSTIN : {invoice.vendor.gstin}", scene.bold)
    y = paper.text(RIGHT, TOP, rng.choice(("Original Copy", "Duplicate Copy")), scene.ink, "right")
    y = paper.text(MIDDLE, y, "TAX INVOICE", scene.bold, "centre")
    y = paper.text(MIDDLE, y, (invoice.vendor.name or "").upper(), scene.ink_of(1.9, bold=True), "centre")
    for line in vendor_lines(scene, gstin=False):
        y = paper.text(MIDDLE, y, line, scene.ink, "centre")
    left = [("Invoice No.", invoice.number or ""), ("Dated", scene.voice.plain_date(scene.day)),
            ("Place of Supply", state_text(scene, invoice.place_of_supply or "27")), ("Reverse Charge", "N"),
            ("GR/RR No.", f"{rng.randint(100, 9999)}")]  # fmt: skip
    right = [("Transport", "SHREE ROADLINES"), ("Vehicle No.", f"HR55AB{rng.randint(1000, 9999)}"),
             ("Station", "BHIND"), ("E-Way Bill No.", f"{rng.randint(10**11, 10**12 - 1)}"),
             ("PO No.", f"45{rng.randint(10**7, 10**8 - 1)}")]  # fmt: skip
    y = max(pairs_down(scene, LEFT + 3, y + 4, left, 80), pairs_down(scene, MIDDLE + 3, y + 4, right, 80)) + 4
    y = draw_items(scene, side_by_side(scene, y) + 2)
    pieces = sum((line.quantity or ZERO for line in invoice.lines), ZERO)
    for label, value in total_rows(scene):
        y = row(scene, RIGHT - 230, y, label, value, ruled=False)
    paper.text(LEFT + 120, y + 2, f"Grand Total     {plain(pieces)} PCS.", scene.bold)
    y = paper.text(RIGHT - 4, y + 2, scene.voice.money(invoice.totals.grand_total), scene.bold, "right")
    words = scene.voice.in_words(invoice.totals.grand_total or ZERO)
    closing(scene, bank(scene, LEFT, paper.text(LEFT, y + 4, words, scene.bold) + 3))


def web_books(scene: Scene) -> None:
    """Bookkeeping on the web: ``# INV-7`` under the title, the balance due, payments under the total."""
    paper, invoice, rng, voice = scene.paper, scene.invoice, scene.rng, scene.voice
    total = invoice.totals.grand_total or ZERO
    paid = total if rng.random() < 0.5 else ZERO
    right = paper.text(RIGHT, TOP, "TAX INVOICE", scene.ink_of(2.4), "right")
    right = paper.text(RIGHT, right, f"# {invoice.number}", scene.bold, "right") + 6
    right = paper.text(RIGHT, right, "Balance Due", scene.ink_of(0.9), "right")
    right = paper.text(
        RIGHT, right, f"Rs.{voice.figure(total - paid)}", scene.ink_of(1.4, bold=True), "right"
    )
    left = paper.text(LEFT, TOP, invoice.vendor.name or "", scene.ink_of(1.4, bold=True))
    y = max(block(scene, LEFT, left, 250, vendor_lines(scene), bold_first=False), right) + 12
    left = paper.text(LEFT, y, "Bill To", scene.ink)
    left = block(scene, LEFT, left, 240, party_lines(scene, invoice.buyer))
    facts = [("Invoice Date", voice.plain_date(scene.day)), ("Terms", "Net 30"),
             ("Due Date", voice.plain_date(scene.day + dt.timedelta(30))),
             ("P.O.#", f"{rng.randint(100, 99999)}")]  # fmt: skip
    y = draw_items(scene, max(left, pairs_down(scene, MIDDLE + 70, y, facts, 84)) + 6)
    rows = [*total_rows(scene), ("Total", voice.money(total))]
    rows += [("Payment Made", f"(-) {voice.figure(paid)}")] if paid else []
    for label, value in [*rows, ("Balance Due", voice.money(total - paid))]:
        y = row(scene, RIGHT - 200, y, label, value, ruled=False, bold=label == "Balance Due")
    paper.text(LEFT, y + 3, f"Total In Words: {voice.in_words(total)}", scene.ink)


def number_stroke_date(scene: Scene) -> None:
    """An enterprise system: numbers with their dates behind a stroke, labelled ``Order No./Date``."""
    rng, voice, invoice = scene.rng, scene.voice, scene.invoice
    day, earlier = voice.plain_date(scene.day), voice.plain_date(scene.day - dt.timedelta(days=9))
    label = rng.choice(
        ("Invoice No./Date", "Inv. No. / Dt.", "Number/Date", "Document No./Date", "Bill No./Date")
    )
    facts = [(label, f"{invoice.number} / {day}"),
             ("Delivery No./Date", f"80{rng.randint(10**6, 10**7)} / {earlier}"),
             ("Order No./Date", f"21{rng.randint(10**6, 10**7)} / {earlier}"),
             ("Customer No.", f"{rng.randint(10**6, 10**7)}"),
             ("Your Ref./Date", f"4500{rng.randint(1000, 9999)} / {earlier}"),
             ("Currency", "INR")]  # fmt: skip
    y = letterheads(scene, TOP)
    right = pairs_down(scene, MIDDLE + 20, y, facts, rng.choice((0.0, 92.0)))
    amounts(scene, max(right, left_buyer(scene, y)))


def left_buyer(scene: Scene, y: float) -> float:
    """The buyer's block in the left half."""
    y = scene.paper.text(LEFT, y, scene.voice("buyer"), scene.ink)
    return block(scene, LEFT, y, WIDTH / 2 - 10, party_lines(scene, scene.invoice.buyer))


def note(scene: Scene) -> None:
    """A credit or debit note: its own number and date beside those of the invoice that it amends."""
    rng, voice = scene.rng, scene.voice
    kind = rng.choice((DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE))
    name = "Credit Note" if kind is DocumentKind.CREDIT_NOTE else "Debit Note"
    serial = rng.choice((f"{name[0]}N/{rng.randint(1, 99):02d}/26-27", f"{rng.randint(1, 400)}"))
    scene.invoice = invoice = replace(scene.invoice, kind=kind, number=serial)
    old = voice.plain_date(scene.day - dt.timedelta(days=rng.randint(5, 60)))
    own = rng.choice(
        (
            (f"{name} No.", "Dated"),
            (f"{name} No", f"{name} Date"),
            ("Voucher No.", "Date"),
            ("Note No.", "Note Date"),
        )
    )
    amended = rng.choice((("Original Invoice No. & Date.", "INV/0412 dt. {}"),
    ("Against Invoice No", "INV/0412 dt {}"),
                          ("Ref. Invoice No.", "INV/0412  Date : {}"),
                          ("Original Invoice No", "INV/0412")))  # fmt: skip
    y = letterheads(scene, TOP)
    scene.paper.text(RIGHT, TOP, name.upper(), scene.bold, "right")
    facts = [(own[0], serial), (own[1], voice.plain_date(scene.day)), (amended[0], amended[1].format(old)),
             ("Reason", rng.choice(("Rate difference", "Short supply", "Sales return")))]  # fmt: skip
    if rng.random() < 0.4:
        facts = [facts[2], facts[0], facts[1], facts[3]]
    right = pairs_down(scene, MIDDLE + 20, y, facts, rng.choice((0.0, 110.0)))
    scene.invoice = replace(invoice, references=())
    amounts(scene, max(right, left_buyer(scene, y)))


def without_spaces(scene: Scene) -> None:
    """Labels and values that touch, as narrow print is read: ``InvoiceNo:7Date:05.04.2026``."""
    invoice, rng, paper = scene.invoice, scene.rng, scene.paper
    day = scene.day.strftime(rng.choice(("%d.%m.%Y", "%d/%m/%Y", "%d-%b-%y")))
    paper.text(LEFT, TOP, f"GSTIN:{invoice.vendor.gstin}PAN:{(invoice.vendor.gstin or '')[2:12]}", scene.ink)
    y = paper.text(
        MIDDLE, TOP + 14, (invoice.vendor.name or "").replace(" ", ""), scene.ink_of(1.8, bold=True), "centre"
    )
    y = paper.text(MIDDLE, y, "TAXINVOICE", scene.bold, "centre") + 4
    runs = rng.choice((
        (f"InvoiceNo:{invoice.number}", f"InvoiceDate:{day}"), (f"BillNo.{invoice.number}", f"Date:{day}"),
        (f"InvNo:{invoice.number}", f"Dt:{day}"), (f"TaxInvoiceNo.:{invoice.number}", f"Dated:{day}"),
    ))  # fmt: skip
    for at, run in enumerate((*runs, f"PONo:45{rng.randint(10**7, 10**8)}", "VehicleNo:MH12AB1234")):
        paper.text(LEFT + at * WIDTH / 4, y, run, scene.ink)
    y = paper.text(LEFT, y + 14, f"BilledTo:{invoice.buyer.name}", scene.ink)
    y = paper.block(LEFT, y, 260, invoice.buyer.address or "", scene.ink)
    y = paper.text(LEFT, y, f"GSTIN:{invoice.buyer.gstin}State:{invoice.buyer.state_code}", scene.ink)
    y = draw_items(scene, y + 4)
    for label, value in [*total_rows(scene), ("Grand Total", scene.voice.figure(invoice.totals.grand_total))]:
        y = paper.text(RIGHT - 4, y + 2, f"{label.replace(' ', '')}:{value}", scene.ink, "right")
    closing(scene, y)


def dated_oddly(scene: Scene) -> None:
    """The date in one of the forms of people and of machines that save a character."""
    rng = scene.rng
    label, number = rng.choice(
        (("Date", "Bill No."), ("Invoice Date", "Invoice No"), ("Dt.", "Inv. No."), ("Dated", "Memo No."))
    )
    facts = [(number, scene.invoice.number or ""), (label, odd_date(scene)), *scene.noise(scene.day)[:2]]
    y = letterheads(scene, TOP)
    right = pairs_down(scene, MIDDLE + 30, y, facts, rng.choice((0.0, 90.0)))
    amounts(scene, max(right, left_buyer(scene, y)))


def struck(scene: Scene) -> None:
    """Print that has slipped: the rules of the form run through the lower part of the values."""
    paper = scene.paper
    y = stacked_beside_grid(scene, TOP)
    foot = draw_items(scene, y + 2)
    end = down_the_right(scene, foot)
    for at in range(int((end - foot) // (scene.size * 1.7))):
        level = foot + (at + 0.8) * scene.size * 1.7
        paper.line(RIGHT - 120, level, RIGHT, level, 0.4)
    words = scene.voice.in_words(scene.invoice.totals.grand_total or ZERO)
    closing(
        scene,
        bank(scene, LEFT, paper.text(LEFT, end + 3, f"{scene.voice.label('words')} {words}", scene.ink)),
    )


def composition(scene: Scene) -> None:
    """A dealer under composition: bill of supply, no tax, total of the lines."""
    lines = tuple(
        replace(line, gst_rate=None, taxes=TaxAmounts(), total=None) for line in scene.invoice.lines
    )
    taxable = sum((line.taxable_value or ZERO for line in lines), ZERO)
    total = taxable.quantize(Decimal(1))
    scene.invoice = invoice = replace(
        scene.invoice, kind=DocumentKind.BILL_OF_SUPPLY, lines=lines,
        totals=Totals(taxable_value=taxable, grand_total=total.quantize(Decimal("0.01")),
        round_off=(total - taxable) or None),
    )  # fmt: skip
    y = letterheads(scene, TOP)
    y = scene.paper.text(
        MIDDLE, y, "Composition taxable person, not eligible to collect tax on supplies", scene.ink, "centre"
    )
    facts = [
        (scene.voice("number"), invoice.number or ""),
        (scene.voice("date"), scene.voice.date(scene.day)),
    ]
    y = draw_items(scene, max(pairs_down(scene, MIDDLE + 40, y, facts, 0), left_buyer(scene, y)) + 4)
    y = row(scene, RIGHT - 220, y, "Sub Total", scene.voice.figure(taxable), ruled=False)
    if invoice.totals.round_off is not None:
        y = row(scene, RIGHT - 220, y, "Round Off", signed(scene, invoice.totals.round_off), ruled=False)
    y = row(scene, RIGHT - 220, y, scene.voice("total"), scene.voice.money(total), ruled=False, bold=True)
    closing(scene, scene.paper.text(LEFT, y, scene.voice.in_words(total), scene.ink))


def strangers_gstins(scene: Scene) -> None:
    """A buyer without registration, beside GSTINs of the carrier, the market place and the bank."""
    rng, paper = scene.rng, scene.paper
    scene.invoice = replace(scene.invoice, buyer=replace(scene.invoice.buyer, gstin=None))
    others = [
        make_gstin(place.state_code, f"XK{letter}CT{rng.randint(1001, 9998)}R")
        for letter, place in zip("ABC", rng.sample(PLACES, 3), strict=True)
    ]
    y = letterheads(scene, TOP)
    facts = [
        *scene.facts()[:2],
        ("Transporter", "Gatiman Carriers"),
        (rng.choice(("Transporter GSTIN", "Transport ID", "GSTIN of Transporter")), others[0]),
    ]
    y = max(pairs_down(scene, MIDDLE + 20, y, facts, 100), left_buyer(scene, y))
    y = words_under(scene, draw_items(scene, y + 4) + 3)
    y = paper.text(
        LEFT,
        y + 4,
        f"Sold through Haatbazaar Online Pvt Ltd, GSTIN of e-commerce operator : {others[1]}",
        scene.ink_of(0.9),
    )
    closing(scene, paper.text(LEFT, y, f"Bank's GSTIN : {others[2]}", scene.ink_of(0.9)))


KINDS = (busy, web_books, number_stroke_date, note, without_spaces, dated_oddly, struck, composition,
strangers_gstins)  # fmt: skip
