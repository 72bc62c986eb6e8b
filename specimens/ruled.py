"""The ruled A4 invoice that desktop accounting packages print all over India."""

from collections.abc import Sequence

from gst.invoice import Invoice, Line, Party
from specimens import tax_summary
from specimens.money import in_words
from specimens.paper import Column, Ink, Paper, paginate
from specimens.wording import (
    TITLES,
    day,
    figure,
    footer_charges,
    letterhead,
    money,
    number_label,
    state_name,
)

LEFT, WIDTH, TOP, BOTTOM = 34.0, 527.0, 34.0, 790.0
HALF = LEFT + WIDTH / 2
SMALL, BOLD, NAME = Ink(7.5), Ink(8, bold=True), Ink(9, bold=True)
QR_SIDE = 108.0


def draw(invoice: Invoice, paper: Paper, copy: str, qr_text: str | None) -> None:
    columns = _columns(invoice)
    rows = [_cells(at, line, columns) for at, line in enumerate(invoice.lines, 1)]
    heights = [paper.row_height(columns, row) for row in rows]
    body = _head(invoice, paper, copy, qr_text, dry=True) + 24
    closing = _closing_height(invoice)
    pages = paginate(heights, BOTTOM - body - 14, BOTTOM - body - closing)
    for number, part in enumerate(pages, 1):
        top = _head(invoice, paper, copy, qr_text)
        last = number == len(pages)
        _items(invoice, paper, top, columns, rows[part], last=last)
        if not last:
            paper.text(LEFT + WIDTH, BOTTOM + 2, f"continued to page number {number + 1}", SMALL, "right")
            paper.next_page()


def _head(invoice: Invoice, paper: Paper, copy: str, qr_text: str | None, *, dry: bool = False) -> float:
    """Title, e-invoice block and parties; gives the y below. ``dry`` measures without drawing."""
    lifted = 0.0 if not invoice.irn else QR_SIDE + 6 if qr_text else 40.0
    top = TOP + 20 + lifted
    parties = [("Consignee (Ship to)", invoice.ship_to), ("Buyer (Bill to)", invoice.buyer)]
    shown = [(label, party) for label, party in parties if party and party.name]
    seller = 96.0 if not shown else 84.0
    end = top + max(seller + 66 * len(shown), 150.0)
    if dry:
        return end
    paper.text(LEFT + WIDTH / 2, TOP - 4, TITLES[invoice.kind], Ink(12, bold=True), "centre")
    paper.text(LEFT + WIDTH, TOP - 2, f"({copy})", Ink(7, italic=True), "right")
    if invoice.irn:
        _registration(invoice, paper, qr_text)
    paper.box(LEFT, top, WIDTH, end - top)
    paper.line(HALF, top, HALF, end)
    _seller(invoice.vendor, paper, top)
    for at, (label, party) in enumerate(shown):
        y = top + seller + 66 * at
        paper.line(LEFT, y, HALF, y)
        _party(party, paper, y, label, invoice.place_of_supply)
    _references(invoice, paper, top, end)
    return end


def _registration(invoice: Invoice, paper: Paper, qr_text: str | None) -> None:
    ack = invoice.acknowledgement
    irn = invoice.irn or ""
    y = TOP + 18
    y = paper.pair(LEFT, y, "IRN", irn[:40] + "-", 48, BOLD)
    y = paper.text(LEFT + 52, y, irn[40:], BOLD)
    y = paper.pair(LEFT, y, "Ack No.", (ack.number if ack else "") or "", 48, SMALL)
    paper.pair(LEFT, y, "Ack Date", day(ack.date if ack else None, "%d-%b-%y"), 48, SMALL)
    if qr_text:
        paper.text(LEFT + WIDTH - QR_SIDE / 2, TOP + 8, "e-Invoice", SMALL, "centre")
        paper.qr(qr_text, LEFT + WIDTH - QR_SIDE, TOP + 18, QR_SIDE)


def _seller(vendor: Party, paper: Paper, y: float) -> None:
    head = letterhead(vendor)
    y = paper.text(LEFT + 4, y + 3, vendor.name or "", NAME)
    y = paper.block(LEFT + 4, y, WIDTH / 2 - 8, vendor.address or "")
    if vendor.gstin:
        y = paper.text(LEFT + 4, y, f"GSTIN/UIN: {vendor.gstin}")
    if vendor.state_code:
        y = paper.text(
            LEFT + 4, y, f"State Name : {state_name(vendor.state_code)}, Code : {vendor.state_code}"
        )
    y = paper.text(LEFT + 4, y, f"Contact : {head.phone}")
    paper.text(LEFT + 4, y, f"E-Mail : {head.email}")


