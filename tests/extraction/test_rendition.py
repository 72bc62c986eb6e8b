"""Pages as pictures for people, rendered where a hostile file can do no harm."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from extraction.errors import ReadingError
from extraction.limits import MIB, Limits
from extraction.rendition import LONGEST_SIDE, SandboxedRenderer
from specimens import render_pdf, sample_invoice
from tests.hostile import bombs

TIGHT = Limits(wall_seconds=5, cpu_seconds=1, memory_bytes=700 * MIB)


@pytest.fixture(scope="module")
def renderer() -> Iterator[SandboxedRenderer]:
    with SandboxedRenderer() as renderer:
        yield renderer


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=["WEBP"])


def saved(path: Path, *pages: Image.Image, **options: object) -> Path:
    pages[0].save(path, save_all=len(pages) > 1, append_images=pages[1:], **options)  # type: ignore[arg-type]
    return path


def test_pdf_is_shown_upright_at_a_bounded_size(renderer: SandboxedRenderer, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(sample_invoice(3)))
    ((width, height), *_) = renderer.sizes(path)
    picture, turned = shown(renderer.picture(path, 1)), shown(renderer.picture(path, 1, turn=90))
    assert max(picture.size) == LONGEST_SIDE
    assert picture.height / picture.width == pytest.approx(height / width, rel=0.01)
    assert turned.size == picture.size[::-1]


def test_every_page_of_a_tiff_is_shown_in_colour(renderer: SandboxedRenderer, tmp_path: Path) -> None:
    pages = Image.new("RGB", (300, 400), "red"), Image.new("L", (200, 100), "white")
    path = saved(tmp_path / "a.tif", *pages)
    assert renderer.sizes(path) == ((300, 400), (200, 100))
    (red, _), (_, green), _ = shown(renderer.picture(path, 1)).getextrema()  # type: ignore[misc]
    assert red > 200
    assert green < 60
    assert shown(renderer.picture(path, 2)).size == (200, 100)


def test_photo_is_turned_as_the_camera_was_held(renderer: SandboxedRenderer, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path / "a.jpg", Image.new("RGB", (400, 300)), exif=exif)
    assert renderer.sizes(path) == ((300, 400),)
    assert shown(renderer.picture(path, 1)).size == (300, 400)


def test_transparent_and_deep_pictures_are_shown_on_white(
    renderer: SandboxedRenderer, tmp_path: Path
) -> None:
    for number, picture in enumerate((Image.new("RGBA", (9, 9)), Image.new("I;16", (9, 9), 65535))):
        path = saved(tmp_path / f"{number}.png", picture)
        lightest = shown(renderer.picture(path, 1)).convert("L").getextrema()
        assert lightest == (255, 255)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nothing", "damaged"),
        (b"\xff\xd8\xff nothing", "damaged"),
        (b"MZ", "unsupported_type"),
        (bombs.picture_bomb(16_000), "too_many_pixels"),
    ],
    ids=["empty", "no pdf", "no jpeg", "foreign", "pixels"],
)
def test_what_cannot_be_shown_says_why(
    renderer: SandboxedRenderer, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=code):
        renderer.picture(path, 1)


def test_page_that_is_not_there_is_damage(renderer: SandboxedRenderer, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(sample_invoice(3)))
    for page in (0, 99):
        with pytest.raises(ReadingError, match="damaged"):
            renderer.picture(path, page)


@pytest.mark.parametrize("bomb", [bombs.content_bomb(60), bombs.form_bomb(12, 20)], ids=["content", "forms"])
def test_page_that_explodes_takes_only_the_child_with_it(tmp_path: Path, bomb: bytes) -> None:
    path, good = tmp_path / "bomb.pdf", tmp_path / "good.pdf"
    path.write_bytes(bomb)
    good.write_bytes(render_pdf(sample_invoice(3)))
    with SandboxedRenderer(TIGHT) as renderer:
        with pytest.raises(ReadingError, match=r"timeout|out_of_memory|crashed"):
            renderer.picture(path, 1)
        assert shown(renderer.picture(good, 1)).format == "WEBP"


def test_limits_of_the_parent_hold_in_the_child(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", Image.new("RGB", (300, 400)))
    with (
        SandboxedRenderer(Limits(max_pixels=100)) as narrow,
        pytest.raises(ReadingError, match="too_many_pixels"),
    ):
        narrow.sizes(path)
