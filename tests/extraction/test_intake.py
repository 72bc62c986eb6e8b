"""Types are told by content, cheaply, for any bytes whatever."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pillow_heif import register_heif_opener

from extraction.intake import HEAD_BYTES, FileType, sniff


@pytest.mark.parametrize("kind", ["jpeg", "png", "tiff", "webp", "heic"])
def test_every_written_picture_is_recognised(kind: str) -> None:
    register_heif_opener()
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "HEIF" if kind == "heic" else kind)
    assert sniff(file.getvalue()) == kind


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"MIME: 1\r\n" * 50])
def test_pdf_is_found_behind_junk(before: bytes) -> None:
    assert sniff(before + b"%PDF-1.7\n") is FileType.PDF


def test_pdf_mark_too_late_is_not_looked_for() -> None:
    assert sniff(b" " * HEAD_BYTES + b"%PDF-1.7") is None


@pytest.mark.parametrize(
    "head",
    [b"", b"II", b"RIFF\x24\x00\x00\x00WAVE", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00mp42", b"<html>"],
)
def test_other_content_is_unknown(head: bytes) -> None:
    assert sniff(head) is None


def test_archive_is_named() -> None:
    assert sniff(b"PK\x03\x04 and more") is FileType.ZIP


@given(st.binary())
def test_any_bytes_have_an_answer(head: bytes) -> None:
    assert sniff(head) in {None, *FileType}
