"""Whatever is sent as a picture, what is kept was drawn by ourselves."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from accounts.services.pictures import MAX_BYTES, SIDE, NotAPicture, encoded


def picture(kind: str, size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("PNG", "P")])
def test_a_picture_becomes_a_small_square_jpeg(kind: str, mode: str) -> None:
    with Image.open(io.BytesIO(encoded(io.BytesIO(picture(kind, mode=mode))))) as kept:
        assert (kept.format, kept.size, kept.mode) == ("JPEG", (SIDE, SIDE), "RGB")


def test_metadata_and_what_is_hidden_behind_the_picture_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    kept = encoded(io.BytesIO(picture("JPEG", exif=exif) + b"<script>alert(1)</script>"))
    assert b"taken at home" not in kept
    assert b"script" not in kept
    with Image.open(io.BytesIO(kept)) as again:
        assert not again.getexif()


def test_a_picture_taken_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn to the right
    sideways = Image.new("RGB", (200, 200), "white")
    sideways.paste("black", (0, 0, 200, 100))
    out = io.BytesIO()
    sideways.save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(encoded(io.BytesIO(out.getvalue())))) as kept:
        left, right = kept.getpixel((20, SIDE // 2)), kept.getpixel((SIDE - 20, SIDE // 2))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200
    assert right[0] < 50


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a JPEG"),
        (b"%PDF-1.7", "not a JPEG"),
        (picture("GIF"), "not a JPEG"),
        (picture("PNG")[:60], "not a JPEG"),
        (b"\0" * (MAX_BYTES + 1), "larger than 1 MB"),
        (picture("PNG", (8000, 8000), "1"), "too many pixels"),
    ],
    ids=["nothing", "pdf", "gif", "cut off", "large", "bomb"],
)
def test_anything_else_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(NotAPicture, match=sentence):
        encoded(io.BytesIO(content))


WHOLE = picture("JPEG"), picture("PNG"), picture("WEBP")


@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_picture_is_drawn_or_refused(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = encoded(io.BytesIO(bytes(damaged)))
    except NotAPicture:
        return
    with Image.open(io.BytesIO(kept)) as again:
        assert again.size == (SIDE, SIDE)
