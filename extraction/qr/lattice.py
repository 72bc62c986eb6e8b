"""Where each module of a dense symbol lies: its corners and inner squares are found, the rest lies between.

Works on a picture in which the symbol fills a square at about :data:`MODULE` pixels a module; paper that
is bent or was pulled through the scanner moves modules by more than their width across a large symbol.
"""

import math
from typing import NamedTuple

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from extraction.page import Gray
from extraction.qr import symbol

MODULE = 6  # pixels
MARGIN = 8  # modules around the symbol in the working picture
BLUR = 0.45  # of a module: how soft print and scan are
FINDER_REACH = 6  # modules within which a corner is looked for
SQUARE_REACH = 1.6  # modules, the same for an inner square
SURE = 0.5  # correlation at which a square counts as found
CORNERS_AT = 0.55  # mean correlation of three corners, below it there is no symbol of this size
LATTICE_AT = TIMING_AT = 0.3

Picture = NDArray[np.float32]
Points = NDArray[np.float32]


class Match(NamedTuple):
    """Correlation (at most 1) and place of a pattern's centre."""

    score: float
    x: float
    y: float


class Lattice(NamedTuple):
    """A symbol fitted: ``nodes[i, j]`` is the place (x, y) of the alignment square of row i and column j."""

    version: int
    picture: Picture
    nodes: Points
    squares: float  # how well the inner squares are found, at most 1
    rhythm: float  # how well the dotted lines between the finders keep their rhythm, at most 1


def fit(image: Gray, box: tuple[int, int, int, int], version: int) -> Lattice | None:
    """The lattice of a symbol of this version that fills ``box`` (left, top, right, bottom), if it fits."""
    picture = _square(image, box, version)
    corners = _corners(picture, version)
    missing = min(range(4), key=lambda corner: corners[corner].score)
    if sum(match.score for match in corners) - corners[missing].score < 3 * CORNERS_AT:
        return None
    # Clockwise from the top left; the corner without a finder is turned to the bottom right.
    turns = (missing - 2) % 4
    picture = np.ascontiguousarray(np.rot90(picture, turns))
    last = picture.shape[0] - 1
    points = [np.array((match.x, match.y), np.float32) for match in corners]
    for _ in range(turns):
        points = [np.array((y, last - x), np.float32) for x, y in points]
    points = points[turns:] + points[:turns]
    nodes, found = _nodes(picture, version, top_left=points[0], top_right=points[1], bottom_left=points[3])
    rhythm = _timing(picture, version, nodes)
    if found < LATTICE_AT or rhythm < TIMING_AT:
        return None
    return Lattice(version, picture, nodes, found, rhythm)


def straight(lattice: Lattice) -> Picture:
    """The symbol alone, every module :data:`MODULE` pixels across and in its place."""
    across = symbol.size(lattice.version)
    places = _places(lattice.version, lattice.nodes, (np.arange(across * MODULE) + 0.5) / MODULE - 0.5)
    return _sampled(lattice.picture, places)


