"""What a paper is, by its title and by what it lacks."""

import re
from collections.abc import Iterator, Sequence

from extraction.fields.candidate import Candidate
from extraction.labels import Vocabulary, fold
from extraction.layout import Cell, Sheet
from gst.invoice import DocumentKind

TITLES: tuple[tuple[DocumentKind, Vocabulary], ...] = (
    (
        DocumentKind.TAX_INVOICE,
        (
            ("Tax Invoice", 1.0), ("GST Invoice", 1.0), ("Tax Invoice cum", 1.0), ("Export Invoice", 0.9),
            ("e-Invoice", 0.6),
        ),
    ),
    (DocumentKind.BILL_OF_SUPPLY, (("Bill of Supply", 1.0),)),
    (DocumentKind.CREDIT_NOTE, (("Credit Note", 1.0), ("Tax Credit Note", 1.0))),
    (DocumentKind.DEBIT_NOTE, (("Debit Note", 1.0), ("Supplementary Invoice", 0.8))),
    (
        DocumentKind.PROFORMA,
        (
            ("Proforma Invoice", 1.1), ("Performa Invoice", 1.1), ("Pro forma Invoice", 1.1),
            ("Quotation", 0.9), ("Estimate", 0.8),
        ),
    ),
    (
        DocumentKind.DELIVERY_CHALLAN,
        (("Delivery Challan", 0.9), ("Delivery Note", 0.4), ("Job Work Challan", 0.9)),
    ),
    (
        DocumentKind.RECEIPT,
        (
            ("Cash Memo", 0.8), ("Receipt", 0.7), ("Money Receipt", 0.9), ("Cash Bill", 0.8),
            ("Retail Invoice", 0.7),
        ),
    ),
    (
        DocumentKind.OTHER_INVOICE,
        (
            ("Invoice", 0.7), ("Bill", 0.6), ("Invoice cum Challan", 0.9), ("Challan cum Invoice", 0.9),
            ("Information Invoice", 0.9),
        ),
    ),
    (
        DocumentKind.NOT_INVOICE,
        (
            ("Packing List", 1.0), ("Packing Slip", 1.0), ("Statement of Account", 1.0),
            ("Account Statement", 1.0), ("Ledger", 0.9), ("Purchase Order", 1.0), ("Work Order", 0.9),
            ("Service Order", 0.9), ("e-Way Bill", 0.9), ("Eway Bill", 0.9), ("Lorry Receipt", 0.9),
            ("Consignment Note", 0.9), ("Test Certificate", 1.0), ("Inspection Report", 1.0),
            ("Goods Receipt Note", 0.9), ("Gate Pass", 0.9), ("Abstract of Cost", 0.9),
            ("Completion Certificate", 1.0), ("Material Inward", 0.2), ("Weighment Slip", 0.9),
            ("Service Entry Sheet", 0.9), ("Time Sheet", 0.9), ("Attendance", 0.8),
            ("Measurement Sheet", 0.9), ("Payment Advice", 1.0), ("Remittance Advice", 1.0),
            ("Covering Letter", 0.8), ("Delivery Report", 0.8), ("Warranty Certificate", 0.9),
            ("Test Report", 0.9), ("Annexure", 0.6), ("Checklist", 0.7), ("Job Card", 0.8),
        ),
    ),
)  # fmt: skip
TITLE_ENDS = 0.45
MOST_OTHER_LETTERS = 1.2


def kind_candidates(sheet: Sheet) -> Iterator[Candidate[DocumentKind]]:
    """Titles on a page: short cells that hold little but the title."""
    for cell in sheet.cells:
        if cell.middle < TITLE_ENDS and len(cell.text) < 60:
            yield from titles_in(cell)


def titles_in(cell: Cell) -> Iterator[Candidate[DocumentKind]]:
    """Titles that make up most of a cell; copies' names do not count."""
    text = re.sub(r"\(?\s*(?:original|duplicate|triplicate|extra)\b.*", "", cell.text, flags=re.IGNORECASE)
    folded = fold(text)
    for kind, vocabulary in TITLES:
        for words, score in vocabulary:
            title = fold(words)
            if folded.startswith(title) or folded.endswith(title):
                share = len(title) / max(1, len(folded))
                if share > 1 / (1 + MOST_OTHER_LETTERS) or (
                    folded.startswith(title) and score >= 0.9 and share > 0.3
                ):
                    yield Candidate(kind, score * (0.5 + 0.5 * share), f'titled "{cell.text}"', cell)


def choose_kind(
    titles: Sequence[Candidate[DocumentKind]],
    *,
    registered: str | None,
    taxed: bool,
    numbered: bool,
    totalled: bool,
    gstin: bool,
) -> tuple[DocumentKind, str, float]:
    """The kind, the reason, and how sure it is. ``registered`` is the document type that an IRN proves."""
    by_type = {
        "INV": DocumentKind.TAX_INVOICE,
        "CRN": DocumentKind.CREDIT_NOTE,
        "DBN": DocumentKind.DEBIT_NOTE,
    }
    if registered in by_type:
        return by_type[registered], "registered as an e-invoice", 1.0
    best = max(titles, key=lambda c: c.score, default=None)
    billed = numbered and totalled
    if best is None:
        kind = DocumentKind.TAX_INVOICE if taxed and gstin else DocumentKind.OTHER_INVOICE
        return (
            (kind, "no title, but a number and a total", 0.6)
            if billed
            else (DocumentKind.NOT_INVOICE, "no title, no bill", 0.6)
        )
    if (
        best.value in (DocumentKind.OTHER_INVOICE, DocumentKind.NOT_INVOICE, DocumentKind.DELIVERY_CHALLAN)
        and billed
        and taxed
        and gstin
    ):
        return DocumentKind.TAX_INVOICE, "charges GST under a GSTIN", 0.7
    if best.value is DocumentKind.OTHER_INVOICE and gstin and not taxed and not billed:
        return DocumentKind.NOT_INVOICE, "bills nothing", 0.5
    return best.value, best.reason, min(1.0, best.score)
