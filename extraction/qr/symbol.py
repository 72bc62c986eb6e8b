"""How a QR symbol is laid out: ISO/IEC 18004, model 2, versions 7 to 40.

Modules are addressed (row, column) from the top left; a dark module is 1.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

Modules = NDArray[np.int8]

SMALLEST, LARGEST = 7, 40
FINDER = 7  # modules across
DATA, RESERVED = -1, -2  # in :func:`fixed_modules`: holds data; holds format or version information

LEVELS = "LMQH"
_LEVEL_BITS = {"L": 1, "M": 0, "Q": 3, "H": 2}
# Table 9 of the standard, versions 7 to 40: check codewords of each block, and number of blocks.
_CHECK_CODEWORDS = {
    "L": "20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30"
    " 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30",
    "M": "18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28"
    " 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28",
    "Q": "18 22 20 24 28 26 24 20 30 24 28 28 26 30 28 30 30"
    " 30 30 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30",
    "H": "26 26 24 28 24 28 22 24 24 30 28 28 26 28 30 24 30"
    " 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30",
}
_BLOCKS = {
    "L": "2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25",
    "M": "4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49",
    "Q": "6 6 8 8 8 10 12 16 12 17 16 18 21 20 23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68",
    "H": "5 6 8 8 11 11 16 16 18 16 19 21 25 25 25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77 81",
}


def size(version: int) -> int:
    """Modules across."""
    return 17 + 4 * version


def finder() -> Modules:
    """The square in three corners: a dark ring around a dark core."""
    pattern = np.ones((7, 7), np.int8)
    pattern[1:6, 1:6] = 0
    pattern[2:5, 2:5] = 1
    return pattern


def alignment() -> Modules:
    """The small square of the inner lattice."""
    pattern = np.ones((5, 5), np.int8)
    pattern[1:4, 1:4] = 0
    pattern[2, 2] = 1
    return pattern


@cache
def alignment_centres(version: int) -> tuple[int, ...]:
    """Rows, and columns, of the alignment squares' centres (Annex E)."""
    steps = version // 7 + 1
    step = 26 if version == 32 else 2 * math.ceil((size(version) - 13) / (2 * steps))
    last = size(version) - 7
    return (6, *(last - step * back for back in range(steps - 1, -1, -1)))


@cache
def fixed_modules(version: int) -> Modules:
    """Modules whose value is known beforehand (0 or 1), RESERVED ones, and DATA."""
    across = size(version)
    modules = np.full((across, across), DATA, np.int8)
    modules[:9, :9] = modules[:9, -8:] = modules[-8:, :9] = RESERVED
    modules[-11:-8, :6] = modules[:6, -11:-8] = RESERVED  # version information
    modules[6, 8:-8] = modules[8:-8, 6] = (np.arange(8, across - 8) + 1) % 2  # timing
    framed = np.pad(finder(), 1)
    modules[:8, :8], modules[:8, -8:], modules[-8:, :8] = framed[1:, 1:], framed[1:, :-1], framed[:-1, 1:]
    modules[-8, 8] = 1
    centres = alignment_centres(version)
    corners = {(6, 6), (6, centres[-1]), (centres[-1], 6)}
    for row in centres:
        for column in centres:
            if (row, column) not in corners:
                modules[row - 2 : row + 3, column - 2 : column + 3] = alignment()
    return modules


@cache
def data_path(version: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the data modules in the order of their bits: up and down in pairs of columns."""
    across = size(version)
    is_data = fixed_modules(version) == DATA
    path = []
    pairs = [*range(across - 1, 6, -2), *range(5, 0, -2)]  # the timing column is left out
    for number, right in enumerate(pairs):
        rows = range(across - 1, -1, -1) if number % 2 == 0 else range(across)
        path += [(row, column) for row in rows for column in (right, right - 1) if is_data[row, column]]
    rows, columns = np.array(path).T
    return rows, columns


def mask(pattern: int, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where mask ``pattern`` (0 to 7) turns a data module over."""
    i, j = rows, columns
    remainder = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        (i * j) % 2 + (i * j) % 3,
        ((i * j) % 2 + (i * j) % 3) % 2,
        ((i + j) % 2 + (i * j) % 3) % 2,
    )[pattern]
    return np.asarray(remainder == 0)


@cache
def blocks(version: int, level: str) -> tuple[tuple[NDArray[np.intp], int], ...]:
    """For each block the places of its codewords in the symbol, data first, and how many of them check."""
    check = int(_CHECK_CODEWORDS[level].split()[version - SMALLEST])
    count = int(_BLOCKS[level].split()[version - SMALLEST])
    total = len(data_path(version)[0]) // 8
    short, longer = divmod(total - check * count, count)
    lengths = [short] * (count - longer) + [short + 1] * longer
    places: list[list[int]] = [[] for _ in lengths]
    place = 0
    for row in range(short + 1 + check):
        for block, length in enumerate(lengths):
            if row < length or row > short:
                places[block].append(place)
                place += 1
    return tuple((np.array(block), check) for block in places)


@cache
def format_words() -> tuple[tuple[str, int, NDArray[np.int8]], ...]:
    """Every level and mask with its 15 bits, as -1 (light) and +1 (dark)."""
    words = []
    for level in LEVELS:
        for pattern in range(8):
            word = _format_word(_LEVEL_BITS[level] << 3 | pattern)
            bits = np.array([word >> (14 - i) & 1 for i in range(15)], np.int8)
            words.append((level, pattern, 2 * bits - 1))
    return tuple(words)


def _format_word(data: int) -> int:
    rest = data << 10
    for bit in range(4, -1, -1):
        if rest >> (bit + 10) & 1:
            rest ^= 0x537 << bit
    return (data << 10 | rest) ^ 0x5412


@cache
def format_places(version: int) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Rows and columns of the two copies of the format word."""
    end = size(version) - 1
    around = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    split = [(end - i, 8) for i in range(7)] + [(8, end - 7 + i) for i in range(8)]
    return tuple((tuple(r for r, _ in copy), tuple(c for _, c in copy)) for copy in (around, split))