def _party(party: Party, paper: Paper, y: float, label: str, place_of_supply: str | None) -> None:
    y = paper.text(LEFT + 4, y + 2, label, SMALL)
    y = paper.text(LEFT + 4, y, party.name or "", BOLD)
    y = paper.block(LEFT + 4, y, WIDTH / 2 - 8, party.address or "")
    if party.gstin:
        y = paper.pair(LEFT + 4, y, "GSTIN/UIN", party.gstin, 62)
    if party.state_code:
        y = paper.pair(
            LEFT + 4, y, "State Name", f"{state_name(party.state_code)}, Code : {party.state_code}", 62
        )
    if place_of_supply and label.startswith("Buyer"):
        paper.pair(LEFT + 4, y - 1, "Place of Supply", state_name(place_of_supply), 62, SMALL)


def _references(invoice: Invoice, paper: Paper, top: float, end: float) -> None:
    """The grid on the right; most of its cells stay empty on real papers too."""
    reverse = {True: "Yes", False: "No", None: ""}[invoice.reverse_charge]
    amended = "; ".join(
        f"{reference.number} dt. {day(reference.date, '%d-%b-%y')}" for reference in invoice.references
    )
    middle = HALF + WIDTH / 4
    grid = (
        (number_label(invoice.kind), invoice.number or "", "Dated", day(invoice.date, "%d-%b-%y")),
        ("Delivery Note", "", "Mode/Terms of Payment", "30 Days"),
        (
            "Original Invoice No. & Date." if amended else "Reference No. & Date.",
            amended,
            "Other References",
            "",
        ),
        ("Buyer's Order No.", "", "Reverse Charge (Y/N)", reverse),
    )
    step = 27.0
    for at, (label, value, second, other) in enumerate(grid):
        y = top + step * at
        paper.text(HALF + 3, y + 2, label, SMALL)
        paper.text(HALF + 3, y + 13, value, BOLD)
        paper.text(middle + 3, y + 2, second, SMALL)
        paper.text(middle + 3, y + 13, other, BOLD)
        paper.line(HALF, y + step, LEFT + WIDTH, y + step)
    paper.line(middle, top, middle, top + step * len(grid))
    paper.text(HALF + 3, min(top + step * len(grid) + 2, end), "Terms of Delivery", SMALL)


def _columns(invoice: Invoice) -> list[Column]:
    goods = any(line.quantity is not None for line in invoice.lines)
    rated = any(line.gst_rate is not None for line in invoice.lines)
    discounted = any(line.discount for line in invoice.lines)
    after = [Column("HSN/SAC", 50, "centre")]
    after += [Column("GST Rate", 34, "right")] if rated else []
    after += (
        [Column("Quantity", 62, "right"), Column("Rate", 56, "right"), Column("per", 28)] if goods else []
    )
    after += [Column("Disc. Amt", 48, "right")] if discounted else []
    after += [Column("Amount", 76, "right")]
    described = WIDTH - 22 - sum(column.width for column in after)
    return [Column("Sl No.", 22, "centre"), Column("Description of Goods / Services", described), *after]


def _cells(at: int, line: Line, columns: Sequence[Column]) -> list[str]:
    quantity = f"{figure(line.quantity)} {line.unit or ''}".strip() if line.quantity is not None else ""
    every = {
        "Sl No.": str(at),
        "Description of Goods / Services": line.description or "",
        "HSN/SAC": line.hsn_sac or "",
        "GST Rate": f"{figure(line.gst_rate)} %" if line.gst_rate is not None else "",
        "Quantity": quantity,
        "Rate": money(line.unit_price),
        "per": (line.unit or "") if line.quantity is not None else "",
        "Disc. Amt": money(line.discount),
        "Amount": money(line.taxable_value),
    }
    return [every[column.title] for column in columns]


def _closing_height(invoice: Invoice) -> float:
    """Points below the last line: ledgers, total, words, tax table, bank and signature."""
    return 12.0 * len(list(footer_charges(invoice))) + 24 + 26 + tax_summary.height(invoice) + 128


