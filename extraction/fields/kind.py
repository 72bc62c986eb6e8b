"""What a paper is, by its title and by what it lacks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.fields.candidate import Candidate
from extraction.labels import Vocabulary, fold
from extraction.layout import Cell, Sheet
from gst.invoice import INVOICE_KINDS, DocumentKind

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
            ("Information Invoice", 0.9), ("Memo of Fees", 0.8), ("Memorandum of Fees", 0.8),
            ("Fee Note", 0.8),
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
SMALLEST_SHARE, HALF_SHARE, LARGE_SHARE = 0.3, 0.45, 0.8
"""Shares of a cell that a title must fill: less for those that bill, most for other papers' names."""
REGISTERED = {
    "INV": DocumentKind.TAX_INVOICE,
    "CRN": DocumentKind.CREDIT_NOTE,
    "DBN": DocumentKind.DEBIT_NOTE,
}


def kind_candidates(sheet: Sheet) -> Iterator[Candidate[DocumentKind]]:
    """Titles on a page: short cells that hold little but the title."""
    for cell in sheet.cells:
        if cell.middle < TITLE_ENDS and len(cell.text) < 60:
            yield from titles_in(cell)


def titles_in(cell: Cell) -> Iterator[Candidate[DocumentKind]]:
    """Titles that make up most of a cell, but for copies' names; ``Purchase Order: 45`` is no title."""
    text = re.sub(r"\(?\s*(?:original|duplicate|triplicate|extra)\b.*", "", cell.text, flags=re.IGNORECASE)
    folded = fold(text)
    for kind, vocabulary in TITLES:
        for words, score in vocabulary:
            title = fold(words)
            if not (folded.startswith(title) or folded.endswith(title)):
                continue
            share = len(title) / len(folded)
            opens = folded.startswith(title) and score >= 0.9 and share > SMALLEST_SHARE
            bills = kind in INVOICE_KINDS
            if share > (HALF_SHARE if bills else LARGE_SHARE) or (opens and bills):
                yield Candidate(kind, score * (0.5 + 0.5 * share), f'titled "{cell.text}"', cell)


@dataclass(frozen=True, slots=True)
class Marks:
    """What marks a paper as a bill."""

    registered: str | None  # the document type that an IRN proves
    numbered: bool
    labelled: bool  # the number stands at an invoice number's label for sure
    totalled: bool
    taxed: bool
    gstin: bool
    buyer: bool  # somebody is named as the buyer

    @property
    def billed(self) -> bool:
        """Whether something is billed under a number."""
        return self.numbered and self.totalled

    @property
    def taxes(self) -> bool:
        """Whether GST is charged under a GSTIN."""
        return self.billed and self.taxed and self.gstin


def choose_kind(titles: Sequence[Candidate[DocumentKind]], marks: Marks) -> tuple[DocumentKind, str, float]:
    """The kind, the reason, and how sure it is."""
    if marks.registered in REGISTERED:
        return REGISTERED[marks.registered], "registered as an e-invoice", 1.0
    billing = best_title(titles, INVOICE_KINDS)
    other = best_title(titles, frozenset(DocumentKind) - INVOICE_KINDS)
    if other and (billing is None or other.score > billing.score):
        proforma = other.value is DocumentKind.PROFORMA
        if marks.taxes and marks.labelled and not proforma:
            return CHARGES_TAX
        if proforma or not (billing and marks.billed):
            return other.value, other.reason, min(1.0, other.score)
    return by_title(billing, marks) if billing else untitled(marks)


CHARGES_TAX = (DocumentKind.TAX_INVOICE, "charges GST under a GSTIN", 0.7)


def by_title(title: Candidate[DocumentKind], marks: Marks) -> tuple[DocumentKind, str, float]:
    """The kind that a bill's title names; a plain ``Bill`` that charges GST is a tax invoice."""
    if title.value is DocumentKind.OTHER_INVOICE and marks.taxes:
        return CHARGES_TAX
    if title.value is DocumentKind.OTHER_INVOICE and not marks.numbered and not marks.totalled:
        return DocumentKind.NOT_INVOICE, "bills nothing", 0.5
    return title.value, title.reason, min(1.0, title.score)


def best_title(
    titles: Sequence[Candidate[DocumentKind]], kinds: frozenset[DocumentKind]
) -> Candidate[DocumentKind] | None:
    """The surest title of some kinds."""
    return max((title for title in titles if title.value in kinds), key=lambda c: c.score, default=None)


def untitled(marks: Marks) -> tuple[DocumentKind, str, float]:
    """The kind of a paper without a title."""
    if not marks.billed:
        return DocumentKind.NOT_INVOICE, "no title, no bill", 0.6
    if marks.taxes and not marks.buyer:
        return DocumentKind.RECEIPT, "no title and no buyer, but a number and a total", 0.6
    kind = DocumentKind.TAX_INVOICE if marks.taxes else DocumentKind.OTHER_INVOICE
    return kind, "no title, but a number and a total", 0.6
