"""Small documents drawn for the tests: printed PDFs, and pictures of paper."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import segno
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extraction.page import Gray

LINES = (
    "TAX INVOICE",
    "Banyan Textiles Private Limited",
    "GSTIN/UIN: 24AAACB1234C1Z5",
    "Invoice No. BT/25-26/0147",
    "Date: 14-Aug-2025",
    "Cotton yarn 40s combed, cones of 1.25 kg",
    "5205 12 00    1,250.00 kg    312.50",
    "Taxable value    3,90,625.00",
    "IGST 5%    19,531.25",
    "Round off    -0.25",
    "Total    4,10,156.00",
)


def printed_pdf(path: Path, lines: tuple[str, ...] = LINES, pages: int = 1, encrypt: Any = None) -> Path:
    """A digital PDF with the lines on every page."""
    canvas = Canvas(str(path), pagesize=A4, encrypt=encrypt)
    for _ in range(pages):
        canvas.setFont("Helvetica", 12)
        for number, line in enumerate(lines):
            canvas.drawString(70, 760 - 40 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def picture_pdf(path: Path, picture: Gray, stamp: str = "", *, hidden_text: str = "") -> Path:
    """A PDF whose page is a scan; ``stamp`` is visible text on it, ``hidden_text`` what a scanner guessed."""
    canvas = Canvas(str(path), pagesize=A4)
    if hidden_text:
        canvas.drawString(70, 400, hidden_text)
    canvas.drawImage(ImageReader(Image.fromarray(picture)), 0, 0, *A4)
    if hidden_text:
        canvas.drawString(70, 300, hidden_text, mode=3)
    canvas.drawString(70, 40, stamp)
    canvas.save()
    return path


def scan(lines: tuple[str, ...] = LINES, dpi: int = 200) -> Gray:
    """A clean scan of the printed lines."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(lines):
        canvas.drawString(70, 760 - 40 * number, line)
    canvas.save()
    with pdfium.PdfDocument(buffer.getvalue()) as document:
        bitmap = document[0].render(scale=dpi / 72, grayscale=True)
        return np.array(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width)


def code(text: str, module: int, version: int | None = None) -> Gray:
    """A QR code with its quiet zone, ``module`` pixels a module."""
    modules = np.array(list(segno.make(text, version=version, error="L", micro=False).matrix), np.uint8)
    return np.kron(255 * (1 - np.pad(modules, 4)), np.ones((module, module))).astype(np.uint8)


def on_paper(picture: Gray, left: int, top: int, width: int = 1654, height: int = 2339) -> Gray:
    """A white A4 page at 200 dpi with the picture on it."""
    page = np.full((height, width), 255, np.uint8)
    page[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return page
