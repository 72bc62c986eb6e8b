"""What is sent of a document: the PDF where it can be, else its pages, upright and no more than is taken."""

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from extraction.ai.document import MOST_BYTES, PAGE_PIXELS, parts
from extraction.ai.errors import AiError
from extraction.reading import PageText, Reading, ReadingWarning, Source
from gst.invoice import DocumentKind, Invoice


def reading(*turns: int, warning: str = "") -> Reading:
    """An offline reading of a file whose pages stood as told, in degrees."""
    pages = tuple(
        PageText(number=number, width=100, height=100, rotation=turn, source=Source.OCR)
        for number, turn in enumerate(turns, 1)
    )
    warnings = (ReadingWarning(code=warning, message=""),) if warning else ()
    invoice = Invoice(kind=DocumentKind.TAX_INVOICE)
    return Reading(
        invoice=invoice, fields={}, confidence=9, pages=pages, warnings=warnings, engine="local", seconds=0
    )


def pdf(folder: Path, pages: int = 1) -> Path:
    sheets = [Image.new("L", (200, 300), 255 - 9 * page) for page in range(pages)]
    path = folder / "paper.pdf"
    sheets[0].save(path, save_all=True, append_images=sheets[1:])
    return path


def shape(data: bytes) -> tuple[int, ...]:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return tuple(image.shape)


def test_a_pdf_travels_as_it_is_where_it_may(tmp_path: Path) -> None:
    path = pdf(tmp_path, 2)
    (part,) = parts(path, reading(0, 0), takes_pdf=True)
    assert (part.media_type, part.data) == ("application/pdf", path.read_bytes())


@pytest.mark.parametrize(
    ("local", "takes_pdf", "titles"),
    [
        (reading(0, 0), False, ["Page 1", "Page 2"]),
        (reading(0, 90), True, ["Page 1", "Page 2"]),
        (reading(0, warning="several_invoices"), True, ["Page 1"]),
    ],
)
def test_else_the_pages_of_the_invoice_travel_as_pictures(
    tmp_path: Path, local: Reading, takes_pdf: bool, titles: list[str]
) -> None:
    sent = parts(pdf(tmp_path, 2), local, takes_pdf=takes_pdf)
    assert [part.title for part in sent] == titles
    assert {part.media_type for part in sent} == {"image/jpeg"}


def test_pages_are_turned_upright(tmp_path: Path) -> None:
    (sent,) = parts(pdf(tmp_path), reading(90), takes_pdf=True)
    height, width = shape(sent.data)
    assert width > height


def test_large_pages_are_reduced(tmp_path: Path) -> None:
    content = io.BytesIO()
    Image.new("L", (4000, 3000), 255).save(content, "PNG")
    path = tmp_path / "large.png"
    path.write_bytes(content.getvalue())
    (sent,) = parts(path, reading(0), takes_pdf=True)
    height, width = shape(sent.data)
    assert height * width <= PAGE_PIXELS * 1.01


def test_a_pdf_beyond_what_providers_take_is_sent_by_the_page(tmp_path: Path) -> None:
    path = pdf(tmp_path)
    with path.open("ab") as file:
        file.write(b"\n%" + b"x" * MOST_BYTES)
    (sent,) = parts(path, reading(0), takes_pdf=True)
    assert sent.media_type == "image/jpeg"


def test_a_file_that_no_longer_opens_has_its_code(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(AiError) as caught:
        parts(path, reading(90), takes_pdf=True)
    assert caught.value.code == "unreadable"
