"""What happens to paper between the vendor and the scanner: seals, pens, faxes, tired printers, folds."""

import io
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Chance = np.random.Generator
INKS = ((150, 40, 60), (60, 44, 150), (30, 110, 60), (60, 60, 60))  # as red, green and blue


def worn(page: Pixels, seed: int) -> tuple[Pixels, str]:
    """The page after one or two mishaps, the same for each seed, and what they were."""
    chance = np.random.default_rng(seed)
    names = chance.choice(sorted(MISHAPS), size=int(chance.integers(1, 3)), replace=False)
    for name in names:
        page = MISHAPS[str(name)](page, chance)
    return page, "+".join(map(str, names))


def as_jpeg(page: Pixels, quality: int = 60) -> bytes:
    """The page as a scanner saves it."""
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=quality, dpi=(150, 150))
    return out.getvalue()


def _marked(page: Pixels, mask: Pixels, chance: Chance, strength: float) -> Pixels:
    """Ink laid over the page where ``mask`` (0 to 255) is bright, see-through."""
    worn = mask.astype(np.float32)[..., None] / 255 * strength
    ink = np.array(INKS[int(chance.integers(len(INKS)))], np.float32)
    return np.asarray(np.clip(page * (1 - worn) + ink * worn, 0, 255), np.uint8)


def _blank(page: Pixels) -> Pixels:
    return np.zeros(page.shape[:2], np.uint8)


def _anywhere(page: Pixels, chance: Chance) -> tuple[int, int]:
    height, width = page.shape[:2]
    return int(chance.uniform(0.12, 0.88) * width), int(chance.uniform(0.06, 0.9) * height)


def sealed(page: Pixels, chance: Chance) -> Pixels:
    """A round or an oblong seal anywhere, over whatever stands there."""
    for _ in range(int(chance.integers(1, 4))):
        mask, (x, y) = _blank(page), _anywhere(page, chance)
        unit = page.shape[1] / 1240
        if chance.random() < 0.6:
            radius = int(80 * unit)
            cv2.circle(mask, (x, y), radius, 255, max(2, int(3 * unit)))
            cv2.circle(mask, (x, y), int(radius * 0.7), 255, max(1, int(2 * unit)))
        else:
            half = (int(120 * unit), int(38 * unit))
            cv2.rectangle(mask, (x - half[0], y - half[1]), (x + half[0], y + half[1]), 255, 2)
        scale = 0.6 * unit
        for at, text in enumerate(("PASSED FOR", "PAYMENT", "12 JUN 2026")):
            spot = (x - int(52 * unit), y + int((at - 1) * 22 * unit))
            cv2.putText(mask, text, spot, cv2.FONT_HERSHEY_SIMPLEX, scale, 255, max(1, int(2 * unit)))
        turn = cv2.getRotationMatrix2D((x, y), float(chance.uniform(-25, 25)), 1)
        mask = np.asarray(cv2.warpAffine(mask, turn, mask.shape[::-1]), np.uint8)
        page = _marked(page, mask, chance, 0.65)
    return page


def signed(page: Pixels, chance: Chance) -> Pixels:
    """Signatures and ticks of a pen across the print."""
    mask = _blank(page)
    unit = page.shape[1] / 1240
    for _ in range(int(chance.integers(2, 6))):
        x, y = _anywhere(page, chance)
        steps = chance.normal((14, 0), (22, 26), (14, 2)) * unit
        points = (np.cumsum(steps, axis=0) + np.array((x, y))).astype(np.int32)
        cv2.polylines(mask, [points], False, 255, max(2, int(2.5 * unit)), cv2.LINE_AA)
    return _marked(page, mask, chance, 0.8)


def ruled_through(page: Pixels, chance: Chance) -> Pixels:
    """Rules of a printed form that run through the text filled in."""
    page = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(chance.integers(4, 12))):
        y = int(chance.uniform(0.04, 0.96) * height)
        left = int(chance.uniform(0, 0.5) * width)
        right = min(width - 1, left + int(chance.uniform(0.2, 0.5) * width))
        cv2.line(page, (left, y), (right, y + int(chance.integers(-2, 3))), (70, 70, 70), 1)
    return page


