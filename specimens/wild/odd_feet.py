"""Feet of less usual forms: paise in a column of their own, deductions and dues under the total."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from specimens.money import to_paise
from specimens.wild.feet import Rows, bank, down_the_right, row, signed, tax_rows, total_rows
from specimens.wild.odd_lines import at_full_price, billed_lines, counted, line_of
from specimens.wild.scene import LEFT, RIGHT, WIDTH, Scene

ZERO = Decimal(0)


def spelled(scene: Scene, y: float) -> float:
    """The amount in words, on most."""
    if scene.chance(0.75):
        words = scene.voice.in_words(scene.invoice.totals.grand_total or ZERO)
        y = scene.paper.block(LEFT + 3, y + 2, WIDTH - 6, f"{scene.voice.label('words')} {words}", scene.ink)
    return bank(scene, LEFT + 3, y + 4)


def every_row(scene: Scene) -> Rows:
    """All from the taxable value to the grand total."""
    total = scene.invoice.totals.grand_total
    return [*total_rows(scene), (scene.voice("total"), scene.voice.money(total))]


def rupees_and_paise(scene: Scene, y: float) -> float:
    """Amounts cut in two columns, Rs. and P."""
    top, x, cut = y, RIGHT - 230, RIGHT - 30
    rows = [*total_rows(scene), (scene.voice("total"), scene.voice.figure(scene.invoice.totals.grand_total))]
    scene.paper.text(cut - 4, y + 1, "Rs.", scene.ink_of(0.85), "right")
    y = scene.paper.text(RIGHT - 4, y + 1, "P.", scene.ink_of(0.85), "right")
    for label, value in rows:
        whole, _, paise = value.partition(".")
        scene.paper.text(x, y + 2, label, scene.ink)
        scene.paper.text(cut - 4, y + 2, whole, scene.ink, "right")
        y = scene.paper.text(RIGHT - 4, y + 2, paise, scene.ink, "right") + 2
        scene.paper.line(x - 3, y, RIGHT, y, 0.4)
    scene.paper.line(cut, top, cut, y)
    scene.paper.box(x - 3, top, RIGHT - x + 3, y - top)
    return spelled(scene, y + 3)


def deductions_under(scene: Scene, y: float) -> float:
    """Under the total, what the buyer may keep back or has paid: TDS, retention, advance."""
    y = down_the_right(scene, y)
    total, taxable = scene.invoice.totals.grand_total or ZERO, scene.invoice.totals.taxable_value or ZERO
    label, part, rest = scene.rng.choice(
        (
            ("Less : TDS @ 2%", taxable * 2 / 100, "Net Receivable"),
            ("Less : Retention 5%", taxable * 5 / 100, "Net Payable after Retention"),
            ("Less : Advance Received", total / 4, "Balance Payable"),
            ("Advance Paid", total / 2, "Balance Amount"),
        )
    )
    part = to_paise(part)
    x = RIGHT - 220
    y = row(scene, x, y, label, scene.voice.figure(part), ruled=False)
    y = row(scene, x, y, rest, scene.voice.figure(total - part), ruled=False, bold=True)
    return spelled(scene, y)


def dues_under(scene: Scene, y: float) -> float:
    """Under the total, what the buyer owes from before."""
    y = down_the_right(scene, y)
    total = scene.invoice.totals.grand_total or ZERO
    before = Decimal(scene.rng.randint(500, 90000)) + Decimal("0.50")
    labels = scene.rng.choice(
        (
            ("Previous Balance", "Current Balance"),
            ("Old Balance", "Total Outstanding"),
            ("Opening Bal.", "Closing Bal."),
        )
    )
    for label, value in zip(labels, (before, before + total), strict=True):
        y = row(scene, RIGHT - 220, y, label, scene.voice.figure(value), ruled=False)
    return spelled(scene, y)


def left_side(scene: Scene, y: float) -> float:
    """Totals at the left under the words."""
    y = spelled(scene, y)
    rows: Rows = [
        *total_rows(scene),
        (scene.voice("total"), scene.voice.money(scene.invoice.totals.grand_total)),
    ]
    for label, value in rows:
        scene.paper.text(LEFT + 4, y, label, scene.ink)
        y = scene.paper.text(LEFT + 240, y, value, scene.ink, "right") + 2
    return y + 3


def whole_rupees(scene: Scene, y: float) -> float:
    """Figures of the pen: ``1,234/-``, ``1,234=00``, paise only where there are any."""
    ending = scene.rng.choice(("/-", "=00", ".00/-", ""))
    rows = every_row(scene)
    for label, value in rows:
        said = value.removesuffix(".00") + ending if value.endswith(".00") else value
        scene.paper.text(RIGHT - 230, y + 2, label, scene.ink)
        y = scene.paper.text(RIGHT - 4, y + 2, said, scene.ink, "right") + 2
    return spelled(scene, y)


def labels_under_figures(scene: Scene, y: float) -> float:
    """A band of figures with their labels in small print under them."""
    totals, voice = scene.invoice.totals, scene.voice
    cells: Rows = [(voice("taxable"), voice.figure(totals.taxable_value)), *tax_rows(scene)]
    if totals.round_off is not None:
        cells.append((voice("round"), signed(scene, totals.round_off)))
    cells.append((voice("total"), voice.money(totals.grand_total)))
    step = WIDTH / len(cells)
    for at, (label, value) in enumerate(cells):
        centre = LEFT + step * (at + 0.5)
        scene.paper.text(centre, y + 3, value, scene.bold, "centre")
        scene.paper.text(centre, y + 4 + scene.size * 1.2, label[:22], scene.ink_of(0.8), "centre")
    scene.paper.box(LEFT, y, WIDTH, scene.size * 2.8)
    return spelled(scene, y + scene.size * 3)


def boxed_total(scene: Scene, y: float) -> float:
    """A distributor's foot: tax by rate in a small table, and one large net amount in a box."""
    totals, voice = scene.invoice.totals, scene.voice
    rows = total_rows(scene)
    left = y
    for label, value in rows:
        scene.paper.text(LEFT + 4, left, label, scene.ink_of(0.9))
        left = scene.paper.text(LEFT + 190, left, value, scene.ink_of(0.9), "right") + 1
    said = scene.rng.choice(("NET AMOUNT", "Net Amt.", "BILL AMT", "PAYABLE", "Grand Total"))
    scene.paper.box(RIGHT - 190, y, 190, scene.size * 3)
    scene.paper.text(RIGHT - 184, y + scene.size, said, scene.bold)
    big = scene.ink_of(1.6, bold=True)
    right = scene.paper.text(RIGHT - 6, y + scene.size * 0.8, voice.money(totals.grand_total), big, "right")
    return spelled(scene, max(left, right + 6))


