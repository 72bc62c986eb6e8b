"""The lower half of A4 papers: totals, taxes, words, bank account and small print."""

from collections.abc import Sequence
from decimal import Decimal

from gst.invoice import Line, TaxAmounts
from specimens.money import add, plain, tax_of
from specimens.paper import Column
from specimens.wild.scene import LEFT, RIGHT, WIDTH, Scene
from specimens.wording import letterhead

Rows = list[tuple[str, str]]


def tax_rows(scene: Scene) -> Rows:
    """The tax heads, by rate where there are several."""
    rows: Rows = []
    by_rate: dict[Decimal, list[Line]] = {}
    for line in scene.invoice.lines:
        if line.gst_rate:
            by_rate.setdefault(line.gst_rate, []).append(line)
    split = len(by_rate) > 1 and scene.chance(0.5)
    groups = (
        list(by_rate.items()) if split else [(max(by_rate, default=Decimal(0)), list(scene.invoice.lines))]
    )
    say = scene.voice.tax if split or len(by_rate) == 1 else _bare
    for rate, lines in groups:
        taxes = tax_of(lines) if split else scene.invoice.totals.taxes
        for head, amount, part in (
            ("CGST", taxes.cgst, rate / 2),
            ("SGST", taxes.sgst, rate / 2),
            ("IGST", taxes.igst, rate),
        ):
            if amount is not None:
                rows.append((say(head, part), scene.voice.figure(amount)))
    if scene.chance(0.15) and scene.invoice.totals.taxes.igst is not None:
        rows = [(say("CGST", Decimal(0)) if split else "CGST", "0.00"), ("SGST", "0.00"), *rows]
    return rows


def _bare(head: str, _: Decimal) -> str:
    return head


def total_rows(scene: Scene, *, with_taxable: bool = True) -> Rows:
    """Everything from the taxable value to the rounding."""
    totals, voice = scene.invoice.totals, scene.voice
    rows: Rows = [(voice("taxable"), voice.figure(totals.taxable_value))] if with_taxable else []
    rows += tax_rows(scene)
    if totals.taxes.total and scene.chance(0.35):
        rows.append(
            (
                scene.rng.choice(("Total Tax", "Total GST", "Total Tax Amount", "Tax Amount : GST")),
                voice.figure(totals.taxes.total),
            )
        )
    if totals.other_charges is not None:
        rows.append(
            (
                scene.rng.choice(("Reimbursement of expenses", "Non-taxable charges", "Freight (exempt)")),
                voice.figure(totals.other_charges),
            )
        )
    if totals.round_off is not None and scene.chance(0.85):
        rows.append((voice("round"), signed(scene, totals.round_off)))
    return rows


def signed(scene: Scene, amount: Decimal) -> str:
    if amount >= 0:
        return f"{amount:.2f}"
    return scene.rng.choice((f"(-){-amount:.2f}", f"-{-amount:.2f}", f"({-amount:.2f})"))


def down_the_right(scene: Scene, y: float) -> float:
    """Totals as rows at the right, ruled or not."""
    x = RIGHT - scene.rng.choice((220, 250))
    ruled = scene.chance(0.5)
    top = y
    for label, value in total_rows(scene):
        y = row(scene, x, y, label, value, ruled=ruled)
    total = scene.voice.money(scene.invoice.totals.grand_total)
    y = row(scene, x, y, scene.voice("total"), total, ruled=ruled, bold=True)
    if ruled:
        scene.paper.box(x - 3, top, RIGHT - x + 3, y - top)
    return y + 4


def row(
    scene: Scene, x: float, y: float, label: str, value: str, *, ruled: bool, bold: bool = False
) -> float:
    ink = scene.bold if bold else scene.ink
    scene.paper.text(x, y + 2, label, ink)
    y = scene.paper.text(RIGHT - 4, y + 2, value, ink, "right") + 2
    if ruled:
        scene.paper.line(x - 3, y, RIGHT, y, 0.4)
    return y


def words_beside_totals(scene: Scene, y: float) -> float:
    """Words and bank on the left, totals on the right of one box."""
    top = y
    left = scene.paper.text(LEFT + 4, y + 2, scene.voice.label("words"), scene.ink)
    left = scene.paper.block(
        LEFT + 4, left, 250, scene.voice.in_words(scene.invoice.totals.grand_total or Decimal(0)), scene.bold
    )
    left = bank(scene, LEFT + 4, left + 4)
    right = down_the_right(scene, y)
    y = max(left, right) + 2
    if scene.chance(0.6):
        scene.paper.box(LEFT, top, WIDTH, y - top)
    return y


def words_under(scene: Scene, y: float) -> float:
    """Totals on the right, then the words across the page, then the bank."""
    y = down_the_right(scene, y)
    words = scene.voice.in_words(scene.invoice.totals.grand_total or Decimal(0))
    form = scene.rng.randrange(3)
    if form == 0:
        y = scene.paper.block(LEFT + 3, y + 2, WIDTH - 6, f"{scene.voice.label('words')} {words}", scene.ink)
    elif form == 1:
        y = scene.paper.text(LEFT + 3, y + 2, scene.voice("words"), scene.ink)
        y = scene.paper.block(LEFT + 3, y, WIDTH - 6, words, scene.bold)
    return bank(scene, LEFT + 3, y + 5)


