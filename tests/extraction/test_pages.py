"""Files to pages: every format, every limit, every kind of damage."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pillow_heif import register_heif_opener
from reportlab.lib.pdfencrypt import StandardEncryption

from extraction.errors import ReadingError
from extraction.layout import lay_out
from extraction.limits import Limits
from extraction.page import MAX_IMAGE_PIXELS, Page
from extraction.pages import open_document
from extraction.reading import PageText, Source
from specimens.paper import Ink, Paper
from tests.extraction import drawn
from tests.hostile import bombs

register_heif_opener()


def pages(path: Path, **limits: int) -> list[Page]:
    return list(open_document(path, Limits(**limits)))


def code_of_error(path: Path, **limits: int) -> str:
    with pytest.raises(ReadingError) as caught:
        pages(path, **limits)
    return caught.value.code


def saved(path: Path, picture: Image.Image, kind: str, **options: object) -> Path:
    picture.save(path, kind, **options)
    return path


def half_dark(width: int = 60, height: int = 90) -> Image.Image:
    """Light, with a dark upper half."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("black", (0, 0, width, height // 2))
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "TIFF", "WEBP", "HEIF"])
def test_every_picture_format_is_one_gray_page(tmp_path: Path, kind: str) -> None:
    (page,) = pages(saved(tmp_path / "any name", half_dark(), kind))
    assert page.image.shape == (90, 60)
    assert page.image[10, 30] < 50
    assert page.image[80, 30] > 200
    assert not page.words


def test_tiff_has_several_pages_and_only_the_first_are_read(tmp_path: Path) -> None:
    sheets = [Image.new("L", (40, 40), shade) for shade in (0, 100, 200)]
    path = saved(tmp_path / "fax", sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    assert [(page.number, page.image[0, 0]) for page in pages(path)] == [(1, 0), (2, 100), (3, 200)]
    assert [page.of for page in pages(path, max_pages_read=2)] == [3, 3]
    assert code_of_error(path, max_pages=2) == "too_many_pages"


def test_phone_photo_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    (page,) = pages(saved(tmp_path / "photo", half_dark(), "JPEG", exif=exif))
    assert page.image.shape == (60, 90)
    assert page.image[30, 80] < 50
    assert page.image[30, 10] > 200


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_pixel_format_becomes_black_on_white(tmp_path: Path, mode: str) -> None:
    picture = half_dark().convert("L")
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture).astype(np.uint16) * 257)
    elif mode in {"LA", "RGBA"}:
        picture = picture.convert(mode)
        picture.putalpha(half_dark().convert("L").point(lambda value: 255 - value))  # paper is transparent
    else:
        picture = picture.convert(mode)
    (page,) = pages(saved(tmp_path / "picture", picture, "TIFF" if mode == "CMYK" else "PNG"))
    assert page.image[10, 30] < 50
    assert page.image[80, 30] > 200


def test_large_picture_is_reduced_in_proportion(tmp_path: Path) -> None:
    (page,) = pages(saved(tmp_path / "poster", Image.new("L", (9_400, 4_700), 255), "TIFF"))
    assert page.image.size <= MAX_IMAGE_PIXELS
    assert page.image.shape[1] / page.image.shape[0] == pytest.approx(2, rel=0.01)


def test_picture_of_too_many_pixels_is_refused_before_decoding(tmp_path: Path) -> None:
    assert code_of_error(saved(tmp_path / "a", half_dark(), "PNG"), max_pixels=5_000) == "too_many_pixels"
    bomb = saved(tmp_path / "bomb", Image.new("1", (20_000, 20_000)), "TIFF", compression="group4")
    assert code_of_error(bomb) == "too_many_pixels"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF"])
def test_cut_off_pictures_are_damaged(tmp_path: Path, kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (200, 200), np.uint8))
    path = saved(tmp_path / "half", noise, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert code_of_error(path) == "damaged"


def test_empty_foreign_and_oversized_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"")
    assert code_of_error(path) == "empty"
    path.write_bytes(b"<html>an invoice by its name only</html>")
    assert code_of_error(path) == "unsupported_type"
    path.write_bytes(b"PK\x03\x04")
    assert code_of_error(path) == "unsupported_type"
    assert code_of_error(path, max_bytes=3) == "too_large"


