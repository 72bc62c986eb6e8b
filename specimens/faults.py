"""Planted faults: honest samples made wrong in one known way, and files that are no invoice at all."""

import random
from dataclasses import replace
from decimal import Decimal

from gst.gstin import ALPHABET
from gst.invoice import DocumentKind, Invoice, TaxAmounts
from specimens.generate import sample_invoice
from specimens.money import in_words
from specimens.paper import Column, Ink, Paper
from specimens.render import render_pdf
from specimens.wording import day, figure, state_name


def wrong_total(invoice: Invoice, by: Decimal = Decimal(900)) -> Invoice:
    """The grand total, in figures and words, is ``by`` rupees more than its parts."""
    grand = (invoice.totals.grand_total or Decimal(0)) + by
    words = f"Indian Rupees {in_words(grand)} Only"
    return replace(invoice, totals=replace(invoice.totals, grand_total=grand, amount_in_words=words))


def wrong_gstin(invoice: Invoice) -> Invoice:
    """The last character of the vendor's GSTIN is not its check character."""
    gstin = invoice.vendor.gstin or ""
    wrong = ALPHABET[(ALPHABET.index(gstin[-1]) + 7) % len(ALPHABET)]
    return replace(invoice, vendor=replace(invoice.vendor, gstin=gstin[:-1] + wrong))


def wrong_tax_head(invoice: Invoice) -> Invoice:
    """CGST and SGST where IGST is due, or the other way round; the sums still hold."""
    lines = tuple(replace(line, taxes=_other_heads(line.taxes)) for line in invoice.lines)
    totals = replace(invoice.totals, taxes=_other_heads(invoice.totals.taxes))
    return replace(invoice, lines=lines, totals=totals)


def _other_heads(taxes: TaxAmounts) -> TaxAmounts:
    if taxes.igst is None:
        return TaxAmounts(igst=taxes.total)
    half = (taxes.igst / 2).quantize(Decimal("0.01"))
    return TaxAmounts(cgst=taxes.igst - half, sgst=half)


def billed_again(invoice: Invoice) -> Invoice:
    """The same supply sent once more, its number typed otherwise: ``INV/12`` as ``INV-12`` or ``INV12``."""
    number = invoice.number or ""
    typed = number.replace("/", "-") if "/" in number else number.replace("-", "")
    return replace(invoice, number=typed if typed != number else f"{number}-")


def delivery_note(seed: int = 0) -> bytes:
    """A delivery challan (Rule 55): parties, goods and quantities, but no price and no tax."""
    invoice = sample_invoice(seed, kind=DocumentKind.BILL_OF_SUPPLY, inter_state=False, line_count=3)
    paper = Paper("Delivery Challan")
    paper.text(298, 40, "DELIVERY CHALLAN", Ink(15, bold=True), "centre")
    paper.text(298, 60, "Not for sale. Goods sent against your order.", Ink(9, italic=True), "centre")
    y = 90.0
    for label, party in (("From", invoice.vendor), ("To", invoice.buyer)):
        y = paper.text(50, y, f"{label}: {party.name}", Ink(10, bold=True))
        y = paper.text(50, y, f"{party.address}, {state_name(party.state_code)}", Ink(9)) + 8
    y = paper.text(50, y, f"Challan No. DC-{seed + 118}      Date {day(invoice.date)}", Ink(10)) + 10
    columns = (Column("No.", 40), Column("Particulars", 320), Column("Quantity", 130, "right"))
    y = paper.row(50, y, columns, [column.title for column in columns], Ink(9, bold=True))
    for at, line in enumerate(invoice.lines, 1):
        paper.line(50, y, 540, y)
        quantity = f"{figure(line.quantity)} {line.unit}"
        y = paper.row(50, y + 3, columns, [str(at), line.description or "", quantity], Ink(9))
    paper.text(50, y + 60, "Received the above goods in good condition", Ink(9))
    paper.text(540, y + 60, "Receiver's signature", Ink(9), "right")
    return paper.finish()


def letter(seed: int = 0) -> bytes:
    """A business letter from a vendor: a letterhead with a GSTIN, but nothing billed."""
    invoice = sample_invoice(seed)
    rng = random.Random(seed)
    paper = Paper("Letter", face="Times")
    vendor, ink = invoice.vendor, Ink(11)
    paper.text(298, 46, vendor.name or "", Ink(17, bold=True), "centre")
    paper.text(298, 68, f"{vendor.address}  |  GSTIN {vendor.gstin}", Ink(9), "centre")
    paper.line(60, 84, 535, 84)
    y = paper.text(60, 110, day(invoice.date, "%d %B %Y"), ink) + 16
    y = paper.text(60, y, "To", ink)
    y = paper.text(60, y, invoice.buyer.name or "", ink)
    y = paper.text(60, y, invoice.buyer.address or "", ink) + 16
    y = paper.text(60, y, "Sub: Change in our working hours", Ink(11, bold=True)) + 12
    notice = (
        f"Please note that from next month our office will be open from {rng.randint(8, 10)} am to 6 pm, "
        "Monday to Saturday. Orders received after 4 pm will be taken up on the following working day."
    )
    for text in (
        "Dear Sir or Madam,",
        notice,
        "We thank you for your continued support and look forward to serving you.",
        "Yours faithfully,",
        f"For {vendor.name}",
    ):
        y = paper.block(60, y, 475, text, ink) + 12
    return paper.finish()


def empty_file() -> bytes:
    return b""


def text_file() -> bytes:
    """Plain text that somebody renamed to .pdf."""
    return b"Dear team,\nplease find the invoice attached.\nRegards\n"


def encrypted_pdf(invoice: Invoice, password: str) -> bytes:
    """A whole invoice that opens with ``password`` only."""
    return render_pdf(invoice, password=password)


def truncated(pdf: bytes, share: float = 0.6) -> bytes:
    """The first ``share`` of the file, as a broken download leaves it."""
    return pdf[: int(len(pdf) * share)]
