"""An invoice value as a PDF with a text layer."""

from typing import Literal

from gst.invoice import Invoice
from specimens import cash_memo, modern, ruled
from specimens.paper import A4, Paper
from specimens.wording import COPIES, TITLES

Style = Literal["ruled", "modern", "cash_memo"]
STYLES: tuple[Style, ...] = ("ruled", "modern", "cash_memo")
_DRAW = {"ruled": ruled.draw, "modern": modern.draw, "cash_memo": cash_memo.draw}


def render_pdf(
    invoice: Invoice,
    *,
    style: Style = "ruled",
    qr_text: str | None = None,
    copies: int = 1,
    password: str | None = None,
) -> bytes:
    """The paper a vendor sends; equal arguments give equal bytes.

    ``ruled`` prints tax by HSN, ``modern`` by line, ``cash_memo`` in the footer only. ``copies`` (1 to 3)
    repeats it as original, duplicate and triplicate; ``password`` is then needed to open the file.
    """
    narrow = style == "cash_memo"
    paper = Paper(
        f"{TITLES[invoice.kind]} {invoice.number or ''}".strip(),
        size=(cash_memo.WIDTH, cash_memo.height(invoice) + (102 if qr_text else 0)) if narrow else A4,
        face="Courier" if narrow else "Helvetica",
        password=password,
    )
    for copy in COPIES[:copies]:
        _DRAW[style](invoice, paper, copy, qr_text)
        paper.next_page()
    return paper.finish()