def line_of_totals(scene: Scene, y: float) -> float:
    """The totals of a wide table in one line of figures under short titles."""
    totals, voice = scene.invoice.totals, scene.voice
    cells = [(voice("taxable"), voice.figure(totals.taxable_value)), *tax_rows(scene)]
    if totals.round_off is not None:
        cells.append((voice("round"), signed(scene, totals.round_off)))
    cells.append((voice("total"), voice.money(totals.grand_total)))
    step = WIDTH / len(cells)
    small = scene.ink_of(0.85)
    for at, (label, value) in enumerate(cells):
        centre = LEFT + step * (at + 0.5)
        scene.paper.text(centre, y + 3, label if len(label) < 22 else label[:22], small, "centre")
        scene.paper.text(centre, y + 5 + scene.size, value, scene.bold, "centre")
    y += scene.size * 3
    y = scene.paper.block(
        LEFT + 3,
        y + 2,
        WIDTH - 6,
        f"{voice.label('words')} {voice.in_words(totals.grand_total or Decimal(0))}",
        scene.ink,
    )
    return bank(scene, LEFT + 3, y + 5)


FEET = (down_the_right, words_beside_totals, words_under, words_under, line_of_totals)


def hsn_summary(scene: Scene, y: float) -> float:
    """Tax by HSN, sometimes under the totals."""
    groups: dict[tuple[str, Decimal], list[Line]] = {}
    for line in scene.invoice.lines:
        if line.gst_rate is not None:
            groups.setdefault((line.hsn_sac or "", line.gst_rate), []).append(line)
    if not groups or not scene.invoice.totals.taxes.total:
        return y
    heads = ["IGST"] if scene.invoice.totals.taxes.igst is not None else ["CGST", "SGST"]
    columns = [Column("HSN/SAC", 90), Column("Taxable Value", 100, "right")]
    for name in heads:
        columns += [Column(f"{name} %", 50, "right"), Column(f"{name} Amt", 80, "right")]
    columns.append(Column("Total Tax", 80, "right"))
    y = scene.paper.row(LEFT, y + 4, columns, [column.title for column in columns], scene.bold)
    rows = [
        (code, add(line.taxable_value for line in lines), f"{plain(rate / len(heads))}%", tax_of(lines))
        for (code, rate), lines in groups.items()
    ]
    rows.append(("Total", scene.invoice.totals.taxable_value, "", scene.invoice.totals.taxes))
    for code, value, percent, taxes in rows:
        y = scene.paper.row(LEFT, y, columns, _cells(scene, code, value, percent, taxes), scene.ink)
    return y + 3


def _cells(scene: Scene, code: str, value: Decimal | None, percent: str, taxes: TaxAmounts) -> Sequence[str]:
    amounts = [taxes.igst] if taxes.igst is not None else [taxes.cgst, taxes.sgst]
    figures = [cell for amount in amounts for cell in (percent, scene.voice.figure(amount))]
    return [code, scene.voice.figure(value), *figures, scene.voice.figure(taxes.total)]


def bank(scene: Scene, x: float, y: float) -> float:
    """The account to pay to; the printed invoice holds it already, or it is not drawn."""
    account, head = scene.invoice.bank_account, letterhead(scene.invoice.vendor)
    if account is None:
        return y
    scene.shows_bank = True
    if scene.chance(0.3):
        number = f"{scene.voice('account')} {account.number}"
        text = f"Bank : {head.bank}, {number}, {scene.voice('ifsc')} {account.ifsc}"
        return scene.paper.block(x, y, 300, text, scene.ink)
    y = scene.paper.text(
        x, y, scene.rng.choice(("Bank Details", "Our Bank Details :", "Company's Bank Details")), scene.bold
    )
    for label, value in (
        ("Bank Name", head.bank),
        (scene.voice("account"), account.number),
        (scene.voice("ifsc"), account.ifsc),
    ):
        y = scene.pair(x, y, label, f": {value}", scene.rng.choice((0, 90)))
    return y


def closing(scene: Scene, y: float) -> None:
    """Declaration, signature, and often the vendor's identity once more at the page's foot."""
    y += 8
    vendor = scene.invoice.vendor
    scene.paper.text(RIGHT, y, f"For {vendor.name}", scene.bold, "right")
    scene.paper.text(RIGHT, y + 30, "Authorised Signatory", scene.ink, "right")
    terms = (
        "1. Interest @ 18% p.a. on bills unpaid after 30 days. 2. Subject to Pune jurisdiction. E. & O. E."
    )
    y = scene.paper.block(LEFT, y, 280, terms, scene.ink_of(0.9))
    if scene.chance(0.25) and vendor.gstin:
        scene.paper.text(LEFT, y + 4, f"Company's PAN : {vendor.gstin[2:12]}", scene.ink)
    if scene.chance(0.5):
        foot = scene.rng.choice(
            (
                "This is a computer generated invoice",
                "This is a system generated document and needs no signature",
            )
        )
        scene.paper.text(LEFT + WIDTH / 2, 815, foot, scene.ink_of(0.85), "centre")
