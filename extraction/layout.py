"""Words with boxes to rows of cells: the page as a person sees it.

A cell is a run of words without a wide gap; a row is the cells that stand on one line. Small skew is
taken out first, so that a row stays a row across the page. Distances down the page are measured in
heights of the cells at hand, because print sizes differ; distances across in fractions of the page.
"""

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extraction.reading import Box, PageText, Source, Word

SAME_ROW = 0.5
"""Vertical distance of two centres, in heights of the lower cell, up to which they share a row."""
WORD_GAP = 0.9
"""Gap between two words of one cell, in heights of a word; PDF text comes in single words."""
WIDE_GAP = 5.0
"""Distance of neighbouring letters of one cell, in medians of such distances, from which it is two cells."""
BLANK = 1.5
"""Gap in widths of a character that a blank of typewriter print may have."""
MOST_SKEW = 0.05
SKEW_PAIRS = 8
"""Fewer neighbouring pairs than this say nothing about skew."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of words; ``top`` and ``bottom`` are those of the deskewed page, ``box`` is where it was read."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    box: Box
    confidence: float
    source: Source
    centres: tuple[float, ...] = ()  # across the page, of each character; empty where unknown

    @property
    def height(self) -> float:
        """Height as a fraction of the page's."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Height on the page of the cell's centre."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Distance of the cell's centre from the left edge."""
        return (self.left + self.right) / 2

    def part(self, start: int, end: int) -> "Cell":
        """The characters from ``start`` to ``end`` as a cell of their own."""
        left, right = self.edges(start, end)
        return replace(
            self,
            text=self.text[start:end],
            left=left,
            right=right,
            box=Box(left=left, top=self.box.top, right=right, bottom=self.box.bottom),
            centres=self.centres[start:end],
        )

    def edges(self, start: int, end: int) -> tuple[float, float]:
        """Left and right edge of some characters: by their centres where known, else by proportion."""
        pitch = (self.right - self.left) / max(1, len(self.text))
        if len(self.centres) != len(self.text) or end <= start:
            return self.left + start * pitch, self.left + end * pitch
        left = self.left if start == 0 else self.centres[start] - pitch / 2
        right = self.right if end == len(self.text) else self.centres[end - 1] + pitch / 2
        return max(self.left, left), max(left, min(self.right, right))

    def overlap(self, other: "Cell") -> float:
        """How much of the narrower of two cells stands above or below the other, 0 to 1."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return max(0.0, shared) / max(1e-6, min(self.right - self.left, other.right - other.left))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one line, from left to right."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "  ".join(cell.text for cell in self.cells)

    @property
    def top(self) -> float:
        """Upper edge of the line."""
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        """Lower edge of the line."""
        return max(cell.bottom for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page laid out."""

    number: int
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...] = field(default=())

    def right_of(self, cell: Cell) -> Iterator[Cell]:
        """Cells on the same line further right, nearest first."""
        line = (
            c for c in self.cells if c.left >= cell.centre and abs(c.middle - cell.middle) < reach(c, cell)
        )
        return iter(sorted((c for c in line if c is not cell), key=lambda c: c.left))

    def left_of(self, cell: Cell) -> Iterator[Cell]:
        """Cells on the same line further left, nearest first."""
        line = (
            c for c in self.cells if c.right <= cell.centre and abs(c.middle - cell.middle) < reach(c, cell)
        )
        return iter(sorted((c for c in line if c is not cell), key=lambda c: -c.right))

    def below(self, cell: Cell, heights: float = 3.0) -> Iterator[Cell]:
        """Cells under this one that share its column, nearest first, within so many of its heights."""
        limit = cell.bottom + heights * cell.height
        under = (c for c in self.cells if cell.middle + 0.4 * cell.height < c.middle and c.top < limit)
        return iter(sorted((c for c in under if c.overlap(cell) > 0.15), key=lambda c: (c.middle, c.left)))

    def above(self, cell: Cell, heights: float = 3.0) -> Iterator[Cell]:
        """Cells over this one that share its column, nearest first, within so many of its heights."""
        limit = cell.top - heights * cell.height
        over = (c for c in self.cells if c.middle < cell.middle - 0.4 * cell.height and c.bottom > limit)
        return iter(sorted((c for c in over if c.overlap(cell) > 0.15), key=lambda c: (-c.middle, c.left)))


def reach(one: Cell, other: Cell) -> float:
    """How far apart the centres of two cells of one line may be."""
    return SAME_ROW * max(one.height, other.height)


def lay_out(page: PageText, centres: Sequence[tuple[float, ...]] = ()) -> Sheet:
    """Rows and cells of a page; with the ``centres`` of its characters a word is cut where a gap is wide."""
    if page.source is Source.PDF_TEXT:
        cells = [cell_of(group, page) for line in lines_of_words(page.words) for group in runs(line, page)]
    else:
        known = centres if len(centres) == len(page.words) else ((),) * len(page.words)
        whole = [
            cell_of([word], page, at) for word, at in zip(page.words, known, strict=True) if word.text.strip()
        ]
        cells = [piece for cell in whole for piece in cut_at_gaps(cell)]
    cells = level(cells)
    return Sheet(page.number, tuple(rows_of(cells)), tuple(cells))


