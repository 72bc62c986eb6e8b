"""Write invented papers with exact labels: ``python -m benchmarks.wild FOLDER [--first 0] [--count 90]``.

``--odd``: three in four with heads and feet of less usual forms, and every other one ill-treated on its way.
``--everyday``: papers of offices, journeys and services, every other one ill-treated too.
Then ``python -m benchmarks.accuracy FOLDER`` measures the reader on layouts and wordings that nobody tuned it
for. Take new seeds once you have looked at the misses of some.
"""

import argparse
import io
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from extraction.reading import line_document, plain
from gst.invoice import Invoice
from specimens import scan
from specimens.wear import as_jpeg, worn
from specimens.wild import WildPaper, everyday_paper, odd_paper, wild_paper


def label_of(invoice: Invoice) -> dict[str, Any]:
    """What a careful person reads on the paper, in the form of :mod:`benchmarks.labelled`."""
    totals, account = invoice.totals, invoice.bank_account
    return {
        "kind": invoice.kind.value,
        "invoice_number": invoice.number,
        "invoice_date": invoice.date.isoformat() if invoice.date else None,
        "vendor_name": invoice.vendor.name,
        "vendor_gstin": invoice.vendor.gstin,
        "buyer_name": invoice.buyer.name,
        "buyer_gstin": invoice.buyer.gstin,
        "taxable_value": plain(totals.taxable_value),
        "cgst": plain(totals.taxes.cgst),
        "sgst": plain(totals.taxes.sgst),
        "igst": plain(totals.taxes.igst),
        "grand_total": plain(totals.grand_total),
        "bank_account": account.number if account else None,
        "bank_ifsc": account.ifsc if account else None,
        "line_items": [line_document(line) for line in invoice.lines],
    }


def scanned(pdf: bytes, seed: int) -> bytes:
    """The paper as an office scanner saves it, each a little worse or better."""
    chance = random.Random(seed)
    dpi, angle, noise = chance.choice((150, 170, 200)), chance.uniform(-0.8, 0.8), chance.uniform(2, 9)
    return scan(pdf, dpi=dpi, angle=angle, noise=noise, seed=seed, stamp=chance.random() < 0.5)


def ill_treated(pdf: bytes, seed: int) -> bytes:
    """The first page after seals, pens, faxes, folds or a tired printer. A JPEG."""
    dpi = random.Random(seed).choice((150, 160, 180))
    with pdfium.PdfDocument(io.BytesIO(pdf)) as document:
        page = np.array(document[0].render(scale=dpi / 72).to_pil().convert("RGB"))
    return as_jpeg(worn(page, seed)[0])


def odd(seed: int) -> tuple[WildPaper, bytes]:
    """An odd paper, every fourth an ordinary one, and its scan, every other one ill-treated."""
    return worn_or_not(odd_paper(seed) if seed % 4 else wild_paper(seed), seed)


def everyday(seed: int) -> tuple[WildPaper, bytes]:
    """A paper of every day and its scan, every other one ill-treated."""
    return worn_or_not(everyday_paper(seed), seed)


def worn_or_not(paper: WildPaper, seed: int) -> tuple[WildPaper, bytes]:
    """A paper and its scan, every other one ill-treated."""
    return paper, ill_treated(paper.pdf, seed) if seed % 2 else scanned(paper.pdf, seed)


def ordinary(seed: int) -> tuple[WildPaper, bytes]:
    """An ordinary paper and its scan."""
    paper = wild_paper(seed)
    return paper, scanned(paper.pdf, seed)


def main() -> None:
    """Write documents and labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=0, help="seed of the first paper")
    parser.add_argument("--count", type=int, default=90)
    parser.add_argument("--odd", action="store_true", help="less usual forms, and ill-treated scans")
    parser.add_argument("--everyday", action="store_true", help="papers of offices, journeys and services")
    arguments = parser.parse_args()
    draw = odd if arguments.odd else everyday if arguments.everyday else ordinary
    for part in ("documents", "labels"):
        (arguments.folder / part).mkdir(parents=True, exist_ok=True)
    for seed in range(arguments.first, arguments.first + arguments.count):
        paper, scan_of_it = draw(seed)
        name = f"wild{seed:05}"
        suffix = "pdf" if scan_of_it.startswith(b"%PDF") else "jpg"
        (arguments.folder / "documents" / f"{name}.{suffix}").write_bytes(scan_of_it)
        label = json.dumps(label_of(paper.invoice))
        (arguments.folder / "labels" / f"{name}.json").write_text(label, encoding="utf-8")


if __name__ == "__main__":
    main()
