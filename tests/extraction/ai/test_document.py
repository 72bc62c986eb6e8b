"""What is sent of a document: the PDF where it can be, else its pages, upright and no more than is taken."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from extraction.ai.document import MOST_BYTES, Part
from extraction.ai.document import parts as parts_of
from extraction.ai.errors import AiError
from extraction.errors import ReadingError
from extraction.reading import PageText, Reading, ReadingWarning, Source
from extraction.rendition import LONGEST_SIDE, SandboxedRenderer
from gst.invoice import DocumentKind, Invoice

renderer = SandboxedRenderer()


@pytest.fixture(scope="module", autouse=True)
def sandbox() -> Iterator[None]:
    """One process that renders, for all tests."""
    with renderer:
        yield


def parts(path: Path, local: Reading, *, takes_pdf: bool) -> tuple[Part, ...]:
    """What is sent of a file."""
    return parts_of(path, local, lambda page, turn: renderer.jpeg(path, page, turn=turn), takes_pdf=takes_pdf)


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
    assert max(shape(sent.data)) == LONGEST_SIDE


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


def test_a_file_that_failed_to_open_this_time_is_tried_again(tmp_path: Path) -> None:
    def crash(_page: int, _turn: int) -> bytes:
        raise ReadingError("crashed")

    with pytest.raises(AiError) as caught:
        parts_of(pdf(tmp_path), reading(0), crash, takes_pdf=False)
    assert (caught.value.code, caught.value.permanent) == ("unopened", False)


def test_nothing_that_decodes_is_loaded_where_keys_are() -> None:
    """Documents come from strangers: only the process that renders opens them, and it has no secrets."""
    code = "import sys, extraction.ai.document; print({'pypdfium2', 'cv2', 'PIL'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
