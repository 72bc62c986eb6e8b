"""What programs of the counter and the office print: an accounts package, and a till's roll."""

from dataclasses import replace
from decimal import Decimal

from specimens.money import plain
from specimens.paper import Column
from specimens.wild.feet import bank, signed, tax_rows
from specimens.wild.heads import (
    stacked_beside_grid,
    vendor_lines,
)
from specimens.wild.scene import LEFT, RIGHT, TOP, WIDTH, Scene
from specimens.wild.trades import billed

MIDDLE = LEFT + WIDTH / 2


def tally(scene: Scene) -> None:
    """An accounts package: taxes and rounding stand as rows in the table's body, quantities are summed."""
    y = stacked_beside_grid(scene, TOP)
    per = scene.chance(0.7)
    columns = [Column("Sl No", 26), Column("Description of Goods", 213 if per else 240),
               Column("HSN/SAC", 62),
               Column("Quantity", 75, "right"), Column("Rate", 62, "right")]  # fmt: skip
    columns += [Column("per", 27)] if per else []
    columns.append(Column("Amount", WIDTH - sum(column.width for column in columns), "right"))
    top = y
    y = scene.paper.row(LEFT, y + 1, columns, [column.title for column in columns], scene.ink) + 1
    scene.paper.line(LEFT, y, RIGHT, y)
    invoice, voice = scene.invoice, scene.voice
    for at, line in enumerate(invoice.lines, 1):
        quantity = f"{line.quantity:.3f} {line.unit}" if line.quantity is not None else ""
        cells = [str(at), line.description or "", line.hsn_sac or "", quantity, voice.figure(line.unit_price)]
        cells += [line.unit or ""] if per else []
        y = scene.paper.row(LEFT, y + 1, columns, [*cells, voice.figure(line.taxable_value)], scene.bold)
        if scene.chance(0.3):
            y = scene.paper.text(
                LEFT + 36, y - 1, f"Batch : {at}K{at * 37}  Disc as agreed", scene.ink_of(0.9)
            )
    blanks = [""] * (len(columns) - 3)
    if len(invoice.lines) > 1:
        y = scene.paper.row(
            LEFT, y + 2, columns, ["", "", *blanks, voice.figure(invoice.totals.taxable_value)], scene.ink
        )
    for label, value in tax_rows(scene):
        y = scene.paper.row(LEFT, y + 1, columns, ["", label.rjust(30), *blanks, value], scene.bold)
    if invoice.totals.other_charges is not None:
        y = scene.paper.row(
            LEFT,
            y + 1,
            columns,
            ["", "Reimbursement", *blanks, voice.figure(invoice.totals.other_charges)],
            scene.bold,
        )
    if invoice.totals.round_off is not None:
        y = scene.paper.row(
            LEFT,
            y + 1,
            columns,
            ["", "Less : ROUND OFF", *blanks, signed(scene, invoice.totals.round_off)],
            scene.bold,
        )
    y = max(y + 10, top + 170)
    scene.paper.line(LEFT, y, RIGHT, y)
    y = (
        scene.paper.row(
            LEFT, y + 1, columns, ["", "Total", *blanks, voice.money(invoice.totals.grand_total)], scene.bold
        )
        + 1
    )
    scene.paper.box(LEFT, top, WIDTH, y - top)
    y = scene.paper.text(LEFT + 3, y + 2, "Amount Chargeable (in words)", scene.ink)
    y = scene.paper.text(LEFT + 3, y, voice.in_words(invoice.totals.grand_total or Decimal(0)), scene.bold)
    bank(scene, MIDDLE, y + 10)
    scene.paper.text(RIGHT, 790, f"for {invoice.vendor.name}", scene.bold, "right")


def till(scene: Scene) -> None:
    """The narrow roll of a pump, a restaurant or a shop: no buyer, everything in one column."""
    rng, voice, paper = scene.rng, scene.voice, scene.paper
    sold = [
        (line.description or "", line.hsn_sac or "", str(line.quantity or 1), str(line.unit_price))
        for line in scene.invoice.lines
    ]
    scene.invoice = invoice = billed(scene.invoice, sold, Decimal(5))
    middle, left, right = paper.width / 2, 10.0, paper.width - 10
    y = paper.text(middle, 12, invoice.vendor.name or "", scene.ink_of(1.2, bold=True), "centre")
    for text in vendor_lines(scene):
        for part in paper.wrap(text, paper.width - 20, scene.ink):
            y = paper.text(middle, y, part, scene.ink, "centre")
    y = (
        paper.text(
            middle,
            y + 3,
            rng.choice(("TAX INVOICE", "CASH MEMO", "RETAIL INVOICE", "BILL")),
            scene.bold,
            "centre",
        )
        + 3
    )
    day = scene.day
    label = rng.choice(("Bill No", "Inv No", "Bill#", "Receipt No", "Txn No"))
    number = f"{label}{rng.choice((':', ' :', '.:'))} {invoice.number}"
    dated = f"{rng.choice(('Date', 'Dt', 'Bill Dt'))}{rng.choice((':', ' :'))} {voice.date(day)}"
    if rng.random() < 0.4 and paper.width > 200:
        paper.text(left, y, number, scene.ink)
        y = paper.text(right, y, dated, scene.ink, "right")
    else:
        y = paper.text(left, paper.text(left, y, number, scene.ink), dated, scene.ink)
    y = paper.text(
        left,
        y,
        rng.choice(("Cashier: RAVI   Counter: 2", "Table: 14  Steward: Ajay", "Nozzle: 3   Attendant: 07")),
        scene.ink,
    )
    columns = [
        Column("Item", paper.width - 150),
        Column("Qty", 30, "right"),
        Column("Rate", 45, "right"),
        Column("Amt", 55, "right"),
    ]
    y = paper.row(left, y + 4, columns, [column.title for column in columns], scene.bold)
    paper.line(left, y, right, y)
    for line in invoice.lines:
        quantity = plain(line.quantity) if line.quantity is not None else "1"
        y = paper.row(
            left,
            y + 1,
            columns,
            [
                line.description or "",
                quantity,
                f"{line.unit_price or line.taxable_value:.2f}",
                f"{line.taxable_value:.2f}",
            ],
            scene.ink,
        )
    paper.line(left, y, right, y)
    y = till_totals(scene, left, right, y)
    scene.invoice = replace(invoice, lines=tuple(replace(line, hsn_sac=None) for line in invoice.lines))
    paper.text(middle, y + 8, "** Thank you. Visit again **", scene.ink, "centre")


def till_totals(scene: Scene, left: float, right: float, y: float) -> float:
    """The sums of a roll, the total in larger print."""
    paper, voice, totals = scene.paper, scene.voice, scene.invoice.totals
    rows = [
        (voice("taxable"), f"{totals.taxable_value:.2f}"),
        *((label, value) for label, value in tax_rows(scene)),
    ]
    rows += [(voice("round"), signed(scene, totals.round_off))] if totals.round_off is not None else []
    for label, value in rows:
        paper.text(left + 10, y + 2, label, scene.ink)
        y = paper.text(right, y + 2, value, scene.ink, "right")
    paper.text(left + 10, y + 4, voice("total"), scene.ink_of(1.2, bold=True))
    return paper.text(right, y + 4, voice.money(totals.grand_total), scene.ink_of(1.2, bold=True), "right")