def test_digital_pdf_gives_its_words_where_they_stand(tmp_path: Path) -> None:
    (page,) = pages(drawn.printed_pdf(tmp_path / "invoice"))
    words = {word.text: word for word in page.words}
    assert "BT/25-26/0147" in words
    assert page.pictures == 0
    total = words["4,10,156.00"].box
    dark = page.image < 128
    rows = slice(int(total.top * dark.shape[0]), int(total.bottom * dark.shape[0]) + 1)
    columns = slice(int(total.left * dark.shape[1]), int(total.right * dark.shape[1]) + 1)
    assert dark[rows, columns].any()
    assert not dark[rows, columns.stop + 5 :].any()


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_words_follow_the_pages_own_rotation(tmp_path: Path, quarter: int) -> None:
    path = drawn.printed_pdf(tmp_path / "invoice", ("corner",))
    turned = path.read_bytes().replace(b"/Rotate 0", b"/Rotate %d" % quarter)
    path.write_bytes(turned)
    (page,) = pages(path)
    (word,) = page.words
    rows, columns = np.nonzero(page.image < 128)
    height, width = page.image.shape
    ink = (columns.min() / width, rows.min() / height, columns.max() / width, rows.max() / height)
    box = (word.box.left, word.box.top, word.box.right, word.box.bottom)
    assert box == pytest.approx(ink, abs=0.008)  # the box has the font's height, not only the letters'
    assert box[0] <= ink[0] + 0.002
    assert box[3] >= ink[3] - 0.002


def test_typewriter_print_is_not_split_at_its_marks(tmp_path: Path) -> None:
    paper = Paper("mono", face="Courier")
    paper.text(50, 50, "GST Reg. No. : 27-AB/2026-27, 1,234.50 (Rs.)", Ink(9))
    paper.next_page()
    path = tmp_path / "mono.pdf"
    path.write_bytes(paper.finish())
    (page,) = pages(path)
    (row,) = lay_out(
        PageText(number=1, width=1654, height=2339, source=Source.PDF_TEXT, words=page.words)
    ).rows
    assert row.text == "GST Reg. No. : 27-AB/2026-27, 1,234.50 (Rs.)"


def test_scan_in_a_pdf_is_rendered_at_its_own_resolution(tmp_path: Path) -> None:
    (page,) = pages(drawn.picture_pdf(tmp_path / "scan", drawn.scan(dpi=240)))
    assert page.image.shape == pytest.approx((2806, 1984), abs=2)
    assert page.pictures == pytest.approx(1, abs=0.001)


def test_text_that_nobody_sees_is_no_text(tmp_path: Path) -> None:
    path = drawn.picture_pdf(tmp_path / "scan", drawn.scan(dpi=100), stamp="Received", hidden_text="1nvo1ce")
    (page,) = pages(path)
    assert [word.text for word in page.words] == ["Received"]


def test_pdf_behind_junk_is_read(tmp_path: Path) -> None:
    path = drawn.printed_pdf(tmp_path / "mail")
    path.write_bytes(b"Content-Type: application/pdf\r\n\r\n" + path.read_bytes())
    assert pages(path)


def test_pdf_that_only_its_owner_may_change_is_read_but_a_locked_one_is_not(tmp_path: Path) -> None:
    owner = StandardEncryption("", ownerPassword="owner", canPrint=0)
    assert pages(drawn.printed_pdf(tmp_path / "open", encrypt=owner))[0].words
    user = StandardEncryption("user", ownerPassword="owner")
    assert code_of_error(drawn.printed_pdf(tmp_path / "locked", encrypt=user)) == "encrypted"


def test_pdf_pages_are_bounded(tmp_path: Path) -> None:
    path = drawn.printed_pdf(tmp_path / "many", ("page",), pages=4)
    assert [(page.number, page.of) for page in pages(path, max_pages_read=2)] == [(1, 4), (2, 4)]
    assert code_of_error(path, max_pages=3) == "too_many_pages"


def test_huge_paper_is_rendered_small(tmp_path: Path) -> None:
    path = drawn.printed_pdf(tmp_path / "banner", ("wide",))
    path.write_bytes(path.read_bytes().replace(b"595.2756 841.8898", b"14400.00 14400.00"))
    (page,) = pages(path)
    assert page.image.shape[0] > 5000
    assert page.image.size <= MAX_IMAGE_PIXELS * 1.01


def test_picture_bomb_in_a_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bombs.picture_bomb(20_000))
    assert code_of_error(path) == "too_many_pixels"


@pytest.mark.parametrize("keep", [9, 200, 700])
def test_cut_off_pdf_is_damaged(tmp_path: Path, keep: int) -> None:
    path = drawn.printed_pdf(tmp_path / "half")
    path.write_bytes(path.read_bytes()[:keep])
    assert code_of_error(path) == "damaged"
