"""The unruled A4 invoice of online billing services: colour, white space, tax on every line."""

from collections.abc import Sequence
from random import Random

from reportlab.lib.colors import HexColor

from gst.invoice import Invoice, Line, Party
from specimens.paper import BLACK, GREY, Column, Ink, Paper, paginate
from specimens.wording import (
    TITLES,
    day,
    figure,
    footer_charges,
    letterhead,
    local_head,
    money,
    number_label,
    state_name,
)

LEFT, WIDTH, TOP, BOTTOM = 42.0, 511.0, 42.0, 800.0
RIGHT = LEFT + WIDTH
LABEL, BOLD = Ink(7.5, colour=GREY), Ink(8.5, bold=True)
TEXT = Ink(8.5)
CELL = Ink(8)
CLOSING = 216.0
_ACCENTS = ("#1d4ed8", "#0f766e", "#b45309", "#7c2d12", "#4338ca", "#166534")


def draw(invoice: Invoice, paper: Paper, copy: str, qr_text: str | None) -> None:
    accent = Ink(9, bold=True, colour=HexColor(Random(invoice.vendor.name or "").choice(_ACCENTS)))
    columns = _columns(invoice)
    rows = [_cells(at, line, columns) for at, line in enumerate(invoice.lines, 1)]
    heights = [paper.row_height(columns, row, CELL) + 5 for row in rows]
    y = _head(invoice, paper, copy, qr_text, accent)
    pages = paginate(heights, BOTTOM - y - 24, BOTTOM - y - 24 - CLOSING)
    for number, part in enumerate(pages, 1):
        y = _items(paper, y, columns, rows[part], accent)
        paper.text(RIGHT, BOTTOM + 8, f"Page {number} of {len(pages)}", LABEL, "right")
        if number < len(pages):
            paper.next_page()
            y = _head(invoice, paper, copy, qr_text, accent)
    _closing(invoice, paper, y + 8, accent)


def _head(invoice: Invoice, paper: Paper, copy: str, qr_text: str | None, accent: Ink) -> float:
    vendor, head = invoice.vendor, letterhead(invoice.vendor)
    paper.box(0, 0, paper.width, 10, accent.colour)
    title = TITLES[invoice.kind].upper()
    y = paper.text(RIGHT, TOP - 10, title, Ink(20, colour=accent.colour), "right")
    paper.text(RIGHT, y, copy.title(), LABEL, "right")
    y = paper.text(LEFT, TOP - 6, vendor.name or "", Ink(14, bold=True))
    y = paper.block(LEFT, y + 2, 260, vendor.address or "", TEXT)
    y = paper.text(LEFT, y, f"{state_name(vendor.state_code)} ({vendor.state_code or ''})", TEXT)
    y = paper.text(LEFT, y, f"GSTIN: {vendor.gstin or ''}", BOLD)
    y = paper.text(LEFT, y, f"{head.phone}  |  {head.email}", LABEL)
    y = _facts(invoice, paper, max(y, TOP + 60) + 10)
    if invoice.irn:
        y = _registration(invoice, paper, y, qr_text)
    return _parties(invoice, paper, y + 6, accent) + 10


def _facts(invoice: Invoice, paper: Paper, y: float) -> float:
    reverse = (
        {True: "Yes", False: "No"}.get(invoice.reverse_charge) if invoice.reverse_charge is not None else None
    )
    place = invoice.place_of_supply
    facts = [
        (number_label(invoice.kind), invoice.number),
        ("Date", day(invoice.date, "%d/%m/%Y")),
        ("Place of Supply", f"{place}-{state_name(place)}" if place else None),
        ("Reverse Charge", reverse),
    ]
    facts += [
        ("Against Invoice", f"{ref.number} of {day(ref.date, '%d/%m/%Y')}") for ref in invoice.references
    ]
    shown = [(label, value) for label, value in facts if value]
    paper.box(LEFT, y, WIDTH, 32, HexColor("#f3f4f6"))
    step = WIDTH / len(shown)
    for at, (label, value) in enumerate(shown):
        below = paper.text(LEFT + 8 + step * at, y + 5, label, LABEL)
        paper.text(LEFT + 8 + step * at, below + 1, value, BOLD)
    return y + 36


def _registration(invoice: Invoice, paper: Paper, y: float, qr_text: str | None) -> float:
    ack = invoice.acknowledgement
    end = paper.pair(LEFT, y + 4, "IRN", invoice.irn or "", 44, Ink(7.5))
    if ack:
        end = paper.pair(LEFT, end, "Ack No.", ack.number or "", 44, Ink(7.5))
        end = paper.pair(LEFT, end, "Ack Date", day(ack.date, "%d/%m/%Y"), 44, Ink(7.5))
    if qr_text:
        paper.qr(qr_text, RIGHT - 104, y + 4, 104)
        return y + 112
    return end + 4