def charges_between(scene: Scene, y: float) -> float:
    """Packing or freight is added, or a discount taken off, between the lines and the taxable value."""
    totals, voice = scene.invoice.totals, scene.voice
    gross = sum((line.taxable_value or ZERO for line in scene.invoice.lines), ZERO)
    part = (totals.taxable_value or ZERO) - gross
    label = scene.rng.choice(("Packing & Forwarding", "Freight Charges", "Cartage", "P & F Charges"))
    rows: Rows = [
        (scene.rng.choice(("Total", "Sub Total", "Gross Amount", "Basic Total")), voice.figure(gross)),
        (label, voice.figure(part)) if part > 0 else ("Less : Trade Discount", voice.figure(-part)),
        (voice("taxable"), voice.figure(totals.taxable_value)),
        *tax_rows(scene),
    ]
    if totals.round_off is not None:
        rows.append((voice("round"), signed(scene, totals.round_off)))
    rows.append((voice("total"), voice.money(totals.grand_total)))
    for said, value in rows:
        y = row(scene, RIGHT - 230, y, said, value, ruled=False)
    return spelled(scene, y)


def with_charges(scene: Scene) -> None:
    """Bill a charge that is no line of the table."""
    goods = [at_full_price(counted(replace(line, gst_rate=Decimal(18)))) for line in scene.invoice.lines]
    value = Decimal(scene.rng.choice((250, 1200, 1850)))
    billed = billed_lines(scene.invoice, [*goods, line_of("Charges", "996511", "1", "NOS", str(value))])
    scene.invoice = replace(billed, lines=billed.lines[:-1])


Foot = Callable[[Scene, float], float]
ODD_FEET: tuple[Foot, ...] = (
    rupees_and_paise, deductions_under, dues_under, left_side, whole_rupees, labels_under_figures,
    boxed_total, charges_between,
)  # fmt: skip
