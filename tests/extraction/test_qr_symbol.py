"""The layout of QR symbols, held against an independent encoder."""

from typing import Any

import numpy as np
import pytest
import segno
from segno import consts

from extraction.qr import symbol

VERSIONS = range(symbol.SMALLEST, symbol.LARGEST + 1)
ECC: Any = consts.ECC
LEVELS = {
    "L": consts.ERROR_LEVEL_L,
    "M": consts.ERROR_LEVEL_M,
    "Q": consts.ERROR_LEVEL_Q,
    "H": consts.ERROR_LEVEL_H,
}


@pytest.mark.parametrize("version", VERSIONS)
def test_alignment_squares_stand_where_the_standard_puts_them(version: int) -> None:
    assert symbol.alignment_centres(version) == tuple(consts.ALIGNMENT_POS[version - 2])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("level", LEVELS)
def test_blocks_have_the_sizes_of_the_standard(version: int, level: str) -> None:
    expected = [
        (group.num_total, group.num_data)
        for group in ECC[version][LEVELS[level]]
        for _ in range(group.num_blocks)
    ]
    assert [(len(places), len(places) - check) for places, check in symbol.blocks(version, level)] == expected


@pytest.mark.parametrize("version", [7, 14, 22, 25, 32, 40])
def test_blocks_share_out_all_codewords_once(version: int) -> None:
    places = np.concatenate([block for block, _ in symbol.blocks(version, "M")])
    assert sorted(places) == list(range(len(places)))


@pytest.mark.parametrize("version", [7, 13, 22, 25, 40])
def test_known_modules_are_what_an_encoder_prints(version: int) -> None:
    printed = np.array(list(segno.make("known", version=version, micro=False).matrix))
    known = symbol.fixed_modules(version)
    assert np.array_equal(printed[known >= 0], known[known >= 0])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pattern", range(8))
def test_format_words_are_what_an_encoder_prints(level: str, pattern: int) -> None:
    code = segno.make("format", version=9, error=level, mask=pattern, boost_error=False)
    printed = np.array(list(code.matrix), np.int8) * 2 - 1
    word = next(bits for lv, p, bits in symbol.format_words() if (lv, p) == (level, pattern))
    for rows, columns in symbol.format_places(9):
        assert np.array_equal(printed[list(rows), list(columns)], word)
