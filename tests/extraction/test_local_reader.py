from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extraction.confidence import table
from extraction.engines.local import LocalReader
from extraction.explain import explain, overlay
from extraction.limits import Limits
from extraction.reading import Reading
from gst.invoice import DocumentKind, Invoice
from gst.words import parse
from specimens.faults import letter
from specimens.generate import sample_invoice
from specimens.render import Style, render_pdf
from specimens.scanner import scan


@pytest.fixture(scope="module")
def reader() -> LocalReader:
    """One reader for all tests: its models load once."""
    return LocalReader()


def read(reader: LocalReader, folder: Path, content: bytes) -> Reading:
    """The reading of a file with this content."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    return reader.read(path)


def header(invoice: Invoice) -> dict[str, object]:
    """What an invoice says, as far as any style prints it."""
    totals, taxes = invoice.totals, invoice.totals.taxes
    return {
        "number": invoice.number,
        "date": invoice.date,
        "vendor": invoice.vendor.gstin,
        "buyer": invoice.buyer.gstin,
        "taxes": (taxes.cgst or None, taxes.sgst or None, taxes.igst or None),
        "taxable": totals.taxable_value,
        "total": totals.grand_total,
    }


def cells(invoice: Invoice) -> list[tuple[object, ...]]:
    """What the lines say."""
    return [(line.hsn_sac, line.quantity, line.unit_price, line.taxable_value) for line in invoice.lines]


@pytest.mark.parametrize("style", ["ruled", "modern"])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_digital_invoices_are_read_whole(
    reader: LocalReader, tmp_path: Path, seed: int, style: Style
) -> None:
    invoice = sample_invoice(seed, e_invoice=bool(seed % 2))
    found = read(reader, tmp_path, render_pdf(invoice, style=style)).invoice
    assert header(found) == header(invoice)
    assert cells(found) == cells(invoice)


@pytest.mark.parametrize(
    "kind", [DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE, DocumentKind.BILL_OF_SUPPLY]
)
def test_other_kinds_are_told_by_their_titles(
    reader: LocalReader, tmp_path: Path, kind: DocumentKind
) -> None:
    assert read(reader, tmp_path, render_pdf(sample_invoice(7, kind=kind))).invoice.kind is kind


def test_the_total_in_words_is_read_over_all_its_lines(reader: LocalReader, tmp_path: Path) -> None:
    printed = sample_invoice(452, inter_state=True, line_count=6)  # its words need two lines
    words = read(reader, tmp_path, render_pdf(printed, style="modern")).invoice.totals.amount_in_words
    assert words is not None
    assert parse(words) == printed.totals.grand_total


def test_a_scan_is_read_like_its_original(reader: LocalReader, tmp_path: Path) -> None:
    invoice = sample_invoice(11, line_count=3)
    found = read(reader, tmp_path, scan(render_pdf(invoice), seed=11))
    assert header(found.invoice) == header(invoice)
    assert cells(found.invoice) == cells(invoice)
    assert found.confidence >= 80


def test_copies_in_one_file_are_one_invoice(reader: LocalReader, tmp_path: Path) -> None:
    invoice = sample_invoice(5, line_count=2)
    found = read(reader, tmp_path, render_pdf(invoice, copies=3))
    assert header(found.invoice) == header(invoice)
    assert len(found.invoice.lines) == 2
    assert not [w for w in found.warnings if w.code == "several_invoices"]


def test_invoices_of_one_file_are_read_each_with_its_copies(reader: LocalReader, tmp_path: Path) -> None:
    one, other = sample_invoice(5, line_count=2), sample_invoice(6, line_count=3)
    path = tmp_path / "pile.pdf"
    path.write_bytes(joined(render_pdf(one, copies=2), render_pdf(other), render_pdf(one)))
    found = reader.read_all(path)
    assert [header(reading.invoice) for reading in found] == [header(one), header(other)]
    assert [[page.number for page in reading.pages] for reading in found] == [[1, 2, 4], [3]]
    assert all(value.page in (None, 3) for value in found[1].fields.values())
    (warning,) = [warning.message for warning in found[1].warnings if warning.code == "several_invoices"]
    assert warning == f"The file holds other invoices too: {one.number} (page 1)."
    assert overlay(found, path).startswith(b"\x89PNG")


def joined(*files: bytes) -> bytes:
    """The pages of several PDF files in one."""
    whole = pdfium.PdfDocument.new()
    for file in files:
        whole.import_pages(pdfium.PdfDocument(file))
    target = BytesIO()
    whole.save(target)
    return target.getvalue()


def test_pages_beyond_the_limit_are_said_to_be_unread(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(render_pdf(sample_invoice(5, line_count=2), copies=3))
    found = LocalReader(Limits(max_pages_read=2)).read(path)
    assert [warning.code for warning in found.warnings if warning.code.startswith("pages")] == [
        "pages_unread"
    ]


def test_a_letter_is_no_invoice(reader: LocalReader, tmp_path: Path) -> None:
    assert not read(reader, tmp_path, letter(3)).is_invoice


def test_every_value_has_a_reason_and_a_certainty(reader: LocalReader, tmp_path: Path) -> None:
    content = render_pdf(sample_invoice(2))
    found = read(reader, tmp_path, content)
    assert all(value.reason and 0 < value.confidence < 100 for value in found.fields.values())
    assert all(name in explain(found) for name in found.fields)
    assert overlay([found], tmp_path / "paper.pdf").startswith(b"\x89PNG")


def test_reading_is_deterministic(reader: LocalReader, tmp_path: Path) -> None:
    content = scan(render_pdf(sample_invoice(11, line_count=2)), seed=3)
    one, other = (read(reader, tmp_path, content).model_copy(update={"seconds": 0}) for _ in range(2))
    assert one == other


def test_certainties_are_percentages() -> None:
    assert table()
    assert all(0 < percent < 100 for percent in table().values())
