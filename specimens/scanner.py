"""Paper once more: a rendered invoice as a flatbed scan or a phone photo, without any text layer."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pypdfium2 as pdfium
import reportlab
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
_PAPER = 250
_STAMP_INK = (62, 44, 150)
_LONG_AGO = datetime(2026, 4, 1, tzinfo=UTC)  # a fixed file date: the same bytes in every run


def scan(
    pdf: bytes,
    *,
    dpi: int = 150,
    angle: float = 0.7,
    noise: float = 6.0,
    rotate: int = 0,
    seed: int = 0,
    stamp: bool = True,
    form: Literal["pdf", "jpeg"] = "pdf",
) -> bytes:
    """Every page of ``pdf`` (form ``pdf``) or its first (``jpeg``) as an office scanner saves it.

    ``angle`` is the skew in degrees, ``noise`` the grain's deviation in grey levels (0 to 255), ``rotate``
    how the paper lay in the feeder: 0, 90, 180 or 270 degrees clockwise.
    """
    chance = np.random.default_rng(seed)
    pages = _rasters(pdf, dpi) if form == "pdf" else _rasters(pdf, dpi)[:1]
    scanned = []
    for page in pages:
        marked = _stamped(page, dpi, chance) if stamp else page
        aged = _grain(_blurred(_skewed(marked, angle), dpi / 300), noise, chance)
        scanned.append(np.rot90(aged, -rotate // 90 % 4))
    return _save(scanned, dpi, form)


def photograph(pdf: bytes, *, dpi: int = 140, seed: int = 0) -> bytes:
    """The first page as a phone sees it on a desk: perspective, uneven light, soft focus. A JPEG."""
    chance = np.random.default_rng(seed)
    page = _rasters(pdf, dpi)[0]
    height, width = page.shape[:2]
    margin = width // 14
    frame = (width + 2 * margin, height + 2 * margin)
    desk = cv2.GaussianBlur(
        chance.normal((104, 82, 62), 16, (frame[1], frame[0], 3)).astype(np.float32), (0, 0), 3
    )
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    pushed = (corners + margin + chance.uniform(-0.6, 0.6, (4, 2)) * margin).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners, pushed)
    seen = cv2.warpPerspective(page, warp, frame).astype(np.float32)
    sheet = cv2.warpPerspective(np.ones((height, width), np.float32), warp, frame)[..., None]
    across, down = np.meshgrid(np.linspace(-1, 1, frame[0]), np.linspace(-1, 1, frame[1]))
    light = (0.9 - 0.14 * across - 0.1 * down - 0.08 * across * down)[..., None]
    scene = (seen * sheet + desk * (1 - sheet)) * light * np.array((1.0, 0.985, 0.94))
    return _save([_grain(_blurred(_pixels(scene), 0.7), 4.0, chance)], dpi, "jpeg")


def _rasters(pdf: bytes, dpi: int) -> list[Pixels]:
    with pdfium.PdfDocument(pdf) as document:
        return [np.array(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]


def _pixels(values: NDArray[np.floating]) -> Pixels:
    return np.asarray(np.clip(values, 0, 255), np.uint8)


def _blurred(page: Pixels, deviation: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), deviation), np.uint8)


def _skewed(page: Pixels, angle: float) -> Pixels:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    border = (_PAPER, _PAPER, _PAPER)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=border), np.uint8
    )


def _grain(page: Pixels, noise: float, chance: np.random.Generator) -> Pixels:
    """Grey-level noise, and a background that is never quite white."""
    height, width = page.shape[:2]
    grain = chance.normal(0, noise, (height, width, 1)) if noise else 0.0
    shade = np.linspace(0.99, 0.96, width)[None, :, None]
    return _pixels(page * shade + grain)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf"), size)


def _stamped(page: Pixels, dpi: int, chance: np.random.Generator) -> Pixels:
    """A round RECEIVED stamp low on the page, see-through like ink from a pad."""
    side = int(1.15 * dpi)
    mark = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mark)
    for inset, width in ((0.02, 0.025), (0.1, 0.01)):
        edge = int(inset * side)
        pen.ellipse((edge, edge, side - edge, side - edge), outline=200, width=max(1, int(width * side)))
    for text, down, size in (("STORES DEPT", 0.3, 0.085), ("RECEIVED", 0.5, 0.14), ("CHECKED", 0.7, 0.085)):
        pen.text((side / 2, side * down), text, fill=210, font=_font(int(size * side)), anchor="mm")
    mark = mark.rotate(float(chance.uniform(-25, 25)), resample=Image.Resampling.BICUBIC)
    height, width_all = page.shape[:2]
    if height < 2 * side or width_all < 2 * side:
        return page
    left = int(chance.uniform(0.3, 0.42) * width_all)
    top = int(chance.uniform(0.8, 0.85) * height) - side // 2
    worn = np.asarray(mark, np.float64)[..., None] / 255 * chance.uniform(0.6, 1.0, (side, side, 1))
    inked = page.copy()
    part = inked[top : top + side, left : left + side]
    inked[top : top + side, left : left + side] = _pixels(part * (1 - worn) + np.array(_STAMP_INK) * worn)
    return inked


def _save(pages: Sequence[Pixels], dpi: int, form: Literal["pdf", "jpeg"]) -> bytes:
    first, *rest = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    if form == "jpeg":
        first.save(out, "JPEG", quality=70, dpi=(dpi, dpi))
    else:
        dates = {"creationDate": _LONG_AGO.timetuple(), "modDate": _LONG_AGO.timetuple()}
        first.save(
            out, "PDF", resolution=dpi, save_all=True, append_images=rest, quality=62, producer="", **dates
        )
    return out.getvalue()
