"""The narrow till roll of shops and restaurants."""

from gst.invoice import Invoice, Line
from specimens.paper import Column, Ink, Paper
from specimens.wording import TITLES, day, figure, footer_charges, letterhead, money, state_name

WIDTH = 226.8  # 80 mm
MARGIN = 12.0
RIGHT = WIDTH - MARGIN
COLUMNS = (Column("Qty", 38), Column("Rate", 76, "right"), Column("Amount", 88.8, "right"))
INK, BOLD = Ink(7.5), Ink(7.5, bold=True)


def height(invoice: Invoice) -> float:
    """Length of the roll in points."""
    return 262.0 + 31 * len(invoice.lines) + 13 * len(list(footer_charges(invoice)))


def draw(invoice: Invoice, paper: Paper, copy: str, qr_text: str | None) -> None:
    y = _head(invoice, paper, copy)
    y = _rule(paper, y)
    paper.text(MARGIN + 3, y, "Item", BOLD)
    y = paper.row(MARGIN, y + 9, COLUMNS, [column.title for column in COLUMNS], BOLD)
    y = _rule(paper, y)
    for line in invoice.lines:
        y = _line(line, paper, y)
    y = _totals(invoice, paper, _rule(paper, y))
    if qr_text:
        paper.qr(qr_text, MARGIN + 52, y, 98)
        y += 102
    paper.text(WIDTH / 2, y + 6, "Thank you! Visit again", INK, "centre")


def _head(invoice: Invoice, paper: Paper, copy: str) -> float:
    vendor = invoice.vendor
    y = paper.text(WIDTH / 2, 14, vendor.name or "", Ink(10, bold=True), "centre")
    address = f"{vendor.address or ''}, {state_name(vendor.state_code)}"
    for part in paper.wrap(address, WIDTH - 2 * MARGIN, INK):
        y = paper.text(WIDTH / 2, y, part, INK, "centre")
    y = paper.text(WIDTH / 2, y, f"Ph: {letterhead(vendor).phone}", INK, "centre")
    if vendor.gstin:
        y = paper.text(WIDTH / 2, y, f"GSTIN: {vendor.gstin}", BOLD, "centre")
    y = paper.text(WIDTH / 2, y + 5, TITLES[invoice.kind].upper(), Ink(9, bold=True), "centre")
    if copy.startswith("DUPLICATE"):
        y = paper.text(WIDTH / 2, y, "DUPLICATE COPY", INK, "centre")
    y = paper.text(MARGIN, y + 4, f"Bill No: {invoice.number or ''}", INK)
    y = paper.text(MARGIN, y, f"Date: {day(invoice.date, '%d/%m/%Y')}", INK)
    buyer = invoice.buyer
    if buyer.name:
        y = paper.block(MARGIN, y, WIDTH - 2 * MARGIN, f"To: {buyer.name}", INK)
    return paper.text(MARGIN, y, f"Cust. GSTIN: {buyer.gstin}", INK) if buyer.gstin else y


def _rule(paper: Paper, y: float) -> float:
    return paper.text(MARGIN, y, "-" * 45, INK)


def _line(line: Line, paper: Paper, y: float) -> float:
    y = paper.block(MARGIN + 3, y, WIDTH - 2 * MARGIN, line.description or "", INK)
    cells = (figure(line.quantity), money(line.unit_price), money(line.taxable_value))
    y = paper.row(MARGIN, y - 1, COLUMNS, cells, INK)
    if line.discount:
        paper.text(MARGIN + 12, y - 2, f"(discount {money(line.discount)} taken off)", INK)
        y += 8
    return y


def _totals(invoice: Invoice, paper: Paper, y: float) -> float:
    rows = [("Sub Total", invoice.totals.taxable_value), *footer_charges(invoice)]
    for label, amount in rows:
        paper.text(MARGIN + 3, y, label, INK)
        y = paper.text(RIGHT - 3, y, money(amount), INK, "right") + 2
    y = _rule(paper, y)
    total = Ink(10, bold=True)
    paper.text(MARGIN + 3, y, "TOTAL", total)
    y = paper.text(RIGHT - 3, y, f"Rs.{money(invoice.totals.grand_total)}", total, "right") + 4
    y = paper.block(MARGIN + 3, y, WIDTH - 2 * MARGIN, invoice.totals.amount_in_words or "", INK)
    sacs = sorted({line.hsn_sac for line in invoice.lines if line.hsn_sac})
    if sacs:
        y = paper.text(MARGIN + 3, y + 3, f"HSN/SAC: {', '.join(sacs)}", INK)
    return _rule(paper, y)