def _items(
    invoice: Invoice,
    paper: Paper,
    top: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    last: bool,
) -> None:
    titles = [Column(column.title, column.width, "centre") for column in columns]
    y = paper.row(LEFT, top, titles, [column.title for column in columns], SMALL)
    paper.line(LEFT, y, LEFT + WIDTH, y)
    for row in rows:
        y = paper.row(LEFT, y, columns, row)
    end = BOTTOM - tax_summary.height(invoice) - 128 - 26 if last else BOTTOM
    if last:
        _ledgers(invoice, paper, y, end, columns)
    paper.box(LEFT, top, WIDTH, end - top)
    x = LEFT
    for column in columns[:-1]:
        x += column.width
        paper.line(x, top, x, end)
    if last:
        _closing(invoice, paper, end)


def _ledgers(invoice: Invoice, paper: Paper, y: float, end: float, columns: Sequence[Column]) -> None:
    """Sum of the lines, charges and taxes, then the total row."""
    x, right = LEFT + columns[0].width + columns[1].width - 4, LEFT + WIDTH - 3
    paper.line(right - 70, y + 1, right + 3, y + 1)
    y = paper.text(right, y + 3, money(invoice.totals.taxable_value), align="right") + 2
    for label, amount in footer_charges(invoice):
        paper.text(x, y, label, Ink(8, bold=True, italic=True), "right")
        paper.text(right, y, money(amount), BOLD, "right")
        y += 12
    paper.line(LEFT, end - 15, LEFT + WIDTH, end - 15)
    paper.text(x, end - 12, "Total", BOLD, "right")
    paper.text(right, end - 12.5, f"Rs. {money(invoice.totals.grand_total)}", Ink(9, bold=True), "right")


def _closing(invoice: Invoice, paper: Paper, y: float) -> None:
    paper.box(LEFT, y, WIDTH, BOTTOM - y)
    paper.text(LEFT + WIDTH - 4, y + 2, "E. & O.E", Ink(7, italic=True), "right")
    y = paper.text(LEFT + 4, y + 2, "Amount Chargeable (in words)", SMALL)
    paper.text(LEFT + 4, y, invoice.totals.amount_in_words or "", Ink(8.5, bold=True))
    y = tax_summary.draw(invoice, paper, LEFT, y + 15, WIDTH)
    tax = invoice.totals.taxes.total
    if tax:
        paper.text(LEFT + 4, y + 3, "Tax Amount (in words) :", SMALL)
        paper.text(LEFT + 92, y + 3, f"Indian Rupees {in_words(tax)} Only", BOLD)
    _signature(invoice, paper, y + 22)
    paper.text(LEFT + WIDTH / 2, BOTTOM + 4, "This is a Computer Generated Invoice", SMALL, "centre")


def _signature(invoice: Invoice, paper: Paper, y: float) -> None:
    head, vendor = letterhead(invoice.vendor), invoice.vendor
    left = y
    if vendor.gstin:
        left = paper.pair(LEFT + 4, left, "Company's PAN", vendor.gstin[2:12], 66, BOLD)
    left = paper.text(LEFT + 4, left + 4, "Declaration", Ink(7.5, italic=True))
    words = "We declare that this invoice shows the actual price of the goods or services described"
    left = paper.block(
        LEFT + 4, left, WIDTH / 2 - 10, f"{words} and that all particulars are true and correct."
    )
    if invoice.reverse_charge:
        paper.block(
            LEFT + 4, left, WIDTH / 2 - 10, "Tax is payable by the recipient on reverse charge.", BOLD
        )
    right = paper.text(HALF + 4, y, "Company's Bank Details", SMALL)
    right = paper.pair(HALF + 4, right, "Bank Name", head.bank, 72)
    right = paper.pair(HALF + 4, right, "A/c No.", head.account, 72)
    paper.pair(HALF + 4, right, "Branch & IFS Code", head.ifsc, 72)
    paper.line(HALF, BOTTOM - 58, HALF, BOTTOM)
    paper.line(HALF, BOTTOM - 58, LEFT + WIDTH, BOTTOM - 58)
    paper.text(LEFT + WIDTH - 4, BOTTOM - 54, f"for {vendor.name or ''}", BOLD, "right")
    paper.text(LEFT + WIDTH - 4, BOTTOM - 12, "Authorised Signatory", SMALL, "right")