def _places(version: int, nodes: Points, at: NDArray[np.float64]) -> Points:
    """Where the modules (and fractions) ``at`` x ``at`` lie: bilinear between the nodes."""
    centres = np.array(symbol.alignment_centres(version), float)
    before = np.clip(np.searchsorted(centres, at, side="right") - 1, 0, len(centres) - 2)
    share = (at - centres[before]) / (centres[before + 1] - centres[before])
    i, j = np.meshgrid(before, before, indexing="ij")
    down, across = (grid[..., None] for grid in np.meshgrid(share, share, indexing="ij"))
    upper = nodes[i, j] * (1 - across) + nodes[i, j + 1] * across
    lower = nodes[i + 1, j] * (1 - across) + nodes[i + 1, j + 1] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _sampled(picture: Picture, places: Points) -> Picture:
    """Gray values between pixels."""
    found = cv2.remap(
        picture, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return found.astype(np.float32, copy=False)


def _square(image: Gray, box: tuple[int, int, int, int], version: int) -> Picture:
    """The box, as the working picture of a symbol of this version."""
    left, top, right, bottom = box
    across = symbol.size(version) * MODULE
    margin = MARGIN * MODULE
    fx, fy = across / (right - left), across / (bottom - top)
    move = np.array([[fx, 0, margin - left * fx], [0, fy, margin - top * fy]], np.float32)
    side = across + 2 * margin
    square = cv2.warpAffine(image, move, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return square.astype(np.float32)


def _template(modules: symbol.Modules) -> Picture:
    light = 255 * (1 - np.kron(modules, np.ones((MODULE, MODULE), np.int8))).astype(np.float32)
    return cv2.GaussianBlur(light, (0, 0), MODULE * BLUR).astype(np.float32)


FINDER = _template(np.pad(symbol.finder(), 1))
SQUARE = _template(symbol.alignment())


def _corners(picture: Picture, version: int) -> list[Match]:
    """The best finder in each corner, clockwise from the top left."""
    near, far = (MARGIN + 3.5) * MODULE - 0.5, (MARGIN + symbol.size(version) - 3.5) * MODULE - 0.5
    corners = ((near, near), (far, near), (far, far), (near, far))
    return [best_match(picture, FINDER, x, y, FINDER_REACH * MODULE) for x, y in corners]


def best_match(picture: Picture, pattern: Picture, x: float, y: float, reach: float) -> Match:
    """The best place of a pattern's centre within ``reach`` pixels of (x, y)."""
    height, width = pattern.shape
    margin = math.ceil(reach)
    left, top = round(x - width / 2) - margin, round(y - height / 2) - margin
    right, bottom = left + width + 2 * margin, top + height + 2 * margin
    left, top = max(0, left), max(0, top)
    area = picture[top : max(0, bottom), left : max(0, right)]
    if area.shape[0] < height or area.shape[1] < width:
        return Match(-1, x, y)
    scores = cv2.matchTemplate(area, pattern, cv2.TM_CCOEFF_NORMED)
    _, best, _, (column, row) = cv2.minMaxLoc(scores)
    dx, dy = _peak(scores[row, :], column), _peak(scores[:, column], row)
    return Match(best, left + dx + (width - 1) / 2, top + dy + (height - 1) / 2)


def _peak(scores: MatLike, at: int) -> float:
    """The top of the parabola through a maximum and its neighbours."""
    if not 0 < at < len(scores) - 1:
        return at
    before, here, after = (float(score) for score in scores[at - 1 : at + 2])
    bend = 2 * here - before - after
    return at + (min(0.5, max(-0.5, (after - before) / 2 / bend)) if bend > 1e-6 else 0)


def _nodes(
    picture: Picture, version: int, *, top_left: Points, top_right: Points, bottom_left: Points
) -> tuple[Points, float]:
    """Places of the alignment squares, and how well they are found; from the top left on, each from its
    neighbours, for the paper's bend changes slowly."""
    centres = np.array(symbol.alignment_centres(version), np.float32)
    span, count = symbol.size(version) - 7, len(centres)
    across, down = (top_right - top_left) / span, (bottom_left - top_left) / span
    steps = (centres - 3)[:, None]
    flat = top_left + (steps * across)[None, :] + (steps * down)[:, None]
    moved, scores = np.zeros_like(flat), np.zeros((count, count))
    for i, j in sorted(np.ndindex(count, count), key=sum):
        if (i, j) in {(0, 0), (0, count - 1), (count - 1, 0)}:
            scores[i, j] = 1  # a finder, found
            continue
        known = [moved[n] for n in ((i - 1, j), (i, j - 1)) if min(n) >= 0 and scores[n] > SURE]
        guess = np.mean(known, axis=0) if known else moved[max(0, i - 1), max(0, j - 1)]
        expected = flat[i, j] + guess
        match = best_match(picture, SQUARE, float(expected[0]), float(expected[1]), SQUARE_REACH * MODULE)
        scores[i, j] = match.score
        moved[i, j] = (match.x, match.y) - flat[i, j] if match.score > SURE else guess
    _smooth_unsure(moved, scores)
    return (flat + moved).astype(np.float32), float((scores.sum() - 3) / (count * count - 3))


def _smooth_unsure(moved: NDArray[np.floating], scores: NDArray[np.float64]) -> None:
    """Squares that were not found move as their found neighbours do."""
    for i, j in np.argwhere(scores <= SURE):
        around = (slice(max(0, i - 1), i + 2), slice(max(0, j - 1), j + 2))
        if (sure := scores[around] > SURE).any():
            moved[i, j] = moved[around][sure].mean(axis=0)


def _timing(picture: Picture, version: int, nodes: Points) -> float:
    """How well the dotted lines between the finders keep their rhythm: tells versions apart."""
    soft = cv2.GaussianBlur(picture, (0, 0), MODULE / 4).astype(np.float32)
    modules = _sampled(soft, _places(version, nodes, np.arange(symbol.size(version), dtype=float)))
    beat = np.where(np.arange(8, len(modules) - 8) % 2 == 0, -1.0, 1.0)
    scores = []
    for line in (modules[6, 8:-8], modules[8:-8, 6]):
        swing = line - cv2.blur(line.reshape(1, -1), (9, 1)).ravel()
        scores.append(float((swing * beat).sum() / (np.sqrt((swing**2).sum() * len(beat)) + 1e-6)))
    return sum(scores) / 2