def runs(line: Sequence[Word], page: PageText) -> Iterator[Sequence[Word]]:
    """Words of a line in groups that make one cell each."""
    aspect = page.width / max(1, page.height)
    start = 0
    for place, (word, following) in enumerate(pairwise(line), start=1):
        gap = (following.box.left - word.box.right) * aspect
        blank = BLANK * aspect * max(pitch(word), pitch(following))
        if gap > max(blank, WORD_GAP * min(height(word), height(following))):
            yield line[start:place]
            start = place
    yield line[start:]


def cut_at_gaps(cell: Cell) -> Iterator[Cell]:
    """OCR now and then reads two table cells as one line: cut where letters stand much further apart."""
    marks = [place for place, char in enumerate(cell.text) if not char.isspace()]
    if len(cell.centres) != len(cell.text) or len(marks) < 4:
        yield cell
        return
    gaps = [cell.centres[b] - cell.centres[a] for a, b in pairwise(marks)]
    widest = WIDE_GAP * statistics.median(gaps)
    start = 0
    for (place, following), gap in zip(pairwise(marks), gaps, strict=True):
        if gap > widest and not re.fullmatch(r"[\d.,]{2}", cell.text[place] + cell.text[following]):
            yield stripped(cell.part(start, following))
            start = following
    yield stripped(cell.part(start, len(cell.text))) if start else cell


def stripped(cell: Cell) -> Cell:
    """The cell without blanks at its end."""
    return cell.part(0, len(cell.text.rstrip()))


def lines_of_words(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words of the PDF's own text by line; they are level, so heights decide."""
    line: list[Word] = []
    for word in sorted(words, key=lambda w: (w.box.top + w.box.bottom, w.box.left)):
        if line and middle(word) - middle(line[0]) > SAME_ROW * min(height(word), height(line[0])):
            yield sorted(line, key=lambda w: w.box.left)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda w: w.box.left)


def pitch(word: Word) -> float:
    """Width of a character of a word."""
    return (word.box.right - word.box.left) / max(1, len(word.text))


def height(word: Word) -> float:
    """Height of a word."""
    return word.box.bottom - word.box.top


def middle(word: Word) -> float:
    """Centre of a word, down the page."""
    return (word.box.top + word.box.bottom) / 2


def cell_of(words: Sequence[Word], page: PageText, centres: tuple[float, ...] = ()) -> Cell:
    """Words side by side as one cell."""
    box = Box(
        left=min(w.box.left for w in words),
        top=min(w.box.top for w in words),
        right=max(w.box.right for w in words),
        bottom=max(w.box.bottom for w in words),
    )
    text = words[0].text if centres else " ".join(w.text.strip() for w in words)
    sure = min(w.confidence for w in words)
    return Cell(text, box.left, box.right, box.top, box.bottom, page.number, box, sure, page.source, centres)


def level(cells: list[Cell]) -> list[Cell]:
    """The same cells with the page's skew taken out of ``top`` and ``bottom``."""
    slope = skew(cells)
    if abs(slope) < 1e-4:
        return cells
    return [replace(c, top=c.top - slope * c.centre, bottom=c.bottom - slope * c.centre) for c in cells]


def skew(cells: Sequence[Cell]) -> float:
    """Slope of the lines: the median over neighbours on a line, of fall down the page per page width."""
    slopes = []
    for cell in cells:
        following = [
            c
            for c in cells
            if 0.02 < c.left - cell.right < 0.35
            and abs(c.middle - cell.middle) < 0.6 * min(c.height, cell.height)
            and 0.7 < c.height / cell.height < 1.4
        ]
        nearest = min(following, key=lambda c: c.left, default=None)
        if nearest:
            slopes.append((nearest.middle - cell.middle) / (nearest.centre - cell.centre))
    if len(slopes) < SKEW_PAIRS:
        return 0.0
    slope = statistics.median(slopes)
    return slope if abs(slope) < MOST_SKEW else 0.0


def rows_of(cells: Iterable[Cell]) -> Iterator[Row]:
    """Cells by line, from the top; a cell joins the open line whose centre is nearest."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: c.middle):
        near = [row for row in rows[-6:] if abs(row_middle(row) - cell.middle) < row_reach(row, cell)]
        home = min(near, key=lambda row: abs(row_middle(row) - cell.middle), default=None)
        if home is None:
            rows.append([cell])
        else:
            home.append(cell)
    for row in rows:
        yield Row(tuple(sorted(row, key=lambda c: c.left)))


def row_middle(row: Sequence[Cell]) -> float:
    """Centre of a line that is being gathered."""
    return statistics.fmean(cell.middle for cell in row)


def row_reach(row: Sequence[Cell], cell: Cell) -> float:
    """How far from the line's centre a cell may stand and still belong to it."""
    return SAME_ROW * min(cell.height, statistics.median(c.height for c in row))