def faxed(page: Pixels, chance: Chance) -> Pixels:
    """Black and white only, from few lines."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=0.85, fy=0.85, interpolation=cv2.INTER_AREA)
    small = np.clip(small + chance.normal(0, 14, small.shape), 0, 255).astype(np.uint8)
    _, both = cv2.threshold(small, int(chance.integers(165, 205)), 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.cvtColor(cv2.resize(both, grey.shape[::-1]), cv2.COLOR_GRAY2RGB), np.uint8)


def faded(page: Pixels, chance: Chance) -> Pixels:
    """A cartridge near its end: pale print in upright bands."""
    width = page.shape[1]
    across = np.linspace(0, 1, width)
    wave = 0.5 + 0.5 * np.sin(across * chance.uniform(8, 25) + chance.uniform(0, 6))
    strength = (0.4 + 0.5 * wave)[None, :, None]
    return np.asarray(255 - (255 - page.astype(np.float32)) * strength, np.uint8)


def dotted(page: Pixels, chance: Chance) -> Pixels:
    """A needle printer: the print falls into dots, and every line misses one."""
    step = max(3, round(page.shape[1] / 1240 * 3))
    height, width = page.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    gaps = ((rows % step == 0) | (columns % step == 0))[..., None]
    light = 255 - (255 - page.astype(np.float32)) * np.where(gaps, 0.5, 0.95)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), float(chance.uniform(0.5, 0.8))), np.uint8)


def shaded(page: Pixels, chance: Chance) -> Pixels:
    """A phone's picture: perspective, a shadow across the paper, uneven light."""
    height, width = page.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    pushed = (corners + chance.uniform(-0.025, 0.025, (4, 2)) * width).astype(np.float32)
    warp = cv2.getPerspectiveTransform(corners, pushed)
    page = np.asarray(cv2.warpPerspective(page, warp, (width, height), borderValue=(96, 84, 70)), np.uint8)
    mask = np.ones((height, width), np.float32)
    x = int(chance.uniform(0.2, 0.8) * width)
    shadow = np.array([(x, 0), (width, 0), (width, height), (x - width // 4, height)], np.int32)
    cv2.fillPoly(mask, [shadow], float(chance.uniform(0.45, 0.7)))
    soft = np.asarray(cv2.GaussianBlur(mask, (0, 0), width / 60), np.float32)
    slope = np.linspace(1.0, chance.uniform(0.75, 0.95), height)[:, None]
    return np.asarray(np.clip(page * (soft * slope)[..., None], 0, 255), np.uint8)


def folded(page: Pixels, chance: Chance) -> Pixels:
    """Folds that leave a bright and a dark line, and a buckle of the paper between them."""
    page = page.copy()
    height, width = page.shape[:2]
    for share in chance.choice((0.25, 0.33, 0.5, 0.66, 0.75), 2, replace=False):
        y = int(share * height)
        page[y : y + 2] = np.clip(page[y : y + 2].astype(np.int16) + 60, 0, 255)
        page[y + 2 : y + 4] = (page[y + 2 : y + 4] * 0.75).astype(np.uint8)
    down, across = np.mgrid[:height, :width].astype(np.float32)
    wave = 2.5 * np.sin(across / width * chance.uniform(4, 9) + chance.uniform(0, 6))
    return np.asarray(cv2.remap(page, across, down + wave.astype(np.float32), cv2.INTER_LINEAR), np.uint8)


def coarse(page: Pixels, chance: Chance) -> Pixels:
    """Saved small and squeezed hard on the way through mail and chat."""
    share = float(chance.uniform(0.7, 0.85))
    small = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    squeezed = as_jpeg(np.asarray(small, np.uint8), int(chance.integers(18, 35)))
    with Image.open(io.BytesIO(squeezed)) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def bled_through(page: Pixels, chance: Chance) -> Pixels:
    """The other side of thin paper shines through."""
    back = 255 - page[:, ::-1].astype(np.float32)
    back = cv2.GaussianBlur(back, (0, 0), 1.5) * float(chance.uniform(0.12, 0.25))
    return np.asarray(np.clip(page.astype(np.float32) - back, 0, 255), np.uint8)


def copied(page: Pixels, chance: Chance) -> Pixels:
    """A copy of a copy: thick print, specks, a dark edge."""
    page = np.asarray(cv2.erode(page, np.ones((2, 2), np.uint8)), np.uint8)
    specks = chance.random(page.shape[:2]) < 0.0006
    page[specks] = 40
    page[:, : page.shape[1] // 60] = 50
    return page


Mishap = Callable[[Pixels, Chance], Pixels]
MISHAPS: dict[str, Mishap] = {
    "sealed": sealed, "signed": signed, "ruled through": ruled_through, "faxed": faxed, "faded": faded,
    "dotted": dotted, "shaded": shaded, "folded": folded, "coarse": coarse, "bled through": bled_through,
    "copied": copied,
}  # fmt: skip