def _parties(invoice: Invoice, paper: Paper, y: float, accent: Ink) -> float:
    shown = [("Bill To", invoice.buyer), ("Ship To", invoice.ship_to)]
    ends = [
        _party(paper, LEFT + 260.0 * at, y, label, party, accent)
        for at, (label, party) in enumerate(shown)
        if party and party.name
    ]
    return max([y, *ends])


def _party(paper: Paper, x: float, y: float, label: str, party: Party, accent: Ink) -> float:
    y = paper.text(x, y, label, Ink(8, bold=True, colour=accent.colour))
    y = paper.block(x, y + 1, 240, party.name or "", Ink(9.5, bold=True))
    y = paper.block(x, y, 240, party.address or "", TEXT)
    y = paper.text(x, y, f"{state_name(party.state_code)} ({party.state_code or ''})", TEXT)
    return paper.text(x, y, f"GSTIN: {party.gstin}", TEXT) if party.gstin else y


def _columns(invoice: Invoice) -> list[Column]:
    taxes = invoice.totals.taxes
    after = [Column("HSN/SAC", 52), Column("Qty", 56, "right"), Column("Rate", 54, "right")]
    after += [Column("Discount", 48, "right")] if any(line.discount for line in invoice.lines) else []
    after += [Column("Taxable", 62, "right")]
    if any(line.gst_rate is not None for line in invoice.lines):
        after += [Column("GST %", 32, "right")]
        heads = ["IGST"] if taxes.igst is not None else ["CGST", local_head(invoice.vendor)]
        after += [Column(head, 54, "right") for head in heads]
    after += [Column("Total", 64, "right")]
    item = WIDTH - 20 - sum(column.width for column in after)
    return [Column("#", 20), Column("Item", item), *after]


def _cells(at: int, line: Line, columns: Sequence[Column]) -> list[str]:
    every = {
        "#": str(at),
        "Item": line.description or "",
        "HSN/SAC": line.hsn_sac or "",
        "Qty": f"{figure(line.quantity)} {line.unit or ''}".strip() if line.quantity is not None else "",
        "Rate": money(line.unit_price),
        "Discount": money(line.discount),
        "Taxable": money(line.taxable_value),
        "GST %": figure(line.gst_rate),
        "CGST": money(line.taxes.cgst),
        "SGST": money(line.taxes.sgst),
        "UTGST": money(line.taxes.sgst),
        "IGST": money(line.taxes.igst),
        "Total": money(line.total),
    }
    return [every[column.title] for column in columns]


def _items(
    paper: Paper, y: float, columns: Sequence[Column], rows: Sequence[Sequence[str]], accent: Ink
) -> float:
    paper.box(LEFT, y, WIDTH, 16, accent.colour)
    white = Ink(7.5, bold=True, colour=HexColor("#ffffff"))
    y = paper.row(LEFT, y + 2, columns, [column.title for column in columns], white) + 4
    for row in rows:
        y = paper.row(LEFT, y, columns, row, CELL) + 4
        paper.box(LEFT, y - 2, WIDTH, 0.6, HexColor("#e5e7eb"))
        y += 1
    return y


def _closing(invoice: Invoice, paper: Paper, y: float, accent: Ink) -> None:
    _totals(invoice, paper, y, accent)
    head = letterhead(invoice.vendor)
    y = paper.text(LEFT, y, "Amount in words", LABEL)
    y = paper.block(LEFT, y, 250, invoice.totals.amount_in_words or "", BOLD) + 12
    y = paper.text(LEFT, y, "Bank details", LABEL)
    y = paper.pair(LEFT, y, "Account name", invoice.vendor.name or "", 66, TEXT)
    y = paper.pair(LEFT, y, "Bank", head.bank, 66, TEXT)
    y = paper.pair(LEFT, y, "Account no.", head.account, 66, TEXT)
    y = paper.pair(LEFT, y, "IFSC", head.ifsc, 66, TEXT) + 12
    y = paper.text(LEFT, y, "Terms", LABEL)
    notes = "Payment within 30 days of the invoice date. Interest at 18% a year on overdue amounts."
    if invoice.reverse_charge:
        notes = f"Tax is payable by the recipient on reverse charge. {notes}"
    paper.block(LEFT, y, 260, notes, Ink(7.5, colour=BLACK))
    paper.text(RIGHT, y - 8, f"For {invoice.vendor.name or ''}", TEXT, "right")
    paper.text(RIGHT, y + 34, "Authorised Signatory", LABEL, "right")


def _totals(invoice: Invoice, paper: Paper, y: float, accent: Ink) -> None:
    x = RIGHT - 214.0
    rows = [("Taxable Amount", invoice.totals.taxable_value), *footer_charges(invoice)]
    for label, amount in rows:
        paper.text(x, y, label, TEXT)
        y = paper.text(RIGHT - 3, y, money(amount), TEXT, "right") + 4
    paper.box(x - 6, y, 220, 22, accent.colour)
    white = Ink(11, bold=True, colour=HexColor("#ffffff"))
    paper.text(x, y + 5, "Grand Total", white)
    paper.text(RIGHT - 3, y + 5, f"Rs. {money(invoice.totals.grand_total)}", white, "right")
