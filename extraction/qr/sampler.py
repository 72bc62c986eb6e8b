"""Dense codes that no ordinary decoder reads: modules are weighed, not judged, until the text fits."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.page import Gray
from extraction.qr import lattice, segments, symbol
from extraction.qr.equaliser import evidence
from extraction.qr.lattice import MODULE, Lattice, Picture, best_match
from extraction.qr.repair import Repairer

VERSIONS = (22, 25, 21, 23, 24, 26, 20, 27, 28, 19, 18, 29, 30, 34)  # of e-invoices, the usual ones first
MOST_VERSIONS = 3  # that are tried in full
CLEAR_RHYTHM = 0.5  # the version is certain
ROUNDS = 5  # of looking, deciding, and moving the modules to where the decision fits best
WINDOWS = (13, 7, 25)  # modules of even lighting
AREAS = (0.5, 0.0)  # modules averaged around each centre
LAST_AREAS = (0.5, 0.0, 0.9, 0.25)
TILE, TILE_STEP = 12, 6  # modules that are moved together
TILE_REACH = 0.8  # modules, the farthest
TILE_BLUR = 0.5  # modules
MOST_TRIES = 300  # blocks in vain: a budget in work, for one in time would depend on the machine
SHORTEST_TOKEN = 200  # characters


def decode(image: Gray, box: tuple[int, int, int, int]) -> str | None:
    """The token of a symbol that fills ``box`` (left, top, right, bottom in pixels), if it can be read."""
    fits = [fit for version in VERSIONS if (fit := lattice.fit(image, box, version))]
    for fit in sorted(fits, key=lambda fit: -(fit.squares / 2 + fit.rhythm))[:MOST_VERSIONS]:
        if text := _read(fit):
            return text
        if fit.rhythm > CLEAR_RHYTHM:
            break
    return None


def _read(fit: Lattice) -> str | None:
    """Look at the symbol in several ways, each time with the modules where the last look found them."""
    picture = lattice.straight(fit)
    shift = np.zeros((2, *_centres(fit.version)[0].shape), np.float32)
    repairer = Repairer(fit.version)
    for round_number in range(ROUNDS):
        is_last = round_number == ROUNDS - 1
        for area in LAST_AREAS if is_last else AREAS:
            gray = _modules(picture, fit.version, shift, area)
            for window in WINDOWS if is_last else WINDOWS[:1]:
                soft = evidence(gray, repairer.known_modules(), window)
                if area == AREAS[round_number % 2] and window == WINDOWS[0]:
                    decided = soft > 0
                if text := _token(repairer.data(soft), fit.version):
                    return text
        if repairer.tries > MOST_TRIES or (round_number >= 1 and not repairer.has_hope):
            return None
        if not is_last:
            shift = _shifts(picture, decided)
    return None


def _token(data: bytes | None, version: int) -> str | None:
    text = segments.text_of(data, version) if data else None
    return text if text and len(text) >= SHORTEST_TOKEN else None


def _centres(version: int) -> tuple[Picture, Picture]:
    """Columns and rows of all module centres in the straight picture, in pixels."""
    at = (np.arange(symbol.size(version), dtype=np.float32) + 0.5) * MODULE - 0.5
    columns, rows = np.meshgrid(at, at)
    return columns, rows


def _modules(picture: Picture, version: int, shift: Picture, area: float) -> Picture:
    """One gray value for each module, averaged over ``area`` (in modules) around its shifted centre."""
    smooth = cv2.GaussianBlur(picture, (0, 0), MODULE * area / 2) if area else picture
    columns, rows = _centres(version)
    gray = cv2.remap(
        smooth, columns + shift[0], rows + shift[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return gray.astype(np.float32, copy=False)


def _shifts(picture: Picture, dark: NDArray[np.bool_]) -> Picture:
    """How far (across, down; pixels) each module lies from its place: where the decided symbol fits best."""
    across = len(dark)
    print_ = np.kron(~dark, np.ones((MODULE, MODULE), bool)).astype(np.float32) * 255
    print_ = cv2.GaussianBlur(print_, (0, 0), MODULE * TILE_BLUR).astype(np.float32)
    reach = math.ceil(TILE_REACH * MODULE)
    starts = sorted({*range(0, across - TILE + 1, TILE_STEP), across - TILE})
    found = np.zeros((2, len(starts), len(starts)), np.float32)
    for i, row in enumerate(starts):
        for j, column in enumerate(starts):
            found[:, i, j] = _tile_shift(picture, print_, row * MODULE, column * MODULE, reach)
    smooth = [cv2.blur(cv2.medianBlur(part, 3), (3, 3)) for part in found]
    middles = np.array(starts) + TILE / 2 - 0.5
    at = np.interp(np.arange(across), middles, np.arange(len(starts))).astype(np.float32)
    columns, rows = np.meshgrid(at, at)
    return np.stack([cv2.remap(part, columns, rows, cv2.INTER_LINEAR) for part in smooth])


def _tile_shift(picture: Picture, print_: Picture, top: int, left: int, reach: int) -> tuple[float, float]:
    side = TILE * MODULE
    tile = print_[top : top + side, left : left + side]
    middle = (side - 1) / 2
    match = best_match(picture, tile, left + middle, top + middle, reach)
    return match.x - left - middle, match.y - top - middle
