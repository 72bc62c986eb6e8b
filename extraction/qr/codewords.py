"""From soft modules to codewords: format, mask, and the blocks that are corrected one by one."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extraction.qr import symbol

Soft = NDArray[np.float32]
"""Modules of a symbol as evidence: above 0 dark, below 0 light, the further the surer."""

MOST_EVIDENCE = 1.5  # a single module of the format word counts no more than this


class Format(NamedTuple):
    """Correction level and mask of a symbol; ``mirrored`` if rows and columns are swapped in print."""

    level: str
    pattern: int
    mirrored: bool


class Block(NamedTuple):
    """Codewords as they were seen, the trust in each, and how many of them, the last, only check."""

    codewords: NDArray[np.uint8]
    trust: Soft
    check: int


def likely_formats(soft: Soft, version: int, count: int = 3) -> list[Format]:
    """What the two copies of the format word say, the likeliest first."""
    scores = []
    for mirrored in (False, True):
        modules = (soft.T if mirrored else soft).clip(-MOST_EVIDENCE, MOST_EVIDENCE)
        seen = sum(modules[rows, columns] for rows, columns in map(list, symbol.format_places(version)))
        scores += [
            (float((seen * word).sum()), Format(level, pattern, mirrored))
            for level, pattern, word in symbol.format_words()
        ]
    return [form for _, form in sorted(scores, key=lambda scored: -scored[0])[:count]]


def blocks(soft: Soft, version: int, form: Format) -> list[Block]:
    """The blocks of a symbol under an assumed format."""
    rows, columns = symbol.data_path(version)
    bits = (soft.T if form.mirrored else soft)[rows, columns]
    bits = np.where(symbol.mask(form.pattern, rows, columns), -bits, bits)
    by_codeword = bits[: len(bits) // 8 * 8].reshape(-1, 8)
    codewords = np.packbits(by_codeword > 0, axis=1).ravel()
    trust = np.abs(by_codeword).min(axis=1)
    return [
        Block(codewords[places], trust[places], check) for places, check in symbol.blocks(version, form.level)
    ]
