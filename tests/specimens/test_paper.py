"""What is drawn is what the invoice says, and every run draws the same."""

import io
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jwt
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from gst.invoice import DocumentKind
from specimens import STYLES, photograph, render_pdf, sample_invoice, sandbox_key, scan, signed_qr
from specimens.__main__ import readme, sample_files
from specimens.faults import delivery_note, empty_file, encrypted_pdf, letter, text_file, truncated
from specimens.money import grouped, in_words
from specimens.render import Style

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "samples"


def pages(pdf: bytes, password: str | None = None) -> list[str]:
    """The text layer, page by page, on one line each."""
    with pdfium.PdfDocument(pdf, password=password) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(
    ("amount", "figures", "words"),
    [
        ("0.05", "0.05", "Zero and Five Paise"),
        ("999", "999.00", "Nine Hundred Ninety Nine"),
        ("100000", "1,00,000.00", "One Lakh"),
        ("12345678.5", "1,23,45,678.50",
         "One Crore Twenty Three Lakh Forty Five Thousand Six Hundred Seventy Eight and Fifty Paise"),
        ("-0.4", "-0.40", "Zero and Forty Paise"),
    ],
)  # fmt: skip
def test_amounts_are_written_the_indian_way(amount: str, figures: str, words: str) -> None:
    assert grouped(Decimal(amount)) == figures
    assert in_words(Decimal(amount)) == words


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", [DocumentKind.TAX_INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.RECEIPT])
def test_the_text_layer_holds_the_particulars(style: Style, kind: DocumentKind) -> None:
    for seed in range(8):
        invoice = sample_invoice(seed, kind=kind)
        (text,) = pages(render_pdf(invoice, style=style))
        totals = invoice.totals
        heads = (totals.taxes.cgst, totals.taxes.sgst, totals.taxes.igst)
        amounts = (totals.taxable_value, *heads, totals.round_off, totals.grand_total)
        expected: list[str | None] = [grouped(amount) for amount in amounts if amount is not None]
        expected += [grouped(line.taxable_value) for line in invoice.lines if line.taxable_value]
        expected += [invoice.number, invoice.vendor.name, invoice.vendor.gstin, invoice.buyer.gstin]
        assert [wanted for wanted in expected if wanted and wanted not in text] == []


@pytest.mark.parametrize("style", ["ruled", "modern"])
def test_a_long_invoice_runs_over_pages_and_loses_no_line(style: Style) -> None:
    invoice = sample_invoice(8, line_count=60)
    texts = pages(render_pdf(invoice, style=style))
    assert len(texts) >= 3
    whole = " ".join(texts)
    values = [grouped(line.taxable_value or Decimal(0)) for line in invoice.lines]
    assert [value for value in values if value not in whole] == []
    assert grouped(invoice.totals.grand_total or Decimal(0)) in texts[-1]


def test_copies_are_marked_as_rule_48_says() -> None:
    texts = pages(render_pdf(sample_invoice(1), copies=3))
    assert ["ORIGINAL" in texts[0], "DUPLICATE" in texts[1], "TRIPLICATE" in texts[2]] == [True] * 3


@pytest.mark.parametrize("style", STYLES)
def test_rendering_gives_the_same_bytes(style: Style) -> None:
    invoice = sample_invoice(2, e_invoice=True)
    token = signed_qr(invoice, sandbox_key())
    assert render_pdf(invoice, style=style, qr_text=token) == render_pdf(invoice, style=style, qr_text=token)


def test_the_printed_qr_reads_back_and_verifies() -> None:
    invoice = sample_invoice(12, e_invoice=True)
    scanned = scan(
        render_pdf(invoice, qr_text=signed_qr(invoice, sandbox_key())), dpi=200, form="jpeg", stamp=False
    )
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(scanned)))
    claims = jwt.decode(code.text, sandbox_key().public_key(), algorithms=["RS256"])
    facts = json.loads(claims["data"], parse_float=Decimal)
    assert facts["Irn"] == invoice.irn
    assert facts["DocNo"] == invoice.number
    assert facts["TotInvVal"] == invoice.totals.grand_total


def test_a_scan_has_pages_but_no_text_and_the_same_grain_each_time() -> None:
    pdf = render_pdf(sample_invoice(3), copies=2)
    scanned = scan(pdf, dpi=75, seed=5)
    assert pages(scanned) == ["", ""]
    assert scanned == scan(pdf, dpi=75, seed=5)
    assert scanned != scan(pdf, dpi=75, seed=6)


def test_a_scan_lies_as_it_was_fed() -> None:
    pdf = render_pdf(sample_invoice(3))
    upright, turned = (
        Image.open(io.BytesIO(scan(pdf, dpi=50, rotate=turn, form="jpeg"))).size for turn in (0, 90)
    )
    assert turned == upright[::-1]


def test_a_photo_is_a_jpeg_and_the_same_each_time() -> None:
    pdf = render_pdf(sample_invoice(3))
    photo = photograph(pdf, dpi=60, seed=1)
    assert Image.open(io.BytesIO(photo)).format == "JPEG"
    assert photo == photograph(pdf, dpi=60, seed=1)


def test_papers_that_bill_nothing_name_no_amount_due() -> None:
    (challan,), (notice,) = pages(delivery_note(1)), pages(letter(1))
    assert "DELIVERY CHALLAN" in challan
    assert "working hours" in notice
    for text in (challan, notice):
        assert not [word for word in ("Invoice", "Total", "CGST", "Rs.") if word in text]


def test_spoilt_files_are_spoilt() -> None:
    invoice = sample_invoice(1)
    locked = encrypted_pdf(invoice, "open sesame")
    for content in (empty_file(), text_file(), locked):
        with pytest.raises(pdfium.PdfiumError):
            pages(content)
    assert invoice.number is not None
    assert invoice.number in pages(locked, "open sesame")[0]
    whole = render_pdf(invoice)
    assert whole.startswith(truncated(whole))
    assert b"%%EOF" not in truncated(whole)


def test_the_committed_samples_are_what_the_generator_writes() -> None:
    """Texts are compared, not bytes: another processor or zlib may compress otherwise."""
    files = sample_files()
    assert {path.name for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".jpg"}} == set(files)
    assert (SAMPLES / "README.md").read_text(encoding="utf-8") == readme(files)
    for name, (content, _) in files.items():
        if name.endswith(".pdf"):
            assert pages((SAMPLES / name).read_bytes()) == pages(content), name
    assert sum((SAMPLES / name).stat().st_size for name in files) < 1_500_000


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    for package in ("gst", "specimens"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "specimens"], cwd=tmp_path, check=True, capture_output=True)
    for name, (content, _) in sample_files().items():
        assert (tmp_path / "samples" / name).read_bytes() == content, name
